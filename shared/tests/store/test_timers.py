"""Time matters to some aggregates: the clock wakes them once, and never beyond what has been heard."""

import asyncio
from datetime import datetime, timedelta

import pytest

from alliance.kernel import FixedClock
from alliance.store import Database, Documents, StoreUnavailable, Ticker
from alliance.testing import as_staff

from .builders import NOON, Tally, a_tally

HOUR = timedelta(hours=1)


class Horizon:
    """How far everything has been heard; None while anything still waits."""

    def __init__(self, at: datetime | None) -> None:
        self.at = at

    async def __call__(self) -> datetime | None:
        return self.at


def _ticker(documents: Documents[Tally], clock: FixedClock, at: datetime | None) -> Ticker:
    return Ticker([documents], clock, Horizon(at), service="triage", organisation="slam", every=0.01)


async def _waiting(documents: Documents[Tally], at: datetime | None) -> Tally:
    with as_staff():
        return await documents.add(a_tally(wake_at=at))


async def test_what_is_due_is_woken_once(documents: Documents[Tally]) -> None:
    tally = await _waiting(documents, NOON)
    later = await _waiting(documents, NOON + HOUR)
    ticker = _ticker(documents, FixedClock(NOON), NOON + HOUR)
    assert [await ticker.tick() for _ in range(2)] == [1, 0]
    assert (await documents.get(tally.id)).alarms == 1
    assert (await documents.get(later.id)).alarms == 0


async def test_nothing_is_woken_before_its_time_or_without_one(documents: Documents[Tally]) -> None:
    await _waiting(documents, NOON + timedelta(microseconds=1))
    await _waiting(documents, None)
    assert await _ticker(documents, FixedClock(NOON), NOON + HOUR).tick() == 0


async def test_the_clock_waits_while_messages_wait(documents: Documents[Tally]) -> None:
    tally = await _waiting(documents, NOON)
    assert await _ticker(documents, FixedClock(NOON + HOUR), None).tick() == 0
    assert await _ticker(documents, FixedClock(NOON + HOUR), NOON - HOUR).tick() == 0
    assert (await documents.get(tally.id)).alarms == 0
    assert await _ticker(documents, FixedClock(NOON + HOUR), NOON).tick() == 1


async def test_replicas_race_and_one_wins(documents: Documents[Tally]) -> None:
    tallies = [await _waiting(documents, NOON) for _ in range(5)]
    tickers = [_ticker(documents, FixedClock(NOON), NOON) for _ in range(4)]
    await asyncio.gather(*(ticker.tick() for ticker in tickers))
    assert [(await documents.get(tally.id)).alarms for tally in tallies] == [1] * 5


async def test_events_of_the_clock_are_signed_by_the_service(documents: Documents[Tally], database: Database) -> None:
    tally = await _waiting(documents, NOON)
    await _ticker(documents, FixedClock(NOON), NOON).tick()
    [pending] = await database.pending(datetime.now(NOON.tzinfo) + HOUR)
    assert pending.id == tally.id
    assert [(entry.actor, entry.organisation) for entry in pending.entries] == [("service:triage", "slam")]


async def test_one_broken_aggregate_does_not_stop_the_others(
    documents: Documents[Tally], monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, sound = await _waiting(documents, NOON - HOUR), await _waiting(documents, NOON)
    healthy = Tally.on_due

    def on_due(tally: Tally, now: datetime) -> None:
        if tally.id == broken.id:
            raise ZeroDivisionError
        healthy(tally, now)

    monkeypatch.setattr(Tally, "on_due", on_due)
    ticker = _ticker(documents, FixedClock(NOON), NOON)
    assert [await ticker.tick() for _ in range(2)] == [1, 0]
    assert (await documents.get(sound.id)).alarms == 1
    monkeypatch.undo()
    assert await ticker.tick() == 1


async def test_the_clock_goes_on_after_the_store_was_away(
    documents: Documents[Tally], database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    tally, due, away = await _waiting(documents, NOON), documents.due, [StoreUnavailable("away")] * 2

    async def sometimes_due(moment: datetime, limit: int = 100) -> list[str]:
        if away:
            raise away.pop()
        return await due(moment, limit)

    monkeypatch.setattr(documents, "due", sometimes_due)
    woken = asyncio.Event()
    database.on_written(lambda *_: woken.set())
    running = asyncio.create_task(_ticker(documents, FixedClock(NOON), NOON).run())
    async with asyncio.timeout(10):
        await woken.wait()
    running.cancel()
    assert (await documents.get(tally.id)).alarms == 1
    assert not away
