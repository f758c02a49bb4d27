"""Somebody who waits is asked whether how to reach them has changed: when, how often, and when no more."""

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from alliance.kernel import LONDON, FixedClock, new_id
from alliance.store import Ticker
from alliance.testing import as_staff
from intake.application.introductions import accept_introduction
from intake.application.keeping import LookingThrough
from intake.application.people import change_details
from intake.domain import refusals
from intake.domain.codes import Elsewhere, Ending, NhsNumberStatus, NumberReason, Priority, ReopenReason
from intake.domain.facts import ContactCheckDue, ContactPoint, PersonShared
from intake.domain.introduction import Introduction
from intake.domain.keeping import DeathSource
from intake.domain.person import Person
from intake.domain.records import Ended, State

from ..builders import NHS_NUMBER, NINE, OURS, PROMISE, RECIPIENTS, FrontDoor, a_person, an_introduction, some_details
from ..following import introduced, let_follow

with (Path(__file__).parents[1] / "tables" / "contact_check.csv").open(newline="") as _file:
    TABLE = list(csv.DictReader(_file))
SIXTY_DAYS = timedelta(days=60)
DUE = NINE + SIXTY_DAYS
EMAIL = ContactPoint(kind="email", value="testa@example.org", safe=True)


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def an_accepted_introduction() -> Introduction:
    introduction = an_introduction()
    introduction.accept(Priority.ROUTINE, at=NINE)
    introduction.take_facts()
    return introduction


def asked(introduction: Introduction) -> int:
    """How often the person is to be asked, by what it has said since it was last looked at."""
    return sum(isinstance(fact, ContactCheckDue) for fact in introduction.take_facts())


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["sentence"])
def test_when_somebody_is_asked(row: dict[str, str]) -> None:
    introduction = an_accepted_introduction()
    introduction.contact_known_at, introduction.contact_asked_at = _moment(row["known"]), _moment(row["asked"])
    introduction.contact_check_days = int(row["days"])
    assert introduction.due_at() == _moment(row["due"])


def test_it_is_said_once_with_ids_and_days_alone() -> None:
    introduction = an_accepted_introduction()
    introduction.on_due(DUE - timedelta(seconds=1))
    assert asked(introduction) == 0
    for _ in range(2):
        introduction.on_due(DUE)
    assert introduction.take_facts() == (
        ContactCheckDue(
            introduction_id=introduction.id,
            person_id=introduction.person_id,
            known_since=NINE.date(),
            due_at=DUE,
        ),
    )
    introduction.on_due(DUE + SIXTY_DAYS - timedelta(seconds=1))
    assert asked(introduction) == 0
    introduction.on_due(DUE + SIXTY_DAYS)
    assert asked(introduction) == 1


def test_whoever_is_at_the_door_is_not_asked() -> None:
    """Somebody here is about to get in touch with them anyway."""
    introduction = an_introduction()
    introduction.on_due(DUE)
    assert asked(introduction) == 0


def withdraw(introduction: Introduction) -> None:
    introduction.withdraw(at=NINE)


def close_the_case(introduction: Introduction) -> None:
    introduction.note_case_closed("case", at=NINE)


def lose_the_person(introduction: Introduction) -> None:
    introduction.follow_contact(NINE, gone=True, promise=PROMISE)


def erase(introduction: Introduction) -> None:
    introduction.ask_no_more()


@pytest.mark.parametrize("ended", [withdraw, close_the_case, lose_the_person, erase])
def test_once_it_has_ended_nobody_is_asked(ended: Callable[[Introduction], None]) -> None:
    introduction = an_accepted_introduction()
    ended(introduction)
    assert introduction.due_at() is None
    introduction.on_due(DUE)
    assert asked(introduction) == 0
    assert not introduction.asks_how_to_reach


def test_whoever_comes_back_is_asked_again() -> None:
    introduction = an_accepted_introduction()
    introduction.note_case_closed("case", at=NINE)
    introduction.note_case_reopened("case", closed_at=NINE)
    assert introduction.due_at() == DUE
    introduction.withdraw(at=NINE)
    introduction.reopen(ReopenReason.PERSON_CAME_BACK, by="staff-7", at=NINE, promise=PROMISE)
    introduction.accept(Priority.ROUTINE, at=NINE)
    assert introduction.due_at() == DUE


def test_a_closed_introduction_asks_nobody() -> None:
    introduction = an_introduction()
    introduction.close(Ended(ending=Ending.SIGNPOSTED, elsewhere=Elsewhere.GP), at=NINE, promise=PROMISE)
    assert introduction.state is State.CLOSED
    assert introduction.due_at() is None


def test_what_the_person_writes_is_found_until_it_is_changed() -> None:
    introduction = an_accepted_introduction()
    introduction.say_contact_changed("a made-up new number", at=NINE + timedelta(hours=1))
    assert introduction.contact_said is not None
    introduction.follow_contact(NINE, gone=False, promise=PROMISE)
    assert introduction.contact_said is not None
    introduction.follow_contact(NINE + timedelta(hours=2), gone=False, promise=PROMISE)
    assert introduction.contact_said is None


def test_nothing_can_be_said_to_what_has_ended() -> None:
    introduction = an_accepted_introduction()
    introduction.withdraw(at=NINE)
    with pytest.raises(refusals.IntroductionAlreadyClosed):
        introduction.say_contact_changed("a made-up new number", at=NINE)


def test_a_record_from_before_loads_and_counts_from_the_introduction() -> None:
    introduction = an_accepted_introduction()
    introduction.contact_known_at = None
    assert introduction.due_at() == DUE
    person = a_person()
    assert person.contact_confirmed_at is None
    assert person.contact_confirmed_on == NINE.date()


def test_only_what_is_said_about_reaching_them_counts_as_confirmed() -> None:
    person, later = a_person(), NINE + timedelta(days=10)
    numbered = replace(person.details, nhs_number=NHS_NUMBER, nhs_number_status=NhsNumberStatus.NOT_TRACED)
    person.change_details(numbered, at=later, recipients=RECIPIENTS)
    status, reason = NhsNumberStatus.VERIFIED, NumberReason.TRACED
    person.note_number_status(status, reason, by="staff-7", at=later, recipients=RECIPIENTS)
    assert person.contact_confirmed_on == NINE.date()
    person.change_details(replace(person.details, contact_points=(EMAIL,)), at=later, recipients=RECIPIENTS)
    assert person.contact_confirmed_on == later.date()


def test_whoever_may_hold_the_details_learns_the_day_once() -> None:
    person = a_person(holders=["slam"])
    person.take_facts()
    for hours in (0, 1, 2):
        person.confirm_contact(at=NINE + timedelta(days=10, hours=hours), recipients=RECIPIENTS)
    (said,) = person.take_facts()
    assert isinstance(said, PersonShared)
    assert (said.recipient, said.contact_confirmed_on) == ("triage", date(2026, 11, 12))
    assert said.consent_sequence == 2


def test_of_somebody_erased_or_of_a_merged_record_nothing_is_confirmed() -> None:
    person, merged = a_person(), a_person()
    person.erase(at=NINE)
    with pytest.raises(refusals.PersonIsErased):
        person.confirm_contact(at=NINE, recipients=RECIPIENTS)
    merged.follow_into(new_id(), person.id, objections=(), at=NINE, recipients=RECIPIENTS)
    with pytest.raises(refusals.AlreadyMerged):
        merged.confirm_contact(at=NINE, recipients=RECIPIENTS)


def test_the_survivor_carries_what_was_said_last_until_the_merge_is_undone() -> None:
    survivor, other, merge_id = a_person(), a_person(), new_id()
    other.confirm_contact(at=NINE + timedelta(days=10), recipients=RECIPIENTS)
    known_at = other.contact_known_at
    survivor.absorb(
        merge_id, other.details, of=other.id, objections=(), at=NINE, recipients=RECIPIENTS, known_at=known_at
    )
    assert survivor.contact_known_at == known_at
    survivor.split_off(merge_id, at=NINE, recipients=RECIPIENTS)
    assert survivor.contact_known_at == NINE


class Waiting:
    """Somebody whose introduction is accepted, at a front door with a clock."""

    def __init__(self, door: FrontDoor, clock: FixedClock, introduction: Introduction) -> None:
        self.door, self.clock, self.id = door, clock, introduction.id
        self.person_id = introduction.person_id

    async def tick(self) -> int:
        """Let the clock of the service look; how often the person has been asked so far."""
        clocks = [self.door.given["introductions"]]
        ticker = Ticker(clocks, self.clock, self._everything_is_heard, service="intake", organisation=OURS)
        while await ticker.tick():
            pass
        return self.door.types_said().count("contact-check-due.v1")

    async def _everything_is_heard(self) -> datetime:
        return self.clock.now()

    async def person(self) -> Person:
        found = await self.door.given["people"].get(self.person_id)
        assert isinstance(found, Person)
        return found


@pytest.fixture
async def waiting(clock: FixedClock) -> Waiting:
    door = FrontDoor.opened(clock)
    introduction = await introduced(door, some_details(), new_id())
    with as_staff(mark="command:accept:x"):
        await accept_introduction(introduction.id, Priority.ROUTINE, door.given["introductions"], clock)
    return Waiting(door, clock, introduction)


async def test_the_clock_of_the_service_asks_and_whoever_confirms_is_left_in_peace(waiting: Waiting) -> None:
    assert await waiting.tick() == 0
    waiting.clock.advance(days=59)
    with as_staff(mark="command:confirm:x"):
        await waiting.door.given["contacts"].confirm(waiting.person_id)
    waiting.clock.advance(days=59)
    assert await waiting.tick() == 0
    waiting.clock.advance(days=1)
    assert await waiting.tick() == 1
    waiting.clock.advance(days=1)
    assert await waiting.tick() == 1


async def test_changing_how_to_reach_them_counts_as_confirming(waiting: Waiting) -> None:
    waiting.clock.advance(days=59)
    given, details = waiting.door.given, (await waiting.person()).details
    with as_staff(mark="command:change:x"):
        await change_details(
            waiting.person_id, replace(details, contact_points=(EMAIL,)), given["people"], given["contacts"]
        )
    waiting.clock.advance(days=59)
    assert await waiting.tick() == 0


async def test_whoever_has_died_is_not_asked_unless_that_was_a_mistake(waiting: Waiting) -> None:
    records = waiting.door.given["keeping_records"]
    with as_staff(mark="command:died:x"):
        await records.note_death(waiting.person_id, NINE.date(), DeathSource.GP)
    waiting.clock.advance(days=61)
    assert await waiting.tick() == 0
    with as_staff(mark="command:lives:x"):
        await records.take_back_death(waiting.person_id)
    assert await waiting.tick() == 1


async def test_an_introduction_accepted_before_there_was_a_clock_gets_one_within_a_week(waiting: Waiting) -> None:
    """Its stored document says nothing of when time matters to it, until somebody has looked through all records."""
    collection: Any = waiting.door.database.collection("introductions")
    (document,) = await collection.find_many({"_id": waiting.id}, limit=1)
    before = {name: value for name, value in document["state"].items() if not name.startswith("contact_")}
    before["contact_by"] = None
    before.pop("not_to_be_asked")
    version = document["version"]
    await collection.update({"_id": waiting.id, "version": version}, {"$set": {"state": before, "due_at": None}})
    waiting.clock.advance(days=61)
    assert await waiting.tick() == 0
    looking: LookingThrough = waiting.door.given["looking_through"]
    looking.rest = 0
    while await looking.step():
        pass
    assert await waiting.tick() == 1


async def test_a_merge_moves_the_clock_to_the_record_that_goes_on(waiting: Waiting, clock: FixedClock) -> None:
    door = waiting.door
    await let_follow(door)
    introduction = await door.given["introductions"].get(waiting.id)
    survivor = new_id()
    with as_staff(mark="command:merged:x"):
        await door.given["introductions"].change(waiting.id, lambda one: one.follow_into(new_id(), survivor))
    clock.advance(days=61)
    assert await waiting.tick() == 1
    (said,) = [each for each in door.said if each.type.endswith("contact-check-due.v1")]
    assert said.data["person_id"] == survivor != introduction.person_id
    assert said.time.astimezone(LONDON).date() > NINE.date()
