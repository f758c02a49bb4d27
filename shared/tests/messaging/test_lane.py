"""A lane takes turns, pauses as one, and lets go when asked to stop."""

import asyncio
from datetime import datetime, timedelta
from functools import partial

import pytest

from alliance.kernel import FixedClock
from alliance.messaging.consuming import Seen
from alliance.messaging.lane import Abandoned, Lane
from alliance.messaging.watching import MARGIN, Watching

from .builders import NINE
from .waiting import until


class Outage(Exception):
    transient = True


async def test_turns_of_one_key_are_taken_in_order_and_leave_nothing_behind() -> None:
    lane, order = Lane("inbox", "test"), []

    async def take(number: int) -> None:
        async with lane.turn("key"):
            await asyncio.sleep(0.001 * (5 - number))
            order.append(number)

    await asyncio.gather(*(take(number) for number in range(5)))
    assert order == [0, 1, 2, 3, 4]
    assert not lane._turns


async def test_one_call_probes_while_all_others_wait() -> None:
    lane, away, calls = Lane("inbox", "test"), True, [0] * 20

    async def act(number: int) -> None:
        calls[number] += 1
        if away:
            raise Outage

    tasks = [asyncio.create_task(lane.steadily(partial(act, number))) for number in range(20)]
    await until(lambda: max(calls) >= 4)
    assert lane.paused
    assert sum(calls) - max(calls) <= 20
    away = False
    await asyncio.gather(*tasks)
    assert not lane.paused


async def test_a_probe_that_is_cancelled_opens_the_lane_for_the_next() -> None:
    lane = Lane("inbox", "test")

    async def act() -> None:
        raise Outage

    task = asyncio.create_task(lane.steadily(act))
    await until(lambda: lane.paused)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert not lane.paused


async def test_an_error_that_will_not_pass_is_raised_at_once() -> None:
    async def act() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await Lane("inbox", "test").steadily(act)


async def test_a_lane_that_is_closing_gives_up_waiting_and_begins_nothing() -> None:
    lane = Lane("inbox", "test")
    assert await lane.finish(0.1)

    async def act() -> None:
        raise Outage

    with pytest.raises(Abandoned):
        await lane.steadily(act)
    with pytest.raises(Abandoned):
        async with lane.turn("key"):
            pass


class Queues:
    """What the broker says of the lanes."""

    def __init__(self, *looks: dict[str, Seen]) -> None:
        self.looks, self.looked = list(looks), 0

    async def look(self) -> dict[str, Seen]:
        self.looked += 1
        return self.looks.pop(0) if len(self.looks) > 1 else self.looks[0]


async def watched(lane: Lane, queues: Queues, clock: FixedClock, *, looks: int) -> Watching:
    watching, stopping = Watching({"inbox": lane}, service="test", clock=clock), asyncio.Event()
    task = asyncio.create_task(watching.watch(queues, stopping, every=0.3))
    await until(lambda: queues.looked >= looks or task.done())
    stopping.set()
    await task
    return watching


async def horizon(lane: Lane, queues: Queues, *, looks: int = 3) -> datetime | None:
    return (await watched(lane, queues, FixedClock(NINE), looks=looks)).horizon()


async def test_all_is_heard_up_to_now_when_the_lanes_are_empty_and_nothing_is_in_hand() -> None:
    assert await horizon(Lane("inbox", "test"), Queues({"inbox": Seen(0, 1)})) == NINE


async def test_one_look_is_not_enough_for_a_message_may_be_on_its_way() -> None:
    assert await horizon(Lane("inbox", "test"), Queues({"inbox": Seen(0, 1)}), looks=1) is None


async def test_while_messages_wait_nothing_is_known() -> None:
    assert await horizon(Lane("inbox", "test"), Queues({"inbox": Seen(7, 1)})) is None


async def test_while_messages_wait_the_oldest_in_hand_bounds_what_is_heard() -> None:
    lane = Lane("inbox", "test")
    lane.take().time = NINE
    lane.take().time = NINE + timedelta(hours=1)
    assert await horizon(lane, Queues({"inbox": Seen(7, 1)})) == NINE - MARGIN
    bad = lane.take()
    assert await horizon(lane, Queues({"inbox": Seen(7, 1)})) is None
    bad.put_aside = True
    assert await horizon(lane, Queues({"inbox": Seen(7, 1)})) == NINE - MARGIN


async def test_without_a_consumer_the_watch_ends_so_that_the_connection_is_made_anew() -> None:
    queues = Queues({"inbox": Seen(0, 0)})
    watching = await watched(Lane("inbox", "test"), queues, FixedClock(NINE), looks=99)
    assert list(watching.ailments()) == ["no-consumer-on-inbox"]
    watching.lost()
    assert list(watching.ailments()) == ["listener-not-connected"]
    assert watching.horizon() is None
