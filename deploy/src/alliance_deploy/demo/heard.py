"""Everything the tap has heard since it was opened, and which of it belongs to a journey."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from alliance_deploy.demo.journey import Journey
from alliance_deploy.operate.tap import Said, Tap


class Heard:
    def __init__(self) -> None:
        self._events: list[Said] = []
        self._news = asyncio.Condition()

    async def note(self, event: Said) -> None:
        async with self._news:
            self._events.append(event)
            self._news.notify_all()

    async def until(self, holds: Callable[[], bool], *, within: float) -> bool:
        """True as soon as what was heard makes `holds` true; False after `within` seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(within), self._news:
                return await self._news.wait_for(holds)
        return False

    def more_than(self, count: int, journey: Journey) -> bool:
        return len(self.of(journey)) > count

    def of(self, journey: Journey) -> list[Said]:
        """What was said because of this journey, or about its people."""
        return [
            event for event in self._events if event.correlationid == journey.id or event.partitionkey in journey.people
        ]


@asynccontextmanager
async def listening(tap: Tap) -> AsyncIterator[Heard]:
    """Listen in the background for the block."""
    heard = Heard()

    async def listen() -> None:
        async for event in tap.events():
            await heard.note(event)

    task = asyncio.create_task(listen())
    try:
        yield heard
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
