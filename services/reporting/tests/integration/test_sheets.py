"""Every event is on exactly one sheet, in whatever order, batches and races it arrives."""

import asyncio
import random
from itertools import pairwise

import pytest

from alliance.store import MemoryDatabase
from reporting.domain.sheet import Line, Sheet

from ..rooms import Room
from ..watched import Killed, hesitant, mortal


@pytest.fixture(autouse=True)
def small_sheets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reporting.domain.sheet.FULL", 5)


def a_line(number: int) -> Line:
    """Of the event that is number `number` in time."""
    event_id = f"{number:08x}-0000-7000-8000-000000000000"
    return Line(event_id=event_id, month="2026-11", type="intake.example.v1", amounts={"introductions": 1})


async def all_sheets(room: Room) -> list[Sheet]:
    return (await room.kept_sheets.page("ends", limit=1000)).items


async def assert_each_once(room: Room, numbers: set[int]) -> None:
    sheets = await all_sheets(room)
    assert sorted(line.event_id for sheet in sheets for line in sheet.lines()) == [
        a_line(number).event_id for number in sorted(numbers)
    ]
    for lower, upper in pairwise(sheets):
        assert lower.until <= upper.first
    await room.folding.fold_all()
    assert (await room.figures())["2026-11"]["introductions"] == len(numbers)


@pytest.mark.parametrize("seed", range(30))
async def test_shuffled_repeated_and_in_batches_of_any_size(seed: int) -> None:
    chance, room = random.Random(seed), Room()
    numbers = [chance.randrange(200) for _ in range(300)]
    at = 0
    while at < len(numbers):
        size = chance.choice((1, 1, 2, 7, 40))
        await room.sheets.put([a_line(number) for number in numbers[at : at + size]])
        if chance.random() < 0.2:
            await room.folding.fold_all()
        at += size
    await assert_each_once(room, set(numbers))


@pytest.mark.parametrize("seed", range(10))
async def test_writers_and_folders_that_race(seed: int) -> None:
    chance, room = random.Random(seed), Room()
    numbers = [chance.randrange(100) for _ in range(120)]
    others = [Room(hesitant(room.database)) for _ in range(3)]
    puts = [chance.choice(others).sheets.put([a_line(number)]) for number in numbers]
    await asyncio.gather(*puts, *(other.folding.fold_all() for other in others))
    await assert_each_once(room, set(numbers))


async def test_history_that_is_replayed_below_what_was_heard_live_fills_sheets_of_its_own() -> None:
    room = Room()
    for number in range(1000, 1006):
        await room.sheets.put([a_line(number)])
    for start in range(0, 100, 10):
        await room.sheets.put([a_line(number) for number in range(start, start + 10)])
    assert max(sheet.length for sheet in await all_sheets(room)) <= 15
    await assert_each_once(room, {*range(100), *range(1000, 1006)})


async def test_a_writer_killed_before_any_of_its_steps_can_be_repeated() -> None:
    lines = [a_line(number) for number in range(12)]
    for lives in range(100):
        database = MemoryDatabase()
        doomed = Room(mortal(database, lives))
        try:
            for start in range(0, 12, 4):
                await doomed.sheets.put(lines[start : start + 4])
            break
        except Killed:
            room = Room(database)
            await room.sheets.put(lines)
            await assert_each_once(room, set(range(12)))
    assert lives > 6


async def test_what_waited_with_a_write_that_failed_is_written_by_the_next() -> None:
    database = MemoryDatabase()
    room = Room(mortal(hesitant(database), 1))
    first = asyncio.create_task(room.sheets.put([a_line(1)]))
    second = asyncio.create_task(room.sheets.put([a_line(2)]))
    outcomes = await asyncio.gather(first, second, return_exceptions=True)
    assert all(isinstance(outcome, Killed) for outcome in outcomes)
    healthy = Room(database)
    await healthy.sheets.put([a_line(1), a_line(2)])
    await assert_each_once(healthy, {1, 2})
