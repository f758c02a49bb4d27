"""Tells the store what the broker has confirmed, in batches: when idle, at a hundred documents, or after 5 ms."""

import asyncio
from collections.abc import Callable, Sequence

import structlog

from alliance.kernel.crash import crash_point
from alliance.messaging.outbox import Confirmed, Outboxes

log = structlog.get_logger(__name__)

FULL, LARGEST, LINGER = 100, 500, 0.005


class Confirming:
    """One bulk write at a time; while the store is away, what is confirmed waits here and is told again."""

    def __init__(
        self, outboxes: Outboxes, *, idle: Callable[[], bool], pulled: Callable[[Sequence[str]], None]
    ) -> None:
        self._outboxes, self._idle, self._pulled = outboxes, idle, pulled
        self._batch: list[Confirmed] = []
        self._wake = asyncio.Event()
        self._timer: asyncio.TimerHandle | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def waiting(self) -> int:
        return sum(len(each.event_ids) for each in self._batch)

    def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name="confirming")

    async def stop(self, within: float) -> None:
        """Tell the store what is left, for as long as `within` seconds."""
        deadline = asyncio.get_running_loop().time() + within
        while self._batch and asyncio.get_running_loop().time() < deadline:
            self._wake.set()
            await asyncio.sleep(0.01)
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    def add(self, confirmed: Confirmed) -> None:
        self._batch.append(confirmed)
        if len(self._batch) >= FULL or self._idle():
            self._wake.set()
        elif self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(LINGER, self._wake.set)

    async def _run(self) -> None:
        delay = 0.05
        while True:
            await self._wake.wait()
            self._wake.clear()
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
            if not self._batch:
                continue
            batch = self._batch[:LARGEST]
            crash_point("after-confirm")
            try:
                await self._outboxes.confirm(batch)
            except Exception as error:  # noqa: BLE001 - whatever the store says, the entries are still in it
                log.warning("store does not take confirms", waiting=self.waiting, error=type(error).__name__)
                await asyncio.sleep(delay)
                delay = min(delay * 2, 5.0)
                self._wake.set()
                continue
            delay = 0.05
            del self._batch[: len(batch)]
            self._pulled([event_id for confirmed in batch for event_id in confirmed.event_ids])
            if self._batch:
                self._wake.set()
