"""What speaks against erasing somebody: by what is open, and by what is known of how long the record is kept."""

import csv
from datetime import timedelta
from pathlib import Path

import pytest

from alliance.kernel import FixedClock, new_id
from alliance.testing import as_staff
from intake.application.rights import hindrances_of
from intake.domain.codes import Priority
from intake.domain.introduction import Introduction
from intake.domain.keeping import ExtensionReason, HoldReason, Keeping
from intake.domain.record_request import RecordRequest
from intake.domain.rights import AskedBy

from ..builders import NINE, FrontDoor, an_introduction

with (Path(__file__).parents[1] / "tables" / "hindrances.csv").open(newline="") as _file:
    TABLE = list(csv.DictReader(_file))


def an_introduction_as(state: str, days_ago: int) -> Introduction:
    at = NINE - timedelta(days=days_ago)
    introduction = an_introduction(at=at)
    match state:
        case "withdrawn":
            introduction.withdraw(at=at)
        case "accepted":
            introduction.accept(Priority.ROUTINE, at=at)
    return introduction


def a_keeping(id_: str, row: dict[str, str]) -> Keeping:
    keeping = Keeping(id=id_, hold=HoldReason(row["hold"]) if row["hold"] else None)
    if row["died_days_ago"]:
        keeping.died_on = NINE.date() - timedelta(days=int(row["died_days_ago"]))
    if row["extended_days"]:
        until = NINE.date() + timedelta(days=int(row["extended_days"]))
        keeping.extend(until, ExtensionReason.RESEARCH, today=NINE.date())
    return keeping


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["sentence"])
async def test_what_speaks_against_an_erasure(row: dict[str, str], clock: FixedClock) -> None:
    given = FrontDoor.opened(clock).given
    introduction, merged = an_introduction_as(row["state"], int(row["ended_days_ago"])), new_id()
    person = introduction.person_id
    with as_staff(mark="command:one:x"):
        await given["introductions"].add(introduction)
        await given["known"].merge(merged, person, merge_id=new_id(), at=NINE)
        if row["hold"] or row["died_days_ago"] or row["extended_days"]:
            said_of = merged if row["said_of"] == "merged" else person
            await given["keeping_records"].keepings.add(a_keeping(said_of, row))
        if row["copy_asked"] == "yes":
            copy = RecordRequest(id=new_id(), person_id=merged, asked_by=AskedBy.PERSON, asked_at=NINE)
            await given["record_requests"].add(copy)
    found = await hindrances_of(person, given["keeping_records"], given["record_requests"], given["known"])
    assert [each.value for each in found] == row["found"].split()


async def test_a_hold_that_is_put_on_the_record_stops_an_erasure_that_was_agreed(clock: FixedClock) -> None:
    given = FrontDoor.opened(clock).given
    introduction = an_introduction_as("withdrawn", 7400)
    asking = introduction.person_id, given["keeping_records"], given["record_requests"], given["known"]
    with as_staff(mark="command:one:x"):
        await given["introductions"].add(introduction)
        assert await hindrances_of(*asking) == []
        await given["keeping_records"].keepings.add(Keeping(id=introduction.person_id, hold=HoldReason.INQUIRY))
    assert [each.forbids for each in await hindrances_of(*asking)] == [True]
