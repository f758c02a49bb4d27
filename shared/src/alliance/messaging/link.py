"""A publish-only connection that comes back by itself: confirms on, unroutable messages are errors."""

import asyncio
import random
from collections.abc import Callable
from contextlib import suppress
from typing import cast

import aio_pika
import aiormq
import structlog
from aiormq.exceptions import AMQPError, DeliveryError, PublishError

from alliance.messaging.wire import user_of, with_heartbeat

log = structlog.get_logger(__name__)

FIRST_DELAY, LONGEST_DELAY = 0.2, 10.0


class NotPublished(Exception):
    """The broker has not confirmed: it may or may not have the message. Try again."""

    transient = True

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def being_cancelled() -> bool:
    """Whether somebody wants the present task to end. aiormq also lets a CancelledError out of a call whose
    connection breaks: that one means "away", and a task that took it for its end would never come back.
    """
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


class Link:
    """One connection with one confirm channel. When either breaks, both are made anew, with growing pauses."""

    def __init__(self, amqp_url: str, *, purpose: str, timeout: float = 10.0) -> None:
        self.user = user_of(amqp_url)
        self.came_up: Callable[[], None] = lambda: None
        self._url, self._purpose, self._timeout = with_heartbeat(amqp_url), purpose, timeout
        self._channel: aiormq.Channel | None = None
        self._connection: aio_pika.abc.AbstractConnection | None = None
        self._broken = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    @property
    def up(self) -> bool:
        """Connected as far as is known."""
        return self._channel is not None and not self._channel.is_closed

    async def start(self) -> None:
        """Begin to connect; returns at once, whether or not the broker is there."""
        if self._task is None:
            self._task = asyncio.create_task(self._keep_up(), name=f"link {self._purpose}")

    async def stop(self) -> None:
        """Close for good."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    async def unblocked(self) -> bool:
        """Whether the broker takes messages: connected, and no memory or disk alarm holds us up."""
        if not self.up or self._connection is None or self._connection.transport is None:
            return False
        try:
            async with asyncio.timeout(0.05):
                await self._connection.transport.connection.ready()
        except TimeoutError:
            return False
        return self.up

    async def publish(
        self, body: bytes, exchange: str, key: str, properties: aiormq.spec.Basic.Properties, *, mandatory: bool = True
    ) -> None:
        """Publish and wait for the confirm. Raises `NotPublished`, also for what could not be routed."""
        channel = self._channel
        if channel is None:
            raise NotPublished("not-connected")
        try:
            async with asyncio.timeout(self._timeout):
                await channel.basic_publish(
                    body, exchange=exchange, routing_key=key, properties=properties, mandatory=mandatory, wait=False
                )
        except TimeoutError:
            self._broken.set()
            raise NotPublished("timeout") from None
        except PublishError:
            raise NotPublished("unroutable") from None
        except DeliveryError:
            raise NotPublished("refused") from None
        except (AMQPError, OSError, RuntimeError) as error:
            self._broken.set()
            raise NotPublished(type(error).__name__) from None
        except asyncio.CancelledError:
            if being_cancelled():
                raise
            raise NotPublished("connection-lost") from None

    async def _keep_up(self) -> None:
        delay = FIRST_DELAY
        while True:
            began = asyncio.get_running_loop().time()
            try:
                await self._be_up()
            except (AMQPError, OSError, TimeoutError, RuntimeError) as error:
                log.warning("broker away", purpose=self._purpose, error=type(error).__name__)
            except asyncio.CancelledError:
                if being_cancelled():
                    raise
                log.warning("broker away", purpose=self._purpose, error="CancelledError")
            if asyncio.get_running_loop().time() - began > LONGEST_DELAY:
                delay = FIRST_DELAY
            await asyncio.sleep(delay * random.uniform(0.5, 1.0))  # noqa: S311 - jitter
            delay = min(delay * 2, LONGEST_DELAY)

    async def _be_up(self) -> None:
        """Connect, then stay until the channel or the connection is gone."""
        self._broken.clear()
        try:
            async with asyncio.timeout(self._timeout):
                self._connection = connection = await aio_pika.connect(self._url, timeout=self._timeout)
                opened = await connection.channel(publisher_confirms=True, on_return_raises=True)
                self._channel = channel = cast(aiormq.Channel, await opened.get_underlay_channel())
            self.came_up()
            broken = asyncio.create_task(self._broken.wait())
            closing = asyncio.shield(channel.closing)
            try:
                await asyncio.wait((broken, closing), return_when=asyncio.FIRST_COMPLETED)
            finally:
                broken.cancel()
                if closing.done() and not closing.cancelled():
                    closing.exception()
                closing.cancel()
        finally:
            self._channel = None
            await self._close()

    async def _close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(AMQPError, OSError, TimeoutError, RuntimeError):
                async with asyncio.timeout(2):
                    await connection.close()
