"""Somebody who was erased: nothing is opened for them again, neither the same case nor the next one."""

from datetime import timedelta

import pytest
from fastapi import FastAPI

from alliance.contracts import intake
from alliance.kernel import FixedClock, derived_id, new_id
from alliance.testing import as_staff
from alliance.testing.rooms import Browser, browsing
from triage.application.allocation import suggestions
from triage.domain.case import Case
from triage.domain.codes import TeamType
from triage.domain.team import Member, Team

from ..builders import NINE, OURS, PERSON, Room, take_on
from .doing import PATH, done, filled_plainly, the_case

AGAIN = {"reason": "person-came-back", "priority": "3"}


async def erased(room: Room) -> None:
    await room.hear(intake.PersonErased(person_id=PERSON, request_id=new_id(), at=NINE))


@pytest.mark.parametrize("days", [1, 30])
async def test_a_closed_case_of_somebody_erased_is_not_opened_again(
    room: Room, app: FastAPI, worker: Browser, clock: FixedClock, days: int
) -> None:
    await done(worker, "close", outcome="supported-elsewhere")
    clock.advance(days=days)
    await erased(room)
    before = await room.states()
    async with browsing(app, "triage-worker") as later:
        refused = await later.send_form(f"{PATH}/reopen", **await filled_plainly(later, "reopen", AGAIN))
    assert refused.status_code == 409
    assert "This person has been erased." in refused.text
    assert await room.states() == before


async def test_of_anybody_else_it_is(room: Room, worker: Browser) -> None:
    await done(worker, "close", outcome="supported-elsewhere")
    assert "The case is open again." in await done(worker, "reopen", **AGAIN)


async def test_who_worked_with_the_person_under_their_other_record_is_suggested_first(room: Room) -> None:
    other, case = derived_id("test", "other"), await the_case(room)
    earlier = Case.expected(new_id(), other, case.targets, 1, organisation=OURS)
    earlier.open(received_at=NINE - timedelta(days=90), suggested=case.priority, help_areas=())
    take_on(earlier, "staff-knows")
    team = Team(id=new_id(), name="Made-up team", organisation=OURS, team_type=TeamType.COMMUNITY_MH)
    for subject in ("staff-a", "staff-knows"):
        team.put_member(Member(subject=subject, capacity=20))
    given = room.given
    with as_staff(mark="command:one:x"):
        await given["cases"].add(earlier)
        await given["teams"].add(team)

    async def first() -> str:
        found = await suggestions(case, given["cases"], given["teams"], given["known"], NINE, reader=OURS)
        return found[0].candidate.subject

    assert await first() == "staff-a", "else this test could not fail"
    await room.hear(intake.PeopleMerged(person_id=PERSON, merged_person_id=other, merge_id=new_id(), at=NINE))
    assert await first() == "staff-knows"
