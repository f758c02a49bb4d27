"""Mail leaves encrypted and from somebody, and in words that there are, or the service does not start.

What is wrong names no password.
"""

from typing import Any

import pytest
from pydantic import ValidationError

from alliance.kernel import FixedClock
from alliance.store import MemoryDatabase
from notify.domain.wording import Wordings, WordingWrong
from notify.main import way_out, wire
from notify.settings import Settings

GOOD: dict[str, Any] = {
    "organisation": "mosaic-clubhouse",
    "amqp_url": "amqp://notify:broker-secret@broker/alliance",
    "mongodb_url": "mongodb://store",
}
MAIL = {"smtp_url": "smtp://notify:mail-secret@mail.example:587", "mail_from": "hello@alliance.example"}


@pytest.fixture(autouse=True)
def _nothing_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ALLIANCE_ENVIRONMENT", "NOTIFY_LANGUAGES"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    "changed",
    [
        {"mail_from": None},
        {"smtp_url": None},
        {"smtp_url": "http://notify:mail-secret@mail.example"},
        {"smtp_url": "smtp://notify:mail-secret@"},
        {"smtp_url": "smtp://notify:mail-secret@mail.example:none"},
        {"smtp_url": "smtp://notify:secret/with-a-stroke@mail.example:587"},
        {"smtp_url": "smtp://notify:[secret@mail.example:587"},
        {"mail_from": "nobody"},
        {"mail_from": "hello@bücher.example"},
        {"mail_from": "hello@alliance.example\nBcc: all@alliance.example"},
        {"smtp_plain": True},
    ],
)
def test_a_way_out_that_is_half_said_or_open_to_all_is_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as refused:
        Settings.model_validate(GOOD | MAIL | changed)
    assert "secret" not in str(refused.value)


def test_mail_is_the_way_out_where_a_server_is_named_and_else_nothing_leaves() -> None:
    def sends(**said: str) -> bool:
        return way_out(Settings.model_validate(GOOD | said), FixedClock()).sends

    assert sends(**MAIL)
    assert not sends()


async def test_in_production_operators_are_told_that_nothing_leaves() -> None:
    async def well(**said: str) -> bool:
        return (await way_out(Settings.model_validate(GOOD | said), FixedClock()).check())[0]

    assert not await well()
    assert await well(environment="development")
    assert await well(**MAIL)


def test_a_password_is_written_as_in_any_url() -> None:
    settings = Settings.model_validate(GOOD | MAIL | {"smtp_url": "smtps://not%40ify:p%2Fw%3A@mail.example"})
    server = settings.mail_server
    assert server
    assert (server.user, server.password, server.port) == ("not@ify", "p/w:", 465)
    assert "p/w:" not in repr(server)


def test_without_encryption_is_for_development() -> None:
    assert Settings.model_validate(GOOD | MAIL | {"smtp_plain": True, "environment": "development"}).mail_server


def used(**said: str) -> frozenset[str]:
    """The languages in which people are written to."""
    clock = FixedClock()
    wordings = wire(MemoryDatabase(clock), Settings.model_validate(GOOD | said), clock).given["wordings"]
    assert isinstance(wordings, Wordings)
    return wordings.used


def test_words_that_nobody_has_checked_are_for_development(monkeypatch: pytest.MonkeyPatch) -> None:
    assert used() == {"en"}
    assert used(environment="development") == Wordings.shipped().languages.keys()
    monkeypatch.setenv("NOTIFY_LANGUAGES", '["pt", "so"]')
    assert used() == used(environment="development") == {"en", "pt", "so"}


def test_the_service_does_not_start_with_a_language_that_has_no_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOTIFY_LANGUAGES", '["tlh"]')
    with pytest.raises(WordingWrong, match="no wording in tlh"):
        used()
