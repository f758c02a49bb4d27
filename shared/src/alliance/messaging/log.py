"""Replay: what the granted logs still hold goes through the table again; what was heard before has no effect."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import structlog
from aiormq.exceptions import AMQPError

from alliance.contracts import Envelope
from alliance.kernel import Clock, SystemClock, to_text
from alliance.messaging.arriving import users_of
from alliance.messaging.handling import Handling
from alliance.messaging.hearing import Hears
from alliance.messaging.lane import Lane
from alliance.messaging.link import Link
from alliance.messaging.reacting import Reactions
from alliance.messaging.settling import Settling
from alliance.messaging.stream import Logged, Offset, open_stream
from alliance.messaging.wire import PREFIX, Unreadable, decode

log = structlog.get_logger(__name__)

PAGE = 500
TYPE = PREFIX + "type"

Batch = Callable[[Sequence[Envelope]], Awaitable[None]]
"""Takes many events at once, in the order of the log; must be as idempotent as the reactions are."""


class Offsets(Protocol):
    """Where a replay has got to; kept in the service's own store so that it can go on after a stop."""

    async def load(self, name: str) -> int | None: ...

    async def save(self, name: str, offset: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one log has been heard."""

    publisher: str
    offset: int
    tail: int
    events: int


class StreamLog:
    """Replays logs into one service. The inbox is bound before a replay starts, so nothing falls between the two."""

    def __init__(
        self,
        hears: Hears,
        given: Mapping[str, object],
        *,
        service: str,
        organisation: str,
        amqp_url: str,
        offsets: Offsets,
        batch: Batch | None = None,
        page: int = PAGE,
        progress: Callable[[Progress], None] = lambda _: None,
        clock: Clock | None = None,
    ) -> None:
        self._url, self._offsets, self._batch, self._size = amqp_url, offsets, batch, page
        self._progress = progress
        self._link = Link(amqp_url, purpose=f"{service} replay")
        settling = Settling(self._link, service=service, clock=clock or SystemClock())
        reactions = Reactions(hears, given, organisation=organisation)
        self._handling = Handling(reactions, settling, service=service)
        self._lane = Lane("inbox", service)
        self._types = {event.type for event in hears.types if event.confidentiality == "open"}
        self.publishers = tuple(dict.fromkeys(event.publisher() for event in hears.types if event.type in self._types))
        """Whose logs hold something that the table hears."""

    async def replay(self, publisher: str, *, since: datetime | None = None) -> int:
        """Hear one log from `since`, or from where the same replay stopped before, up to its tail as of now.

        Returns how many events were heard. Raises `NotGranted` for a log that the agreement does not grant.
        """
        await self._link.start()
        name, events, tail, delay = _name(publisher, since), 0, None, 0.2
        try:
            while True:
                try:
                    async with open_stream(self._url, publisher, size=self._size) as stream:
                        tail = await stream.tail() if tail is None else tail
                        done = await self._offsets.load(name)
                        if tail is None or (done is not None and done >= tail):
                            return events
                        async for page in stream.pages(_start(done, since), tail, self._size):
                            events += await self._hear(page, publisher)
                            await self._offsets.save(name, page[-1].offset)
                            self._progress(Progress(publisher, page[-1].offset, tail, events))
                            delay = 0.2
                        return events
                except (AMQPError, OSError, TimeoutError) as error:
                    log.warning("replay interrupted", publisher=publisher, error=type(error).__name__)
                    await asyncio.sleep(delay)
                    delay = min(delay * 2, 10.0)
        finally:
            await self._link.stop()

    async def _hear(self, page: Sequence[Logged], publisher: str) -> int:
        ours = [logged for logged in page if logged.headers.get(TYPE) in self._types]
        if self._batch is None:
            await asyncio.gather(*(self._handle(logged) for logged in ours))
            return len(ours)
        envelopes = [envelope for logged in ours if (envelope := _believed(logged, publisher)) is not None]
        if envelopes:
            batch = self._batch
            await self._lane.steadily(lambda: batch(envelopes))
        return len(envelopes)

    async def _handle(self, logged: Logged) -> None:
        taken = self._lane.take()
        try:
            await self._handling.handle(logged, self._lane, taken)
        finally:
            self._lane.let_go(taken)


def _name(publisher: str, since: datetime | None) -> str:
    return f"{publisher} from {to_text(since) if since else 'the first'}"


def _start(done: int | None, since: datetime | None) -> Offset:
    return done + 1 if done is not None else since or "first"


def _believed(logged: Logged, publisher: str) -> Envelope | None:
    """The envelope, or None with a log line: what is wrong with it was quarantined when it first came."""
    try:
        envelope = decode(logged.headers, logged.body, logged.content_type)
    except Unreadable as unreadable:
        log.warning("unreadable in the log", publisher=publisher, offset=logged.offset, reason=unreadable.reason)
        return None
    if envelope.publisher != publisher or logged.user_id not in users_of(publisher):
        log.warning("wrong producer in the log", publisher=publisher, offset=logged.offset)
        return None
    return envelope
