"""Stands between the exchanges and a service's lanes: holds messages back, hands them on twice or in any order."""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from types import TracebackType
from typing import Self

import aio_pika
from aio_pika.abc import AbstractChannel, AbstractConnection, AbstractIncomingMessage, AbstractQueue
from tests.cluster import Cluster

from alliance_deploy.launcher.agreed import VHOST
from alliance_deploy.reconcile import Management

LANES = ("inbox", "urgent")


@dataclass
class Intercepted:
    """Within the block nothing reaches the service's lanes but by our hand; at its end all that is held does.

    With an administrator's rights: a queue of our own takes over the bindings, so that nobody's consumer is disturbed.
    The messages go on with their own `user_id`, which takes the tag `impersonator`.
    """

    cluster: Cluster
    service: str
    held: list[tuple[str, AbstractIncomingMessage]] = field(default_factory=list)
    passed: int = 0
    _bindings: list[tuple[str, str, str]] = field(default_factory=list)
    _queues: dict[str, AbstractQueue] = field(default_factory=dict)

    async def __aenter__(self) -> Self:
        broker = self.cluster.broker
        async with Management(broker.management_url, *broker.admin) as management:
            user, password = broker.admin
            tags = {"password": password, "tags": "administrator,impersonator"}
            await management.put("users", user, body=tags)
            for lane in LANES:
                found = await management.get("queues", VHOST, f"{self.service}.{lane}", "bindings")
                said = [each for each in found if each["source"].endswith((".events", ".personal"))]
                self._bindings += [(lane, each["source"], each["routing_key"]) for each in said]
        self._connection: AbstractConnection = await aio_pika.connect(self.cluster.admin_url)
        self._channel: AbstractChannel = await self._connection.channel()
        for lane in LANES:
            queue = self._queues[lane] = await self._channel.declare_queue(exclusive=True)
            await queue.consume(partial(self._take, lane), no_ack=True)
        for lane, exchange, key in self._bindings:
            await self._queues[lane].bind(exchange, key)
            await self._lane(lane).unbind(exchange, key)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for lane, exchange, key in self._bindings:
            await self._lane(lane).bind(exchange, key)
            await self._queues[lane].unbind(exchange, key)
        await self._empty()
        await self.hand_on(self.held)
        await self._connection.close()

    async def until(self, count: int, within: float = 60) -> None:
        """Wait until at least so many messages are held."""
        async with asyncio.timeout(within):
            while len(self.held) < count:
                await asyncio.sleep(0.05)

    async def hand_on(self, messages: Sequence[tuple[str, AbstractIncomingMessage]]) -> None:
        """Put messages into their lanes, in this order, just as they were said."""
        for lane, message in messages:
            self.passed += 1
            await self._channel.default_exchange.publish(_as_said(message), f"{self.service}.{lane}")

    def taken(self, lane: str, message: AbstractIncomingMessage) -> None:
        """Called for every message that would have gone to the service."""
        self.held.append((lane, message))

    async def _take(self, lane: str, message: AbstractIncomingMessage) -> None:
        self.taken(lane, message)

    def _lane(self, lane: str) -> "_Lane":
        return _Lane(self._channel, f"{self.service}.{lane}")

    async def _empty(self) -> None:
        """Our own queues take nothing more, and what they still have is on its way to us: wait for it."""
        for queue in self._queues.values():
            while (await self._channel.declare_queue(queue.name, passive=True)).declaration_result.message_count:
                await asyncio.sleep(0.05)
        await asyncio.sleep(0.25)


@dataclass(frozen=True)
class _Lane:
    """A queue that is not ours to declare."""

    channel: AbstractChannel
    name: str

    async def bind(self, exchange: str, key: str) -> None:
        await (await self.channel.get_queue(self.name, ensure=False)).bind(exchange, key)

    async def unbind(self, exchange: str, key: str) -> None:
        await (await self.channel.get_queue(self.name, ensure=False)).unbind(exchange, key)


@dataclass
class Shuffled(Intercepted):
    """Every message waits for a time of its own, and some go twice, each time at a moment of its own."""

    rng: random.Random = field(default_factory=random.Random)
    spread: float = 2.5
    """Seconds: two messages that were said within this time arrive in either order."""
    twice: float = 0.2
    arrived: int = 0
    overtaken: int = 0
    """How many were handed on after one that had been said later."""
    _latest: int = -1
    _waiting: set["asyncio.Task[None]"] = field(default_factory=set)

    def taken(self, lane: str, message: AbstractIncomingMessage) -> None:
        place, self.arrived = self.arrived, self.arrived + 1
        for _ in range(1 + (self.rng.random() < self.twice)):
            task = asyncio.create_task(self._later(place, lane, message))
            self._waiting.add(task)
            task.add_done_callback(self._waiting.discard)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await asyncio.gather(*self._waiting, return_exceptions=True)
        await super().__aexit__(kind, error, trace)

    async def _empty(self) -> None:
        await super()._empty()
        await asyncio.gather(*self._waiting)

    async def _later(self, place: int, lane: str, message: AbstractIncomingMessage) -> None:
        await asyncio.sleep(self.rng.uniform(0, self.spread))
        self.overtaken += place < self._latest
        self._latest = max(place, self._latest)
        await self.hand_on([(lane, message)])


def _as_said(message: AbstractIncomingMessage) -> aio_pika.Message:
    return aio_pika.Message(
        message.body,
        headers=message.headers,
        content_type=message.content_type,
        message_id=message.message_id,
        user_id=message.user_id,
        delivery_mode=aio_pika.DeliveryMode.PERSISTENT,
    )
