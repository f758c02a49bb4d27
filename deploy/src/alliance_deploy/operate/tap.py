"""Hears everything that all services say, as an operator: open events whole, of personal ones never the body."""

import json
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aio_pika
from aio_pika.abc import AbstractIncomingMessage, AbstractQueue


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
    def __init__(self, queue: AbstractQueue) -> None:
        self._queue = queue

    async def events(self) -> AsyncIterator[Said]:
        """Every event from the opening of the tap on, in order of arrival, without end."""
        async with self._queue.iterator(no_ack=True) as messages:
            async for message in messages:
                yield said(message)


@asynccontextmanager
async def open_tap(amqp_url: str, services: Iterable[str]) -> AsyncIterator[Tap]:
    """A queue of our own, bound to all that `services` say, gone when the block ends. Needs administrator's rights."""
    connection = await aio_pika.connect(amqp_url, timeout=10, client_properties={"connection_name": "alliance tap"})
    async with connection:
        channel = await connection.channel()
        queue = await channel.declare_queue(exclusive=True, auto_delete=True)
        for service in services:
            for kind in ("events", "personal"):
                await queue.bind(f"{service}.{kind}", "#")
        yield Tap(queue)


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
