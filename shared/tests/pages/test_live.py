"""A topic is looked at only while somebody listens, and they hear of every change once."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any

import httpx2
import pytest
from fastapi import Depends, FastAPI, HTTPException
from fastapi.sse import ServerSentEvent

from alliance.web.pages.live import Live, changes_route
from alliance.web.pages.routing import page_router


@dataclass
class Queue:
    """What a topic is about."""

    number: int = 0
    looks: int = 0
    fails: bool = False
    looked: asyncio.Event = field(default_factory=asyncio.Event)

    async def fingerprint(self) -> object:
        self.looks += 1
        self.looked.set()
        if self.fails:
            raise OSError("the store is away")
        return self.number

    async def another_look(self) -> None:
        self.looked.clear()
        await self.looked.wait()


async def within(awaited: Awaitable[Any], seconds: float = 5) -> Any:
    return await asyncio.wait_for(awaited, seconds)


def nothing_comes(stream: AsyncIterator[ServerSentEvent]) -> "asyncio.Task[ServerSentEvent]":
    return asyncio.ensure_future(anext(stream))


async def test_a_new_listener_hears_what_it_has_not_seen() -> None:
    live = Live({"queue": Queue().fingerprint}, every=60)
    async with aclosing(live.changes("queue", None)) as stream:
        heard = await within(anext(stream))
    assert (heard.event, heard.raw_data, heard.id) == ("changed", "", await live.seen("queue"))


async def test_who_has_seen_it_hears_only_the_next_change() -> None:
    queue = Queue()
    live = Live({"queue": queue.fingerprint}, every=0.01)
    async with aclosing(live.changes("queue", await live.seen("queue"))) as stream:
        waiting = nothing_comes(stream)
        await queue.another_look()
        await queue.another_look()
        assert not waiting.done()
        queue.number = 1
        assert (await within(waiting)).id == await live.seen("queue")


async def test_a_topic_is_looked_at_again_by_itself() -> None:
    queue = Queue()
    live = Live({"queue": queue.fingerprint}, every=0.01)
    async with aclosing(live.changes("queue", await live.seen("queue"))) as stream:
        waiting = nothing_comes(stream)
        await asyncio.sleep(0)
        queue.number = 1
        assert (await within(waiting)).event == "changed"


async def test_a_page_that_is_shown_while_somebody_listens_is_no_look_more() -> None:
    queue = Queue()
    live = Live({"queue": queue.fingerprint}, every=60)
    async with aclosing(live.changes("queue", None)) as stream:
        heard = await within(anext(stream))
        assert await live.seen("queue") == heard.id
        assert queue.looks == 1
    await live.seen("queue")
    assert queue.looks == 2


async def test_many_listeners_are_one_look() -> None:
    queue = Queue()
    live = Live({"queue": queue.fingerprint}, every=60)
    streams = [live.changes("queue", None) for _ in range(20)]
    heard = await within(asyncio.gather(*(anext(stream) for stream in streams)))
    assert len(heard) == 20
    assert queue.looks == 1
    for stream in streams:
        await stream.aclose()


async def test_nobody_looks_when_nobody_listens() -> None:
    queue = Queue()
    live = Live({"queue": queue.fingerprint}, every=0.01)
    stream = live.changes("queue", None)
    await within(anext(stream))
    await stream.aclose()
    looks = queue.looks
    await asyncio.sleep(0.1)
    assert queue.looks == looks


async def test_a_change_while_nobody_listened_is_heard_by_the_next() -> None:
    queue = Queue()
    live = Live({"queue": queue.fingerprint}, every=60)
    seen = await live.seen("queue")
    queue.number = 1
    async with aclosing(live.changes("queue", seen)) as stream:
        assert (await within(anext(stream))).id != seen


async def test_a_look_that_fails_is_followed_by_another() -> None:
    queue = Queue(fails=True)
    live = Live({"queue": queue.fingerprint}, every=0.01)
    async with aclosing(live.changes("queue", None)) as stream:
        waiting = nothing_comes(stream)
        await within(queue.looked.wait())
        queue.fails = False
        assert (await within(waiting)).event == "changed"


async def test_a_stream_ends_after_a_while_so_that_it_is_asked_again_who_may_listen() -> None:
    live = Live({"queue": Queue().fingerprint}, every=60, longest=0.05)
    heard = [each async for each in live.changes("queue", None)]
    assert len(heard) == 1


async def test_closing_ends_every_stream_and_begins_no_more() -> None:
    live = Live({"queue": Queue().fingerprint}, every=60)
    stream = live.changes("queue", None)
    await within(anext(stream))
    waiting = nothing_comes(stream)
    await asyncio.sleep(0)
    live.close()
    with pytest.raises(StopAsyncIteration):
        await within(waiting)
    assert [each async for each in live.changes("queue", None)] == []


async def test_streams_end_when_the_process_is_told_to_stop() -> None:
    """And whoever was told before is told as well; afterwards signals go where they went."""
    told: list[int] = []
    before = signal.signal(signal.SIGTERM, lambda number, _: told.append(number))
    try:
        ours = signal.getsignal(signal.SIGTERM)
        live = Live({"queue": Queue().fingerprint}, every=60)
        stream = live.changes("queue", None)
        await within(anext(stream))
        waiting = nothing_comes(stream)
        await asyncio.sleep(0)
        os.kill(os.getpid(), signal.SIGTERM)
        with pytest.raises(StopAsyncIteration):
            await within(waiting)
        assert told == [signal.SIGTERM]
        assert signal.getsignal(signal.SIGTERM) is ours
    finally:
        signal.signal(signal.SIGTERM, before)


def app(live: Live, allowed: Callable[[], None]) -> FastAPI:
    made = FastAPI()
    made.state.given = {"live": live}
    router = page_router()
    changes_route(router, "/changes", "queue", allowed=Depends(allowed))
    made.include_router(router)
    return made


@pytest.mark.parametrize(("headers", "query"), [({"last-event-id": "old"}, ""), ({}, "?seen=old"), ({}, "")])
async def test_the_route_streams_what_the_topic_says(headers: dict[str, str], query: str) -> None:
    live = Live({"queue": Queue().fingerprint}, every=60, longest=0.05)
    transport = httpx2.ASGITransport(app=app(live, lambda: None))
    async with httpx2.AsyncClient(transport=transport, base_url="http://service") as client:
        answer = await client.get(f"/changes{query}", headers=headers)
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.text == f"event: changed\ndata: \nid: {await live.seen('queue')}\n\n"


async def test_who_may_not_see_the_page_hears_nothing() -> None:
    def refuse() -> None:
        raise HTTPException(403)

    queue = Queue()
    transport = httpx2.ASGITransport(app=app(Live({"queue": queue.fingerprint}), refuse))
    async with httpx2.AsyncClient(transport=transport, base_url="http://service") as client:
        assert (await client.get("/changes")).status_code == 403
    assert queue.looks == 0
