"""Which RabbitMQ is used, and what is said when there is none."""

from pathlib import Path

import pytest

from alliance_deploy.launcher import broker
from alliance_deploy.launcher.container import RabbitContainer
from alliance_deploy.launcher.place import Place
from alliance_deploy.launcher.ports import chosen


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path, tmp_path / "state")


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with neither a server, nor rights to install one, nor Docker, nor a broker named."""

    async def never() -> bool:
        return False

    monkeypatch.delenv("ALLIANCE_AMQP_URL", raising=False)
    monkeypatch.setattr(broker, "find_server", lambda: None)
    monkeypatch.setattr(broker, "may_install", never)
    monkeypatch.setattr("shutil.which", lambda name: None)


def test_a_named_broker_comes_with_its_management_api() -> None:
    found = broker.named({"ALLIANCE_AMQP_URL": "amqps://op:p%40ss@mq.example.org"})
    assert found is not None
    assert (found.host, found.port, found.tls) == ("mq.example.org", 5671, True)
    assert found.management_url == "http://mq.example.org:15672"
    assert found.admin == ("op", "p@ss")


def test_a_management_url_may_have_credentials_of_its_own() -> None:
    found = broker.named(
        {
            "ALLIANCE_AMQP_URL": "amqp://a:b@mq.example.org:5673",
            "ALLIANCE_MANAGEMENT_URL": "https://boss:key@mq.example.org/manage/",
        }
    )
    assert found is not None
    assert (found.port, found.admin) == (5673, ("boss", "key"))
    assert found.management_url == "https://mq.example.org/manage"


@pytest.mark.usefixtures("bare")
async def test_with_nothing_to_run_it_with_one_sentence_says_what_to_install(place: Place) -> None:
    with pytest.raises(broker.NoBroker, match=r"install Debian's `rabbitmq-server`.*ALLIANCE_AMQP_URL"):
        await broker.choose(place, chosen({}), print)


@pytest.mark.usefixtures("bare")
async def test_docker_is_the_last_resort(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: "/usr/bin/docker" if name == "docker" else None)
    found = await broker.choose(place, chosen({}), print)
    assert isinstance(found.server, RabbitContainer)


@pytest.mark.usefixtures("bare")
async def test_the_package_is_installed_when_that_is_allowed(
    place: Place, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    installed: list[Path] = []

    async def yes() -> bool:
        return True

    async def install(log: Path) -> None:
        installed.append(log)
        monkeypatch.setattr(broker, "find_server", lambda: tmp_path)

    monkeypatch.setattr(broker, "may_install", yes)
    monkeypatch.setattr(broker, "install_rabbitmq", install)
    said: list[str] = []
    found = await broker.choose(place, chosen({}), said.append)
    assert found.server is not None
    assert len(installed) == 1
    assert "installing" in said[0]
