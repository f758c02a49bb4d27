"""The morning mail goes to a confirmed address alone, and ends when its reader is gone or wants no more."""

from datetime import datetime, timedelta

import pytest

from notify.domain.digest import CODE_LASTS, CODES_A_DAY, LASTS, TRIES, Digest
from notify.domain.refusals import AlreadyTaken, CodeRunOut, NotSwitchedOn, TooManyCodes

from ..builders import NINE

ADDRESS, CODE, KEY = "staff@example.org", "123456", "a-key-that-nobody-guesses"
TOMORROW = NINE + timedelta(hours=23)
MINUTE = timedelta(minutes=1)


def asked(at: datetime = NINE) -> Digest:
    digest = Digest(id="staff-7")
    digest.ask(ADDRESS, code=CODE, at=at)
    return digest


def try_code(digest: Digest, code: str = CODE, at: datetime = NINE) -> None:
    digest.try_code(code, roles=("key-worker",), off_key=KEY, next_at=TOMORROW, at=at)


def switched_on() -> Digest:
    digest = asked()
    digest.note_sent(CODE)
    try_code(digest)
    return digest


def test_nothing_is_due_at_an_address_that_nobody_has_confirmed() -> None:
    digest = asked()
    digest.note_sent(CODE)
    assert (digest.is_on, digest.to_send, digest.next_at) == (False, None, None)


def test_the_right_code_switches_it_on() -> None:
    digest = switched_on()
    assert (digest.address, digest.roles, digest.due_at()) == (ADDRESS, ("key-worker",), TOMORROW)
    assert digest.asking is None


def test_a_code_cannot_be_guessed_for_long() -> None:
    digest = asked()
    for _ in range(TRIES):
        try_code(digest, "000000")
    with pytest.raises(CodeRunOut):
        try_code(digest)
    assert not digest.is_on


def test_a_code_runs_out_and_the_address_is_forgotten_with_it() -> None:
    digest = asked()
    with pytest.raises(CodeRunOut):
        try_code(digest, at=NINE + CODE_LASTS)
    assert digest.due_at() == NINE + CODE_LASTS
    digest.on_due(NINE + CODE_LASTS)
    assert ADDRESS not in repr(digest)


def test_nobody_can_be_sent_codes_without_end() -> None:
    digest = asked()
    for number in range(1, CODES_A_DAY):
        digest.ask(ADDRESS, code=CODE, at=NINE + number * MINUTE)
    with pytest.raises(TooManyCodes):
        digest.ask("somebody.else@example.org", code=CODE, at=NINE + timedelta(hours=23))
    digest.ask(ADDRESS, code=CODE, at=NINE + timedelta(days=1))


def test_the_old_address_goes_on_until_the_new_one_is_confirmed() -> None:
    digest = switched_on()
    digest.ask("new@example.org", code="654321", at=NINE)
    assert (digest.address, digest.next_at) == (ADDRESS, TOMORROW)
    digest.try_code("654321", roles=(), off_key="another", next_at=TOMORROW, at=NINE)
    assert (digest.address, digest.off_key) == ("new@example.org", "another")


def test_each_morning_is_sent_once_and_then_the_next_is_due() -> None:
    digest = switched_on()
    digest.on_due(TOMORROW)
    assert (digest.ready_at, digest.due_at()) == (TOMORROW, None)
    digest.take(now=TOMORROW, until=TOMORROW + MINUTE)
    with pytest.raises(AlreadyTaken):
        digest.take(now=TOMORROW, until=TOMORROW + MINUTE)
    for _ in range(2):
        digest.settle(TOMORROW, next_at=TOMORROW + timedelta(days=1))
    assert (digest.to_send, digest.due_at()) == (None, TOMORROW + timedelta(days=1))


def test_a_mail_that_is_put_off_waits_longer_each_time() -> None:
    digest = switched_on()
    digest.on_due(TOMORROW)
    waits = []
    for _ in range(3):
        digest.put_off(at=TOMORROW)
        assert digest.taken_until
        waits.append(digest.taken_until - TOMORROW)
    assert waits == [MINUTE, 2 * MINUTE, 4 * MINUTE]


def test_it_ends_by_itself_unless_it_is_kept_on() -> None:
    kept, left = switched_on(), switched_on()
    kept.keep_on(roles=("housing-manager",), at=NINE + timedelta(days=60))
    for digest in (kept, left):
        digest.next_at = NINE + LASTS
        digest.on_due(NINE + LASTS)
    assert (kept.is_on, kept.roles) == (True, ("housing-manager",))
    assert (left.is_on, left.due_at(), ADDRESS in repr(left)) == (False, None, False)


def test_switched_off_it_forgets_the_address_and_whoever_is_late_changes_nothing() -> None:
    digest = switched_on()
    digest.on_due(TOMORROW)
    digest.take(now=TOMORROW, until=TOMORROW + MINUTE)
    for _ in range(2):
        digest.switch_off()
    digest.settle(TOMORROW, next_at=TOMORROW)
    assert ADDRESS not in repr(digest)
    assert (digest.to_send, digest.due_at()) == (None, None)
    with pytest.raises(NotSwitchedOn):
        digest.keep_on(roles=(), at=NINE)


def test_an_address_that_will_not_take_it_is_left_in_peace() -> None:
    digest = switched_on()
    digest.bounce("other@example.org", at=NINE)
    assert digest.is_on
    digest.bounce(ADDRESS, at=NINE)
    assert (digest.is_on, digest.refused_at) == (False, NINE)
