"""Pages that keep themselves fresh: a stream says that something changed, and the page fetches what one may see."""

import asyncio
import hashlib
import signal
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import aclosing, contextmanager, suppress
from types import FrameType
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent

from alliance.observability import log

Fingerprint = Callable[[], Awaitable[object]]
"""Something small whose text changes when the topic does: a count and the newest instant, the newest sequence."""

LOOKED_AT_EVERY = 2.0
LONGEST = 600.0
"""Seconds; then the browser asks again, and whether it still may is asked again too."""


class Live:
    """The topics of one process. A topic is looked at only while somebody listens, however many they are.

    Streams end when the process is told to stop; an open one would hold it up until its patience is over.
    """

    def __init__(
        self, topics: Mapping[str, Fingerprint], *, every: float = LOOKED_AT_EVERY, longest: float = LONGEST
    ) -> None:
        self._topics = {name: _Topic(name, fingerprint, every) for name, fingerprint in topics.items()}
        self._longest = longest
        self._streams = 0
        self._closed = False

    async def seen(self, topic: str) -> str:
        """How the topic is, for a page that is about to show it: as it was last looked at, while somebody listens.

        A page that shows more than that is fetched once more, and never shows less.
        """
        watched = self._topics[topic]
        return watched.now or await watched.look()

    def close(self) -> None:
        """End all streams and begin no more."""
        self._closed = True
        for topic in self._topics.values():
            topic.say()

    async def changes(self, topic: str, seen: str | None) -> AsyncGenerator[ServerSentEvent, None]:
        """`changed` whenever the topic is another than the listener has seen; its id is what they have seen then."""
        watched = self._topics[topic]
        loop = asyncio.get_running_loop()
        until = loop.time() + self._longest
        with self._ended_by_signals(loop), watched.heard():
            while not self._closed and loop.time() < until:
                changed = watched.changed
                if watched.now is not None and watched.now != seen:
                    seen = watched.now
                    yield ServerSentEvent(event="changed", raw_data="", id=seen)
                    continue
                with suppress(TimeoutError):
                    async with asyncio.timeout_at(until):
                        await changed.wait()

    @contextmanager
    def _ended_by_signals(self, loop: asyncio.AbstractEventLoop) -> Iterator[None]:
        """The server waits for open streams before it tells the application that it stops: so listen for ourselves."""
        self._streams += 1
        if self._streams == 1:
            self._listen(loop)
        try:
            yield
        finally:
            self._streams -= 1
            if self._streams == 0:
                self._unlisten()

    def _listen(self, loop: asyncio.AbstractEventLoop) -> None:
        self._before: dict[signal.Signals, Any] = {}
        for each in (signal.SIGTERM, signal.SIGINT):
            before = signal.getsignal(each)

            def ended(number: int, frame: FrameType | None, before: Any = before) -> None:
                loop.call_soon_threadsafe(self.close)
                if callable(before):
                    before(number, frame)

            if callable(before):
                with suppress(ValueError):  # not the main thread: whoever runs us closes us
                    signal.signal(each, ended)
                    self._before[each] = (ended, before)

    def _unlisten(self) -> None:
        for each, (ours, before) in self._before.items():
            if signal.getsignal(each) is ours:
                signal.signal(each, before)


class _Topic:
    def __init__(self, name: str, fingerprint: Fingerprint, every: float) -> None:
        self.now: str | None = None
        self.changed = asyncio.Event()
        self._name, self._fingerprint, self._every = name, fingerprint, every
        self._listeners = 0
        self._looking: asyncio.Task[None] | None = None

    @contextmanager
    def heard(self) -> Iterator[None]:
        self._listeners += 1
        if self._looking is None:
            self._looking = asyncio.create_task(self._look_again_and_again())
        try:
            yield
        finally:
            self._listeners -= 1
            if self._listeners == 0 and self._looking is not None:
                self._looking.cancel()
                self._looking, self.now = None, None

    def say(self) -> None:
        changed, self.changed = self.changed, asyncio.Event()
        changed.set()

    async def look(self) -> str:
        return hashlib.sha256(str(await self._fingerprint()).encode()).hexdigest()[:16]

    async def _look_again_and_again(self) -> None:
        while True:
            try:
                now = await self.look()
            except Exception as error:  # noqa: BLE001 - whatever it was, the next look may go well
                log.warning("live-topic-not-seen", topic=self._name, error=error)
            else:
                if now != self.now:
                    self.now = now
                    self.say()
            await asyncio.sleep(self._every)


def changes_route(router: APIRouter, path: str, topic: str, *, allowed: Any, live: str = "live") -> None:
    """Adds the stream of `topic`: `changes_route(router, "/cases/changes", "cases", allowed=may("case.list"))`.

    The `Live` is wired as `given["live"]`. Whoever may see the page may hear that it changed, and nothing else.
    """

    @router.get(path, response_class=EventSourceResponse, include_in_schema=False, dependencies=[allowed])
    async def changes(
        request: Request,
        seen: Annotated[str | None, Query(max_length=32)] = None,
        last_event_id: Annotated[str | None, Header(max_length=32)] = None,
    ) -> AsyncIterator[ServerSentEvent]:
        topics: Live = request.app.state.given[live]
        async with aclosing(topics.changes(topic, last_event_id or seen)) as stream:
            async for each in stream:
                yield each
