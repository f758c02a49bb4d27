"""Hears everything that all services say, as an operator: open events whole, of personal ones never the body."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import aio_pika
from aio_pika.abc import AbstractIncomingMessage, AbstractRobustConnection

from alliance_deploy.reconcile.picture import TAPS

PATIENCE = 60.0
EXPIRES_MILLISECONDS = 300_000


@dataclass(frozen=True)
class Said:
    """One event as the tap saw it."""

    id: str
    type: str
    subject: str
    time: str
    partitionkey: str
    correlationid: str
    causationid: str | None
    organisation: str
    recipient: str | None
    data: dict[str, Any] | None = field(repr=False)
    """None for personal events."""

    @property
    def service(self) -> str:
        return self.type.partition(".")[0]


class Tap:
    def __init__(self) -> None:
        self._arrived: asyncio.Queue[Said] = asyncio.Queue()

    async def take(self, message: AbstractIncomingMessage) -> None:
        self._arrived.put_nowait(said(message))
        await message.ack()

    async def events(self) -> AsyncIterator[Said]:
        """Every event from the opening of the tap on, in order of arrival, without end; after a fault some twice."""
        while True:
            yield await self._arrived.get()


@asynccontextmanager
async def open_tap(amqp_url: str, services: Iterable[str]) -> AsyncIterator[Tap]:
    """A queue of our own, bound to all that `services` say, deleted when the block ends. Needs administrator's rights.

    It is durable, so that the tap misses nothing when the broker is restarted, and expires when nobody listens.
    """
    async with await connected(amqp_url) as connection:
        channel = await connection.channel()
        await channel.set_qos(prefetch_count=200)
        queue = await channel.declare_queue(
            f"{TAPS}{uuid4().hex[:12]}", durable=True, arguments={"x-expires": EXPIRES_MILLISECONDS}
        )
        for service in services:
            for kind in ("events", "personal"):
                await queue.bind(f"{service}.{kind}", "#")
        tap = Tap()
        consumer = await queue.consume(tap.take)
        try:
            yield tap
        finally:
            await queue.cancel(consumer)
            await queue.delete(if_unused=False, if_empty=False)


async def connected(amqp_url: str, *, patience: float = PATIENCE) -> AbstractRobustConnection:
    """A connection that comes back by itself; waits for a broker that is just being restarted."""
    deadline = time.monotonic() + patience
    while True:
        try:
            return await aio_pika.connect_robust(amqp_url, timeout=10)
        except ConnectionError:
            if time.monotonic() > deadline:
                raise
            await asyncio.sleep(0.5)


def said(message: AbstractIncomingMessage) -> Said:
    """Read the CloudEvents headers; the body only of what is not personal (those go through another exchange)."""
    headers = message.headers
    personal = (message.exchange or "").endswith(".personal")

    def text(name: str) -> str:
        return str(headers.get(f"cloudEvents_{name}", ""))

    return Said(
        id=text("id"),
        type=text("type"),
        subject=text("subject"),
        time=text("time"),
        partitionkey=text("partitionkey"),
        correlationid=text("correlationid"),
        causationid=text("causationid") or None,
        organisation=text("organisation"),
        recipient=text("recipient") or None,
        data=None if personal else json.loads(message.body),
    )
