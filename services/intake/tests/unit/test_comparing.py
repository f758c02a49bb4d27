"""Whoever is introduced is compared with everybody known, without anything else waiting for it."""

import asyncio
from dataclasses import replace

import pytest

from alliance.kernel import Clock, FixedClock, new_id
from alliance.store import StoreUnavailable
from intake.application import comparing as module
from intake.application.collections import Matches, People
from intake.application.comparing import AGAIN_AFTER, AT_ONCE, Comparing
from intake.application.matches import look_for_duplicates
from intake.domain.match import Match, match_id

from ..builders import NINE, FrontDoor, some_details
from ..following import introduced, let_hear

OTHERS = ("Testa Example-Person", "Othello Made-up", "Unica Invented")


@pytest.fixture
def door(clock: FixedClock) -> FrontDoor:
    return FrontDoor.opened(clock)


def comparing_of(door: FrontDoor) -> Comparing:
    found = door.given["comparing"]
    assert isinstance(found, Comparing)
    return found


async def test_hearing_of_somebody_waits_for_no_comparison(door: FrontDoor, clock: FixedClock) -> None:
    comparing = comparing_of(door)
    older = (await introduced(door, some_details(), new_id(), follow=False)).person_id
    clock.advance(minutes=1)
    newer = (await introduced(door, some_details(), new_id(), follow=False)).person_id
    await let_hear(door)
    assert await door.given["matches"].find(match_id(older, newer)) is None
    assert await comparing.since() == clock.now()
    assert await comparing.step()
    match = await door.given["matches"].get(match_id(older, newer))
    assert isinstance(match, Match)
    assert match.is_open
    assert await comparing.since() is None
    assert not await comparing.step()


async def test_somebody_is_owed_one_comparison_however_often_it_is_heard(door: FrontDoor) -> None:
    comparing = comparing_of(door)
    for _ in range(3):
        await comparing.owe("somebody")
    assert len(await door.database.collection("comparisons").find_many({})) == 1


async def test_while_a_file_comes_in_comparing_leaves_the_store_to_others(
    door: FrontDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    comparing, now = comparing_of(door), asyncio.get_running_loop().time

    async def takes_a_while(*_: object) -> None:
        await asyncio.sleep(0.01)

    monkeypatch.setattr(module, "look_for_duplicates", takes_a_while)
    comparing.stands_back = True
    await comparing.owe(new_id())
    began = now()
    assert await comparing.step()
    assert now() - began > 0.1, "it rests many times as long as it has compared"


async def test_whoever_was_erased_meanwhile_is_owed_nothing(door: FrontDoor) -> None:
    comparing = comparing_of(door)
    await comparing.owe(new_id())
    assert await comparing.step()
    assert await comparing.since() is None


async def test_many_are_compared_step_by_step_those_who_waited_longest_first(
    door: FrontDoor, clock: FixedClock
) -> None:
    comparing = comparing_of(door)
    for _ in range(AT_ONCE + 1):
        await comparing.owe(new_id())
        clock.advance(seconds=1)
    assert await comparing.step()
    left = await comparing.since()
    assert left is not None
    assert (left - NINE).total_seconds() == AT_ONCE
    assert await comparing.step()
    assert await comparing.since() is None


async def test_one_that_fails_is_told_of_keeps_nobody_waiting_and_is_tried_again(
    door: FrontDoor, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, str]] = []
    comparing = replace(comparing_of(door), report=lambda id_, error: told.append((id_, type(error).__name__)))
    broken = (await introduced(door, some_details(), new_id(), follow=False)).person_id
    fine = (await introduced(door, some_details(), new_id(), follow=False)).person_id
    await let_hear(door)

    async def fails(person_id: str, people: People, matches: Matches, clock: Clock) -> None:
        if person_id == broken:
            raise ValueError("made up")
        await look_for_duplicates(person_id, people, matches, clock)

    with monkeypatch.context() as patched:
        patched.setattr(module, "look_for_duplicates", fails)
        assert await comparing.step()
        assert not await comparing.step(), "not tried again at once"
    assert told == [(broken, "ValueError")]
    assert await door.given["matches"].find(match_id(broken, fine)) is not None
    assert await comparing.since() == NINE, "it is still owed"
    clock.advance(seconds=AGAIN_AFTER.total_seconds())
    assert await comparing.step()
    assert await comparing.since() is None


async def test_while_the_store_is_away_nobody_is_forgotten(door: FrontDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    comparing = comparing_of(door)
    await comparing.owe(new_id())

    async def away(*_: object) -> None:
        raise StoreUnavailable("made up")

    with monkeypatch.context() as patched:
        patched.setattr(module, "look_for_duplicates", away)
        with pytest.raises(StoreUnavailable):
            await comparing.step()
    assert await comparing.since() == NINE
    assert await comparing.step()


async def test_one_process_compares_at_a_time(door: FrontDoor) -> None:
    one = comparing_of(door)
    other = replace(one, holder="the-other-one")
    for _ in range(AT_ONCE + 1):
        await one.owe(new_id())
    assert await one.step()
    assert not await other.step()
    assert await one.step()
