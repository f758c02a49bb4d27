"""Two records of one person are guarded as one, and what is asked for by one is asked for by both."""

from datetime import timedelta
from typing import cast

import pytest

from alliance.access.guards import Guards
from alliance.kernel import FixedClock, new_id
from alliance.testing import as_staff
from intake.application import rights
from intake.application.rights import RightsTerms
from intake.domain.refusals import AlreadyAsked
from intake.domain.rights import AskedBy

from ..builders import FrontDoor, some_details
from ..following import introduced, let_follow, merged, split

MERGE = new_id()
TERMS = RightsTerms(holders=("intake",), confirm_within=timedelta(hours=72), package_lasts=timedelta(days=90))


async def two_records(clock: FixedClock) -> tuple[FrontDoor, str, str]:
    door = FrontDoor.opened(clock)
    first = await introduced(door, some_details(), new_id())
    clock.advance(days=1)
    second = await introduced(door, some_details(), new_id())
    return door, first.person_id, second.person_id


async def decide(door: FrontDoor, person_id: str, restricted: bool) -> None:
    with as_staff(mark=f"command:{new_id()}:x"):
        await cast(Guards, door.given["guards"]).restrict(person_id, restricted=restricted, at=door.clock.now())
    await let_follow(door)


async def restricted(door: FrontDoor, *ids: str) -> list[bool]:
    found = [await cast(Guards, door.given["guards"]).of(id_) for id_ in ids]
    return [each is not None and each.restricted for each in found]


async def join(door: FrontDoor, older: str, newer: str) -> None:
    match_id = (await door.given["matches"].with_key("older_id", older))[0].id
    await merged(door, match_id, MERGE)


@pytest.mark.parametrize("before", [(False, False), (True, False), (False, True), (True, True)])
async def test_a_split_restores_the_restriction_of_each_record(clock: FixedClock, before: tuple[bool, bool]) -> None:
    door, *both = await two_records(clock)
    for person_id, is_restricted in zip(both, before, strict=True):
        if is_restricted:
            await decide(door, person_id, True)
    await join(door, *both)
    assert await restricted(door, *both) == [any(before)] * 2
    await split(door, both[1], MERGE)
    assert await restricted(door, *both) == list(before)


async def test_what_the_governance_lead_decided_meanwhile_outlives_the_split(clock: FixedClock) -> None:
    door, older, newer = await two_records(clock)
    await decide(door, older, True)
    await join(door, older, newer)
    await decide(door, older, False)
    await decide(door, newer, True)
    await split(door, newer, MERGE)
    assert await restricted(door, older, newer) == [False, True]


async def test_what_is_asked_for_by_one_record_is_asked_for_by_all_of_them(clock: FixedClock) -> None:
    door, older, newer = await two_records(clock)
    given = door.given
    with as_staff(mark="command:asked:x"):
        await rights.ask_for_erasure(
            new_id(), newer, given["erasures"], given["people"], clock, asked_by=AskedBy.PERSON
        )
        await rights.ask_for_record(
            new_id(),
            newer,
            given["record_requests"],
            given["people"],
            given["known"],
            TERMS,
            clock,
            asked_by=AskedBy.PERSON,
        )
    await join(door, older, newer)
    with as_staff(mark="command:again:x"):
        for person_id in (older, newer):
            with pytest.raises(AlreadyAsked):
                await rights.ask_for_erasure(
                    new_id(), person_id, given["erasures"], given["people"], clock, asked_by=AskedBy.PERSON
                )
            with pytest.raises(AlreadyAsked):
                await rights.ask_for_record(
                    new_id(),
                    person_id,
                    given["record_requests"],
                    given["people"],
                    given["known"],
                    TERMS,
                    clock,
                    asked_by=AskedBy.PERSON,
                )
