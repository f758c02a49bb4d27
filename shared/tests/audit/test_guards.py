"""Records of a restricted person are for those who work with them; broken glass opens them for a time, openly."""

from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest

from alliance.access import Caller
from alliance.access.control import Standing
from alliance.access.guards import REMEMBERED, GlassBroken, Guards, NoteNeeded, PersonAccess, RestrictionChanged
from alliance.contracts import Envelope, intake
from alliance.contracts.catalogue import SERVICES
from alliance.contracts.codes import GlassReason
from alliance.kernel import FixedClock, new_id
from alliance.messaging import apply_in_memory, listen
from alliance.service.guarding import guard_rows, guard_sayings, guarding, guards_people
from alliance.store import MemoryDatabase
from alliance.testing import as_staff

from .builders import PERSON

SAM = Caller(subject="staff-7", organisation="slam", issuer="https://sign-in.example")
NINE = FixedClock().now()
EIGHT_HOURS = timedelta(hours=8)


@pytest.fixture
def said(database: MemoryDatabase) -> list[Envelope]:
    heard: list[Envelope] = []
    database.on_written(lambda _collection, _id, _version, envelopes: heard.extend(envelopes))
    return heard


def guards_of(service: str, database: MemoryDatabase) -> Guards:
    return guarding(service, database=database, clock=FixedClock(), glass_hours=8)


def broken(person: PersonAccess, opening_id: str | None = None, **changes: Any) -> None:
    values: dict[str, Any] = {
        "caller": SAM,
        "record": "case",
        "reason_code": GlassReason.EMERGENCY,
        "note": "",
        "at": NINE,
        "lasts": EIGHT_HOURS,
    }
    person.break_glass(opening_id or new_id(), **{**values, **changes})


def test_broken_glass_opens_for_a_time_and_is_told_without_the_note() -> None:
    person = PersonAccess(id=PERSON)
    broken(person, note="She rang from the roof.")
    (fact,) = person.take_facts()
    assert isinstance(fact, GlassBroken)
    assert "roof" not in str(fact)
    assert person.opening_for(SAM, NINE)
    assert person.opening_for(SAM, NINE + EIGHT_HOURS - timedelta(seconds=1))
    assert person.opening_for(SAM, NINE + EIGHT_HOURS) is None


@pytest.mark.parametrize(
    "other",
    [
        Caller(subject="staff-8", organisation="slam", issuer="https://sign-in.example"),
        Caller(subject="staff-7", organisation="certitude", issuer="https://sign-in.example"),
        Caller(subject="staff-7", organisation="slam", issuer="https://elsewhere.example"),
    ],
    ids=["a colleague", "of another organisation", "of another issuer"],
)
def test_glass_is_broken_for_one_person_only(other: Caller) -> None:
    person = PersonAccess(id=PERSON)
    broken(person)
    assert person.opening_for(other, NINE) is None


def test_the_same_command_again_breaks_no_second_glass() -> None:
    person, opening_id = PersonAccess(id=PERSON), new_id()
    broken(person, opening_id)
    broken(person, opening_id, at=NINE + timedelta(minutes=1))
    assert len(person.openings) == len(person.take_facts()) == 1


@pytest.mark.parametrize("note", ["", "   "])
def test_another_reason_must_be_written_down(note: str) -> None:
    person = PersonAccess(id=PERSON)
    with pytest.raises(NoteNeeded):
        broken(person, reason_code=GlassReason.OTHER, note=note)
    assert person.opening_for(SAM, NINE) is None
    broken(person, reason_code=GlassReason.OTHER, note="Asked by the coroner")
    assert person.openings[0].note == "Asked by the coroner"


def test_openings_that_are_over_do_not_pile_up() -> None:
    person = PersonAccess(id=PERSON)
    for day in range(2 * REMEMBERED):
        broken(person, at=NINE + timedelta(days=day))
    assert len(person.openings) == REMEMBERED + 1


def test_restricting_twice_is_silent_and_each_change_is_counted() -> None:
    person = PersonAccess(id=PERSON)
    person.restrict(at=NINE)
    person.restrict(at=NINE)
    assert person.listed == f"restricted:{PERSON}"
    person.lift(at=NINE)
    facts = person.take_facts()
    assert [(type(fact), fact.restricted, fact.restriction_sequence) for fact in facts] == [  # type: ignore[attr-defined]
        (RestrictionChanged, True, 1),
        (RestrictionChanged, False, 2),
    ]
    assert person.listed is None


@pytest.mark.parametrize("order", [*permutations([(1, True), (2, False), (3, True)])])
def test_the_newest_restriction_counts_in_whatever_order_they_are_heard(order: list[tuple[int, bool]]) -> None:
    person = PersonAccess(id=PERSON)
    for sequence, restricted in [*order, *order]:
        person.follow(restricted=restricted, sequence=sequence, at=NINE)
    assert (person.restricted, person.restriction_sequence) == (True, 3)
    assert person.take_facts() == ()


async def test_nothing_is_special_about_somebody_of_whom_nothing_was_said(database: MemoryDatabase) -> None:
    assert await guards_of("triage", database).standing(PERSON, SAM, NINE) == Standing()


async def test_broken_glass_is_said_by_the_service_where_it_was_broken(
    database: MemoryDatabase, said: list[Envelope]
) -> None:
    guards, opening_id = guards_of("triage", database), new_id()
    for _ in range(2):
        with as_staff("staff-7"):
            await guards.break_glass(
                opening_id,
                PERSON,
                caller=SAM,
                record="case",
                reason_code=GlassReason.PERSON_ASKED,
                note="By telephone",
                at=NINE,
            )
    (envelope,) = said
    assert (envelope.type, envelope.subject) == ("triage.glass-broken.v1", PERSON)
    assert envelope.data == {
        "person_id": PERSON,
        "record": "case",
        "reason_code": "person-asked",
        "opened_by": "staff-7",
        "opened_by_organisation": "slam",
        "at": "2026-11-02T09:00:00.000000Z",
        "until": "2026-11-02T17:00:00.000000Z",
    }
    assert (await guards.standing(PERSON, SAM, NINE)).glass_until == NINE + EIGHT_HOURS


async def test_a_restriction_reaches_every_service_that_holds_records_of_people(said: list[Envelope]) -> None:
    front_door = MemoryDatabase()
    front_door.on_written(lambda _collection, _id, _version, envelopes: said.extend(envelopes))
    with as_staff("staff-9", organisation="certitude"):
        await guards_of("intake", front_door).restrict(PERSON, restricted=True, at=NINE)
    assert [each.type for each in said] == ["intake.restriction-changed.v1"]
    for service in ("triage", "housing", "notify"):
        guards = guards_of(service, MemoryDatabase())
        hears = listen(*guard_rows(service))
        applied = await apply_in_memory(hears, {"guards": guards}, said * 2, organisation="slam", service=service)
        assert applied.quarantined == []
        assert (await guards.standing(PERSON, SAM, NINE)).restricted


async def test_a_service_that_only_hears_of_restrictions_cannot_decide_one(database: MemoryDatabase) -> None:
    with as_staff("staff-9"), pytest.raises(LookupError):
        await guards_of("housing", database).restrict(PERSON, restricted=True, at=NINE)


def test_the_front_door_decides_and_the_others_hear() -> None:
    hearing = {service: [row.event for row in guard_rows(service)] for service in SERVICES}
    saying = {service: {t.type for row in guard_sayings(service) for t in row.types} for service in SERVICES}
    guarded = [service for service in SERVICES if guards_people(service)]
    assert guarded == ["intake", "triage", "housing", "notify"]
    assert {service for service in SERVICES if hearing[service] == [intake.RestrictionChanged]} == {
        "triage",
        "housing",
        "notify",
    }
    assert saying["intake"] == {"intake.glass-broken.v1", "intake.restriction-changed.v1"}
    assert saying["triage"] == {"triage.glass-broken.v1"}
    assert saying["finance"] == set()
