"""What is known of a death is the same whatever was heard first and however often, merged and erased people too."""

from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance.contracts import Envelope, Event, intake
from alliance.kernel import FixedClock, new_id
from alliance.messaging import apply_in_memory, listen
from alliance.people import Known, KnownPerson
from alliance.service.knowing import knowing_rows, known_by
from alliance.store import MemoryDatabase

NINE = FixedClock().now()
PERSON, OTHER = new_id(), new_id()
DIED, MISTAKE, AGAIN = (
    intake.PersonDied(person_id=PERSON, died_on=date(2026, 10, 1), death_sequence=1, at=NINE),
    intake.PersonDeathCorrected(person_id=PERSON, death_sequence=2, at=NINE),
    intake.PersonDied(person_id=PERSON, died_on=date(2026, 10, 3), death_sequence=3, at=NINE),
)
MERGED = intake.PeopleMerged(person_id=OTHER, merged_person_id=PERSON, merge_id=new_id(), at=NINE)


def said(event: Event) -> Envelope:
    return Envelope(
        id=new_id(),
        source="/alliance/intake",
        type=event.type,
        subject=event.subject,
        time=NINE,
        sequence=1,
        partitionkey=event.partition_key,
        correlationid=new_id(),
        actor="staff-9",
        organisation="certitude",
        data=event.model_dump(mode="json"),
    )


async def after(*events: Event) -> Known:
    known = known_by("triage", database=MemoryDatabase(FixedClock()), clock=FixedClock(), organisation="slam")
    rows = [row for row in knowing_rows("triage", {"call_me"}) if row.event in {type(event) for event in events}]
    applied = await apply_in_memory(
        listen(*rows), {"known": known}, [said(event) for event in events], organisation="slam", service="triage"
    )
    assert not applied.quarantined
    return known


@pytest.mark.parametrize(
    ("story", "died_on"),
    [
        ([DIED], date(2026, 10, 1)),
        ([DIED, MISTAKE], None),
        ([DIED, MISTAKE, AGAIN], date(2026, 10, 3)),
        ([DIED, MERGED], date(2026, 10, 1)),
    ],
    ids=["died", "a mistake", "died after all", "on a merged record"],
)
async def test_the_last_that_was_said_counts_in_any_order_and_for_the_whole_person(
    story: list[Event], died_on: date | None
) -> None:
    for order in permutations(story):
        known = await after(*order, order[0])
        assert await known.died_on(PERSON) == died_on
        if MERGED in story:
            assert await known.died_on(OTHER) == died_on


@given(st.permutations(["died", "mistake", "again", "erased"]))
def test_of_somebody_erased_no_day_of_death_is_kept(order: list[str]) -> None:
    person = KnownPerson(id=PERSON)
    for step in order:
        match step:
            case "died":
                person.follow_death(date(2026, 10, 1), sequence=1)
            case "mistake":
                person.follow_death(None, sequence=2)
            case "again":
                person.follow_death(date(2026, 10, 3), sequence=3)
            case _:
                person.erase(at=NINE)
    assert (person.died_on, person.death_sequence) == (None, 3)


def test_who_keeps_no_details_hears_of_no_death() -> None:
    heard = {row.event for row in knowing_rows("finance", ())}
    assert not heard & {intake.PersonDied, intake.PersonDeathCorrected}
