"""A second copy is refused, and so are ports in use, each with a sentence that says what to do."""

import os
import socket
from pathlib import Path

import pytest

from alliance_deploy.launcher import ports
from alliance_deploy.launcher.once import AlreadyRunning, holder, only_copy


def test_a_second_copy_is_refused_and_told_whose_the_first_is(tmp_path: Path) -> None:
    lock = tmp_path / "alliance.pid"
    with only_copy(lock):
        assert holder(lock) == os.getpid()
        with pytest.raises(AlreadyRunning, match=rf"process {os.getpid()}.*alliance down"), only_copy(lock):
            pass


def test_the_lock_is_free_again_after_the_first_copy(tmp_path: Path) -> None:
    lock = tmp_path / "alliance.pid"
    assert holder(lock) is None
    with only_copy(lock):
        pass
    assert holder(lock) is None
    with only_copy(lock):
        pass


def test_a_port_in_use_is_named_with_who_needs_it_and_how_to_choose_another() -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        number = busy.getsockname()[1]
        taken = ports.chosen({"ALLIANCE_HOUSING_PORT": str(number)})["housing"]
        with pytest.raises(ports.PortTaken) as refused:
            ports.check([taken])
    assert f"Port {number} is in use, and housing needs it" in str(refused.value)
    assert "ALLIANCE_HOUSING_PORT=" in str(refused.value)
    ports.check([taken])


def test_all_ports_in_use_are_named_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as two:
        busy = [ports.Port(name, server.getsockname()[1]) for name, server in (("intake", one), ("store", two))]
        with pytest.raises(ports.PortTaken, match=r"(?s)intake needs it.*store needs it"):
            ports.check(busy)


@pytest.mark.parametrize("text", ["0", "70000", "eighty"])
def test_a_port_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ports.BadPort, match="ALLIANCE_STORE_PORT"):
        ports.chosen({"ALLIANCE_STORE_PORT": text})


def test_the_defaults_are_those_of_the_architecture() -> None:
    numbers = {need: port.number for need, port in ports.chosen({}).items()}
    assert [numbers[name] for name in ("intake", "triage", "housing", "finance", "notify", "reporting")] == [
        *range(8001, 8007)
    ]
    assert (numbers["broker"], numbers["management"], numbers["store"]) == (5680, 15680, 27080)
