"""The consume-only connection: FastStream subscribers on queues that are never declared here."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

import aio_pika
from aiormq.exceptions import AMQPError
from faststream import AckPolicy
from faststream.message import StreamMessage
from faststream.rabbit import Channel, RabbitBroker, RabbitQueue
from faststream.rabbit.subscriber import RabbitSubscriber

from alliance.messaging.wire import with_heartbeat


class Settlement(Enum):
    """What becomes of a delivery."""

    DONE = "acknowledge it"
    LEFT = "leave it unsettled: the connection is about to close, and the broker will deliver it again"
    RETURNED = "give it back to the queue"


Delivered = Callable[[aio_pika.IncomingMessage], Awaitable[Settlement]]
"""Handles one message."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One queue at one moment."""

    waiting: int
    consumers: int


async def _as_is(message: StreamMessage[Any]) -> StreamMessage[Any]:
    """A decoder that leaves everything to us: FastStream's own would raise on a body that is not JSON."""
    return message


class Consuming:
    """One FastStream broker with one subscriber, and one channel with its own prefetch, per queue."""

    def __init__(
        self,
        amqp_url: str,
        queues: Mapping[str, Delivered],
        *,
        prefetch: Mapping[str, int],
        lost: Callable[[], None],
        settled: Callable[[], None] = lambda: None,
    ) -> None:
        self._queues, self._settled = tuple(queues), settled
        self._connection: aio_pika.abc.AbstractRobustConnection | None = None
        self._watch: aio_pika.abc.AbstractChannel | None = None
        self._broker = RabbitBroker(
            with_heartbeat(amqp_url),
            logger=None,
            apply_types=False,
            reconnect_interval=1.0,
            graceful_timeout=0.1,
            decoder=_as_is,
            on_close=(lambda *_: lost(),),
        )
        self._subscribers: list[RabbitSubscriber] = []
        for name, delivered in queues.items():
            subscriber = self._broker.subscriber(
                RabbitQueue(name, declare=False),
                channel=Channel(prefetch_count=prefetch[name]),
                ack_policy=AckPolicy.MANUAL,
                no_reply=True,
            )
            subscriber(self._hearing(delivered))
            self._subscribers.append(subscriber)

    def _hearing(self, delivered: Delivered) -> Callable[[Any], Awaitable[None]]:
        async def hear(message: StreamMessage[aio_pika.IncomingMessage]) -> None:
            raw = message.raw_message
            settlement = await delivered(raw)
            if settlement is Settlement.LEFT or raw.delivery_tag is None:
                return
            try:
                if settlement is Settlement.DONE:
                    await raw.channel.basic_ack(raw.delivery_tag, wait=False)
                else:
                    await raw.channel.basic_nack(raw.delivery_tag, requeue=True, wait=False)
            except (AMQPError, OSError, RuntimeError):
                return

        return hear

    async def start(self) -> None:
        """Connect and consume. Raises what aiormq raises when the broker or a queue is not there."""
        async with asyncio.timeout(20):
            self._connection = await self._broker.connect()
            self._watch = await self._connection.channel(publisher_confirms=False)
            await self._broker.start()

    async def cancel(self) -> None:
        """Ask for no more messages, and keep the connection so that those in hand can be settled."""
        for subscriber in self._subscribers:
            queue, tag = subscriber._queue_obj, subscriber._consumer_tag
            if queue is None or tag is None or queue.channel.is_closed:
                continue
            try:
                async with asyncio.timeout(2):
                    await queue.cancel(tag)
            except (AMQPError, OSError, TimeoutError, RuntimeError):
                continue
            subscriber._consumer_tag = None

    async def stop(self) -> None:
        """Close; whatever is still in hand is cancelled and will be delivered again."""
        try:
            async with asyncio.timeout(5):
                await self._broker.stop()
        except (AMQPError, OSError, TimeoutError, RuntimeError):
            return

    async def look(self) -> dict[str, Seen]:
        """How many messages wait and how many consumers there are, by queue. Raises when the broker is away."""
        if self._watch is None:
            raise ConnectionError("not started")
        async with asyncio.timeout(3):
            channel = await self._watch.get_underlay_channel()
            seen = {}
            for name in self._queues:
                answer = await channel.queue_declare(name, passive=True)
                seen[name] = Seen(answer.message_count or 0, answer.consumer_count or 0)
            return seen
