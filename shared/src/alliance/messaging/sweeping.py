"""The sweep: one replica at a time looks for events that have waited for more than a few seconds."""

import asyncio
import random
from collections.abc import Sequence
from datetime import timedelta
from typing import Protocol

import structlog

from alliance.contracts import Envelope
from alliance.kernel import Clock
from alliance.messaging import metrics
from alliance.messaging.outbox import Outboxes, Waiting

log = structlog.get_logger(__name__)

PAGE = 500
LONGEST_PAUSE = 30.0


class Taker(Protocol):
    """Who publishes what is found."""

    @property
    def up(self) -> bool: ...

    def take_up(self, collection: str, id: str, version: int, entries: Sequence[Envelope]) -> None: ...  # noqa: A002


class Sweeping:
    def __init__(
        self,
        outboxes: Outboxes,
        taker: Taker,
        *,
        service: str,
        holder: str,
        clock: Clock,
        every: float,
        older_than: timedelta,
    ) -> None:
        self.oldest = timedelta()
        self._outboxes, self._taker, self._holder, self._clock = outboxes, taker, holder, clock
        self._every, self._pause, self._older_than = every, every, older_than
        self._lease = f"relay:{service}"
        self._gauge = metrics.OLDEST_PENDING.labels(service)
        self._wake = asyncio.Event()
        self._pulled: set[str] = set()
        self._failed = False
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name="sweeping")

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    def nudge(self) -> None:
        """Sweep now: the broker has come back."""
        self._pause = self._every
        self._wake.set()

    def back_off(self) -> None:
        """Publishing fails: sweep less and less often until it works again."""
        self._failed = True

    def pulled(self, event_ids: Sequence[str]) -> None:
        """These have left their outboxes; a page read just before must not bring them back."""
        self._pulled.update(event_ids)

    async def _run(self) -> None:
        while True:
            self._pause = min(self._pause * 2, LONGEST_PAUSE) if self._failed else self._every
            self._failed = False
            try:
                full = await self._sweep()
            except Exception as error:  # noqa: BLE001 - the store may be away; the next sweep will tell
                log.warning("sweep failed", error=type(error).__name__)
                full = False
            self._wake.clear()
            pause = self._every / 4 if full and not self._failed else self._pause
            try:
                async with asyncio.timeout(pause * random.uniform(0.8, 1.2)):  # noqa: S311 - jitter
                    await self._wake.wait()
            except TimeoutError:
                continue

    async def _sweep(self) -> bool:
        """Hand out one page; True if there may be more. Age is known even while the broker is away."""
        self._pulled.clear()
        now = self._clock.now()
        page = await self._outboxes.pending(now - self._older_than, PAGE)
        self._note_age(page)
        if not page or not self._taker.up:
            return False
        if not await self._outboxes.lease(self._lease, self._holder, max(15.0, 3 * self._pause)):
            return False
        for waiting in page:
            if not any(entry.id in self._pulled for entry in waiting.entries):
                self._taker.take_up(waiting.collection, waiting.id, waiting.version, waiting.entries)
        return len(page) == PAGE

    def _note_age(self, page: Sequence[Waiting]) -> None:
        times = [waiting.entries[0].time for waiting in page if waiting.entries]
        self.oldest = max(self._clock.now() - min(times), timedelta()) if times else timedelta()
        self._gauge.set(self.oldest.total_seconds())
