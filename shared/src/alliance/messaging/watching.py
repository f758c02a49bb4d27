"""Looks at the lanes from the broker's side: is somebody consuming, how much waits, up to when is all heard."""

import asyncio
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Protocol

import structlog
from aiormq.exceptions import AMQPError

from alliance.kernel import Clock
from alliance.messaging import metrics
from alliance.messaging.consuming import Seen
from alliance.messaging.lane import InHand, Lane

log = structlog.get_logger(__name__)

MARGIN = timedelta(seconds=60)
ON_ITS_WAY = 0.25
"""Seconds that a message may take from leaving the queue to our hands."""
PATIENCE = 4
"""Looks without a consumer after which the connection is made anew."""


class Looking(Protocol):
    async def look(self) -> dict[str, Seen]: ...


class Watching:
    """What is known about the lanes of one listener; forgotten whenever the connection is lost."""

    def __init__(self, lanes: Mapping[str, Lane], *, service: str, clock: Clock) -> None:
        self._lanes, self._clock = lanes, clock
        self._waiting = {name: metrics.LANE_WAITING.labels(service, lane.name) for name, lane in lanes.items()}
        self._seen: dict[str, Seen] = {}
        self._drained: tuple[float, datetime] | None = None
        self._heard_up_to: datetime | None = None

    def lost(self) -> None:
        """The connection is gone: nothing is known any more."""
        self._seen = {}
        self._drained = None
        self._heard_up_to = None

    def ailments(self) -> Iterable[str]:
        """Why we are not ready: codes."""
        if not self._seen:
            yield "listener-not-connected"
            return
        for name, lane in self._lanes.items():
            if self._seen[name].consumers < 1:
                yield f"no-consumer-on-{lane.name}"

    def horizon(self) -> datetime | None:
        """Everything told before this instant has been heard; None while that is unknown."""
        if not self._seen:
            return None
        taken = list(self._in_hand())
        times = [message.time for message in taken if message.time is not None]
        if not times or len(times) < len(taken):
            return self._heard_up_to
        by_oldest = min(times) - MARGIN
        return by_oldest if self._heard_up_to is None else max(by_oldest, self._heard_up_to)

    def _in_hand(self) -> Iterable[InHand]:
        return (message for lane in self._lanes.values() for message in lane.in_hand if not message.put_aside)

    async def watch(self, looking: Looking, stopping: asyncio.Event, *, every: float) -> None:
        """Look again and again; returns when stopping, or when a consumer is gone and does not come back."""
        without = 0
        while not stopping.is_set():
            try:
                self._note(await looking.look())
                missing = any(seen.consumers < 1 for seen in self._seen.values())
            except (AMQPError, OSError, TimeoutError, RuntimeError) as error:
                log.warning("cannot look at the lanes", error=type(error).__name__)
                self.lost()
                missing = False
            without = without + 1 if missing else 0
            if without >= PATIENCE:
                log.error("a lane has no consumer, connecting anew")
                return
            try:
                async with asyncio.timeout(every):
                    await stopping.wait()
            except TimeoutError:
                continue

    def _note(self, seen: dict[str, Seen]) -> None:
        self._seen = seen
        for name, gauge in self._waiting.items():
            gauge.set(seen[name].waiting)
        now = asyncio.get_running_loop().time()
        if self._drained is not None and now - self._drained[0] > ON_ITS_WAY:
            still = (message.arrived for message in self._in_hand())
            if all(arrived > self._drained[0] + ON_ITS_WAY for arrived in still):
                self._heard_up_to = self._drained[1]
                self._drained = None
        if self._drained is None and all(queue.waiting == 0 and queue.consumers > 0 for queue in seen.values()):
            self._drained = (now, self._clock.now())
