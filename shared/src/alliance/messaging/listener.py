"""The listener of one service: hears both lanes, comes back by itself, knows whether it is well."""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta

import aio_pika
import structlog
from aiormq.exceptions import AMQPError

from alliance.kernel import Clock, SystemClock
from alliance.kernel.crash import crash_point
from alliance.messaging.consuming import Consuming, Delivered, Settlement
from alliance.messaging.handling import Handling
from alliance.messaging.hearing import Hears
from alliance.messaging.lane import Lane
from alliance.messaging.link import FIRST_DELAY, LONGEST_DELAY, Link, being_cancelled
from alliance.messaging.outbox import Health
from alliance.messaging.reacting import Reactions
from alliance.messaging.settling import GIVES_UP_AFTER, Settling
from alliance.messaging.watching import Watching

log = structlog.get_logger(__name__)

GIVING_BACK = 1.0
"""Seconds before a delivery that we failed at goes back, so that a fault of ours does not become a busy loop."""

LANES = ("inbox", "urgent")
PREFETCH: Mapping[str, int] = {"inbox": 50, "urgent": 20}


class Listener:
    """Hears what the table names. `start` returns at once, whether or not the broker is there."""

    def __init__(
        self,
        hears: Hears,
        given: Mapping[str, object],
        *,
        service: str,
        organisation: str,
        amqp_url: str,
        clock: Clock | None = None,
        prefetch: Mapping[str, int] = PREFETCH,
        gives_up_after: timedelta = GIVES_UP_AFTER,
        grace: float = 10.0,
        look_every: float = 0.5,
    ) -> None:
        clock = clock or SystemClock()
        self._url, self._grace, self._look_every = amqp_url, grace, look_every
        self._link = Link(amqp_url, purpose=f"{service} retries")
        settling = Settling(self._link, service=service, clock=clock, gives_up_after=gives_up_after)
        reactions = Reactions(hears, given, organisation=organisation)
        self._handling = Handling(reactions, settling, service=service)
        self._lanes = {f"{service}.{name}": Lane(name, service) for name in LANES}
        self._prefetch = {f"{service}.{name}": prefetch[name] for name in LANES}
        self._watching = Watching(self._lanes, service=service, clock=clock)
        self._stopping = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to connect and to hear."""
        await self._link.start()
        self._task = asyncio.create_task(self._keep_hearing(), name="listener")

    async def stop(self) -> None:
        """Cancel the consumers, let what is in hand finish, then close."""
        self._stopping.set()
        if self._task is not None:
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None
        await self._link.stop()

    async def health(self) -> Health:
        """Ready: connected, every lane has a consumer, and what has to be retried can be published."""
        why = list(self._watching.ailments())
        if not await self._link.unblocked():
            why.append("retries-not-connected" if not self._link.up else "retries-blocked")
        return Health(not why, tuple(why))

    async def horizon(self) -> datetime | None:
        """Up to when everything that was told us has been heard: what the clock may rely on. None: unknown."""
        return self._watching.horizon()

    def _delivered(self, lane: Lane) -> Delivered:
        async def delivered(message: aio_pika.IncomingMessage) -> Settlement:
            taken = lane.take()
            try:
                settled = await self._handling.handle(message, lane, taken)
                if not settled:
                    return Settlement.LEFT
                crash_point("before-ack")
                return Settlement.DONE
            except Exception as error:  # noqa: BLE001 - a fault of ours: given back, so that nothing is lost
                log.error("delivery given back", lane=lane.name, error=type(error).__name__)
                await asyncio.sleep(GIVING_BACK)
                return Settlement.RETURNED
            finally:
                lane.let_go(taken)

        return delivered

    async def _keep_hearing(self) -> None:
        delay = FIRST_DELAY
        while not self._stopping.is_set():
            began = asyncio.get_running_loop().time()
            try:
                await self._hear_until_lost()
            except (AMQPError, OSError, TimeoutError, RuntimeError) as error:
                log.warning("cannot hear", error=type(error).__name__)
            except asyncio.CancelledError:
                if being_cancelled():
                    raise
                log.warning("cannot hear", error="CancelledError")
            if asyncio.get_running_loop().time() - began > LONGEST_DELAY:
                delay = FIRST_DELAY
            await self._pause(delay)
            delay = min(delay * 2, LONGEST_DELAY)

    async def _hear_until_lost(self) -> None:
        consuming = Consuming(
            self._url,
            {name: self._delivered(lane) for name, lane in self._lanes.items()},
            prefetch=self._prefetch,
            lost=self._watching.lost,
        )
        try:
            await consuming.start()
            await self._watching.watch(consuming, self._stopping, every=self._look_every)
        finally:
            self._watching.lost()
            await self._put_down(consuming)

    async def _put_down(self, consuming: Consuming) -> None:
        await consuming.cancel()
        if self._stopping.is_set():
            await asyncio.gather(*(lane.finish(self._grace) for lane in self._lanes.values()))
        await consuming.stop()

    async def _pause(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        except TimeoutError:
            return
