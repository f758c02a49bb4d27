"""One lane of a listener: what is in hand, whose turn it is, and the pause while something needed is away."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

import structlog

from alliance.messaging import metrics
from alliance.messaging.reacting import is_transient

log = structlog.get_logger(__name__)

T = TypeVar("T")

FIRST_PROBE, LONGEST_PROBE = 0.05, 5.0


class Abandoned(Exception):
    """The listener is stopping: leave the message unsettled, the broker will deliver it again."""


@dataclass(slots=True, eq=False)
class InHand:
    """A delivered message that is not settled yet."""

    arrived: float
    time: datetime | None = None
    put_aside: bool = False
    """On its way to quarantine: nothing that is due can depend on it."""


class Lane:
    """`inbox` or `urgent`."""

    def __init__(self, name: str, service: str) -> None:
        self.name = name
        self.closing = False
        self.in_hand: set[InHand] = set()
        self._turns: dict[str, tuple[asyncio.Lock, int]] = {}
        self._open = asyncio.Event()
        self._open.set()
        self._nothing_in_hand = asyncio.Event()
        self._gauge = metrics.LANE_IN_HAND.labels(service, name)
        self._paused = metrics.LANE_PAUSED.labels(service, name)
        self._paused.set(0)

    @property
    def paused(self) -> bool:
        return not self._open.is_set()

    def take(self) -> InHand:
        """A message has arrived."""
        taken = InHand(asyncio.get_running_loop().time())
        self.in_hand.add(taken)
        self._gauge.set(len(self.in_hand))
        return taken

    def let_go(self, taken: InHand) -> None:
        """It is settled, or the connection it came by is gone."""
        self.in_hand.discard(taken)
        self._gauge.set(len(self.in_hand))
        if not self.in_hand:
            self._nothing_in_hand.set()

    async def finish(self, within: float) -> bool:
        """Wait until nothing is in hand; nothing that has not begun will begin."""
        self.closing = True
        self._nothing_in_hand.clear()
        if not self.in_hand:
            return True
        try:
            async with asyncio.timeout(within):
                await self._nothing_in_hand.wait()
        except TimeoutError:
            return False
        return True

    @asynccontextmanager
    async def turn(self, key: str) -> AsyncIterator[None]:
        """One at a time for each key, in the order of arrival."""
        lock, takers = self._turns.get(key) or (asyncio.Lock(), 0)
        self._turns[key] = (lock, takers + 1)
        try:
            async with lock:
                if self.closing:
                    raise Abandoned
                yield
        finally:
            lock, takers = self._turns[key]
            if takers == 1:
                del self._turns[key]
            else:
                self._turns[key] = (lock, takers - 1)

    async def steadily(self, act: Callable[[], Awaitable[T]]) -> T:
        """Run `act`. While it fails for want of something that will come back, the lane waits and one call probes."""
        probing, delay = False, FIRST_PROBE
        try:
            while True:
                if not probing and self.paused:
                    await self._open.wait()
                try:
                    return await act()
                except Exception as error:
                    if not is_transient(error):
                        raise
                    if self.closing:
                        raise Abandoned from error
                    if not probing and self.paused:
                        continue
                    if not probing:
                        probing = True
                        self._pause(error)
                    await asyncio.sleep(delay * random.uniform(0.7, 1.3))  # noqa: S311 - jitter
                    delay = min(delay * 2, LONGEST_PROBE)
        finally:
            if probing:
                self._open.set()
                self._paused.set(0)

    def _pause(self, error: Exception) -> None:
        self._open.clear()
        self._paused.set(1)
        log.warning("lane pauses", lane=self.name, error=type(error).__name__)
