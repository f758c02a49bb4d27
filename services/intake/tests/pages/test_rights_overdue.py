"""Whoever was not answered in time stands on the home page of the governance lead, until they are."""

from datetime import timedelta

from fastapi import FastAPI

from alliance.kernel import FixedClock, new_id
from alliance.testing import as_staff
from alliance.testing.rooms import browsing
from intake.domain.erasure import Erasure
from intake.domain.record_request import RecordRequest
from intake.domain.rights import AskedBy, ErasureGround

from ..builders import NINE, OURS, FrontDoor

HEADING = "People who should have been answered"
DAY = timedelta(days=1)


async def home_of(app: FastAPI, role: str = "governance-lead") -> str:
    async with browsing(app, role, organisation=OURS) as lead:
        return str((await lead.get("/")).text)


async def test_what_was_not_answered_within_a_month_stands_first(
    app: FastAPI, door: FrontDoor, clock: FixedClock
) -> None:
    erasure = Erasure(id=new_id(), person_id=new_id(), asked_by=AskedBy.STAFF, asked_at=NINE)
    copy = RecordRequest(id=new_id(), person_id=new_id(), asked_by=AskedBy.STAFF, asked_at=NINE)
    with as_staff(mark="command:one:x"):
        await door.given["erasures"].add(erasure)
        await door.given["record_requests"].add(copy)
    clock.at = erasure.answer_by - DAY
    assert HEADING not in await home_of(app)
    clock.at = erasure.answer_by
    text = await home_of(app)
    for shown in (HEADING, f"/erasures/{erasure.id}", f"/record-requests/{copy.id}"):
        assert shown in text
    async with browsing(app, "governance-lead", organisation=OURS) as lead:
        assert (await lead.get("/rights")).text.count("Overdue.") == 2
    assert text.index(HEADING) < text.index("Somebody may be in danger")
    assert HEADING not in await home_of(app, "triage-worker")


async def test_a_service_that_has_not_confirmed_an_erasure_is_named_until_it_has(
    app: FastAPI, door: FrontDoor, clock: FixedClock
) -> None:
    person = new_id()
    erasure = Erasure(id=new_id(), person_id=person, asked_by=AskedBy.STAFF, asked_at=NINE)
    erasure.agree(ErasureGround.OBJECTION, hindrances=(), by="lead", at=NINE)
    erasure.erase((person,), ("intake", "triage"), hindrances=(), within=3 * DAY, by="lead", at=NINE)
    erasure.note_forgotten("intake", person, at=NINE)
    erasure.take_facts()
    with as_staff(mark="command:one:x"):
        await door.given["erasures"].add(erasure)
    assert HEADING not in await home_of(app)
    clock.at = NINE + 3 * DAY
    with as_staff(mark="command:two:x"):
        await door.given["erasures"].change(erasure.id, lambda stored: stored.on_due(clock.now()))
    assert "Triage" in (await home_of(app)).partition(HEADING)[2].partition("</table>")[0]
    with as_staff(mark="command:three:x"):
        await door.given["erasures"].change(
            erasure.id, lambda stored: stored.note_forgotten("triage", person, at=clock.now())
        )
    assert HEADING not in await home_of(app)
