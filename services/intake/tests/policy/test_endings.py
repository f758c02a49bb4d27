"""Every state of an introduction against every way to end it, and when somebody counts as not reached: two tables."""

import csv
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from alliance.kernel import Refusal, new_id
from intake.domain.codes import (
    ContactChannel,
    ContactOutcome,
    Elsewhere,
    Ending,
    IntroducerRole,
    Priority,
    ReopenReason,
    SafetyKind,
)
from intake.domain.contacting import Ways
from intake.domain.facts import ContactPoint
from intake.domain.introduction import Introduction
from intake.domain.records import Ended, Introducer

from ..builders import BY_PHONE, NINE, PROMISE, an_introduction

HERE = Path(__file__).parent
TEN = NINE + timedelta(hours=1)
TRIED = [NINE + timedelta(days=day) for day in (1, 2, 3)]
LATER = NINE + timedelta(days=9)


def rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((HERE / name).read_text().splitlines()))


def tried(introduction: Introduction) -> Introduction:
    for at in TRIED:
        introduction.note_contact_attempt(
            ContactChannel.PHONE, ContactOutcome.NO_ANSWER, by="staff-1", at=at, ways=BY_PHONE, promise=PROMISE
        )
    return introduction


def close(introduction: Introduction, ending: Ending, other: Introduction | None = None) -> None:
    of = other.id if other else None
    where = Elsewhere.GP if ending is Ending.SIGNPOSTED else None
    introduction.close(
        Ended(ending=ending, elsewhere=where, duplicate_of=of), at=TEN, promise=PROMISE, ways=BY_PHONE, other=other
    )


def ended() -> Introduction:
    other = an_introduction(id_=new_id())
    close(other, Ending.SIGNPOSTED)
    return other


def close_unsafe(introduction: Introduction) -> None:
    introduction.raise_safety_concern(SafetyKind.SELF_HARM, at=TEN, promise=PROMISE)
    close(introduction, Ending.DUPLICATE, an_introduction())


def close_untried(introduction: Introduction) -> None:
    introduction.attempts.clear()
    close(introduction, Ending.NOT_REACHED)


STATES: dict[str, Callable[[Introduction], object]] = {
    "received": lambda _: None,
    "claimed": lambda one: one.claim(by="staff-1", at=TEN, promise=PROMISE),
    "handed-over": lambda one: one.hand_over_to("Southwark", "made-up service", by="staff-1", at=TEN, promise=PROMISE),
    "accepted": lambda one: one.accept(Priority.ROUTINE, at=TEN),
    "closed": lambda one: close(one, Ending.SIGNPOSTED),
    "withdrawn": lambda one: one.withdraw(at=TEN),
}
ENDINGS: dict[str, Callable[[Introduction], object]] = {
    "accept": lambda one: one.accept(Priority.ROUTINE, at=TEN),
    "signposted": lambda one: close(one, Ending.SIGNPOSTED),
    "signposted-nowhere": lambda one: one.close(Ended(ending=Ending.SIGNPOSTED), at=TEN, promise=PROMISE),
    "duplicate": lambda one: close(one, Ending.DUPLICATE, an_introduction()),
    "duplicate-of-nothing": lambda one: close(one, Ending.DUPLICATE),
    "duplicate-of-itself": lambda one: close(one, Ending.DUPLICATE, one),
    "duplicate-of-ended": lambda one: close(one, Ending.DUPLICATE, ended()),
    "duplicate-unsafe": lambda one: close_unsafe(one),
    "not-reached": lambda one: close(one, Ending.NOT_REACHED),
    "not-reached-untried": lambda one: close_untried(one),
    "out-of-area": lambda one: close(one, Ending.OUT_OF_AREA),
    "confirm-hand-over": lambda one: one.confirm_hand_over("Somebody made up", at=TEN),
    "withdraw": lambda one: one.withdraw(at=TEN),
    "reopen": lambda one: one.reopen(ReopenReason.PERSON_CAME_BACK, by="staff-1", at=LATER, promise=PROMISE),
}


def test_the_table_has_every_state_and_every_ending() -> None:
    found = [(row["state"], row["ending"]) for row in rows("endings.csv")]
    assert sorted(found) == sorted((state, ending) for state in STATES for ending in ENDINGS)
    assert all(row["sentence"] and row["source"] for row in rows("endings.csv") + rows("attempts.csv"))


def refused(act: Callable[[], object]) -> str | None:
    """The name of the refusal, if it is one. Every refusal is a sentence."""
    try:
        act()
    except Refusal as refusal:
        return refusal.name if str(refusal) else "without a sentence"
    return None


@pytest.mark.parametrize("row", rows("endings.csv"), ids=lambda row: f"{row['state']}: {row['ending']}")
def test_an_ending_is_allowed_or_refused_as_the_table_says(row: dict[str, str]) -> None:
    introduction = tried(an_introduction())
    STATES[row["state"]](introduction)
    introduction.take_facts()
    before = introduction.state
    refusal = refused(lambda: ENDINGS[row["ending"]](introduction))
    silent = refusal is None and introduction.state is before and not introduction.take_facts()
    assert (refusal or ("silent" if silent else introduction.state)) == row["outcome"], row["sentence"]
    assert refusal is None or introduction.state is before


def ways(text: str) -> Ways:
    """`phone+voicemail`: safe, and a voicemail is fine; `!email`: not safe."""
    return Ways.of(
        ContactPoint(
            kind=word.strip("!").removesuffix("+voicemail"),
            value="made-up",
            safe=not word.startswith("!"),
            voicemail_ok=word.endswith("+voicemail"),
        )
        for word in text.split()
    )


def tried_in_vain(row: dict[str, str]) -> Introduction:
    """The attempts of a row, and then the ending. Raises what is refused first."""
    introduction, known = an_introduction(), ways(row["ways"])
    introduction.introducer = Introducer(role=IntroducerRole.GP, phone="01632 960001")
    for attempt in row["attempts"].split():
        told, _, day = attempt.partition("@")
        channel, _, outcome = told.partition(":")
        introduction.note_contact_attempt(
            ContactChannel(channel),
            ContactOutcome(outcome),
            by="staff-1",
            at=NINE + timedelta(days=int(day)),
            ways=known,
            promise=PROMISE,
            message="made-up words" if channel == "status-page" else "",
        )
    introduction.close(Ended(ending=Ending.NOT_REACHED), at=LATER, promise=PROMISE, ways=known)
    return introduction


@pytest.mark.parametrize("row", rows("attempts.csv"), ids=lambda row: row["sentence"])
def test_somebody_counts_as_not_reached_as_the_table_says(row: dict[str, str]) -> None:
    assert (refused(lambda: tried_in_vain(row)) or "closed") == row["outcome"], row["sentence"]
