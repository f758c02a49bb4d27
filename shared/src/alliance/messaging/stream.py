"""Reads a producer's log (a RabbitMQ stream) from an offset up to its tail, page by page."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

import aio_pika
import aiormq
from aiormq.abc import DeliveredMessage
from aiormq.exceptions import AMQPError, ChannelAccessRefused, ChannelNotFoundEntity

from alliance.messaging.wire import with_heartbeat

FIRST_ANSWER, QUIET, PATIENCE = 2.0, 0.2, 10.0

Offset = int | datetime | str
"""A number, an instant, or `first`: where to begin."""


class NotGranted(Exception):
    """The agreement does not let this service read that log."""


@dataclass(frozen=True, slots=True)
class Logged:
    """One message as the log keeps it; its body and headers stay out of every log line."""

    offset: int
    headers: Mapping[str, Any] = field(repr=False)
    body: bytes = field(repr=False)
    content_type: str | None
    user_id: str | None
    exchange: str | None = None


class Stream:
    """One open log. The connection is plain: after a fault, open again from the offset that is known to be done."""

    def __init__(self, channel: aiormq.Channel, name: str) -> None:
        self._channel, self._name = channel, name

    async def tail(self) -> int | None:
        """The offset of the newest message now, or None when there is none. Streams do not tell their length."""
        newest: int | None = None
        async with _arrivals(self._channel, self._name, "last") as arrivals:
            with suppress(TimeoutError):
                async with asyncio.timeout(FIRST_ANSWER):
                    while True:
                        async with asyncio.timeout(FIRST_ANSWER if newest is None else QUIET):
                            newest = max(newest or 0, _offset(await arrivals.get()))
        return newest

    async def pages(self, start: Offset, tail: int, size: int) -> AsyncIterator[list[Logged]]:
        """Messages from `start` to `tail`, at most `size` at a time; the next are fetched while these are in use.

        Raises `TimeoutError` when the log falls silent before its tail; after an instant there may be nothing at all.
        """
        sure = not isinstance(start, datetime)
        async with _arrivals(self._channel, self._name, start) as arrivals:
            while True:
                page, last = await self._page(arrivals, size, tail, sure=sure)
                sure = True
                if page:
                    yield page
                if last is None:
                    return
                await self._channel.basic_ack(last, multiple=True, wait=False)

    async def _page(
        self, arrivals: "asyncio.Queue[DeliveredMessage]", size: int, tail: int, *, sure: bool
    ) -> tuple[list[Logged], int | None]:
        """A page and the delivery to acknowledge for more; None in its place at the end."""
        page: list[Logged] = []
        tag: int | None = None
        while len(page) < size:
            try:
                async with asyncio.timeout(PATIENCE):
                    message = await arrivals.get()
            except TimeoutError:
                if self._channel.is_closed:
                    raise ConnectionError("the log's channel was closed") from None
                if sure or page:
                    raise
                return page, None
            offset, tag = _offset(message), message.delivery_tag
            if offset <= tail:
                page.append(_logged(message, offset))
            if offset >= tail:
                return page, None
        return page, tag


@asynccontextmanager
async def open_stream(amqp_url: str, publisher: str, *, size: int) -> AsyncIterator[Stream]:
    """Open `<publisher>.log`, with room for two pages on the way. Raises `NotGranted`."""
    async with asyncio.timeout(10):
        connection = await aio_pika.connect(with_heartbeat(amqp_url))
    try:
        opened = await connection.channel(publisher_confirms=False)
        channel = cast(aiormq.Channel, await opened.get_underlay_channel())
        await channel.basic_qos(prefetch_count=2 * size)
        yield Stream(channel, f"{publisher}.log")
    except (ChannelAccessRefused, ChannelNotFoundEntity) as refusal:
        raise NotGranted(publisher) from refusal
    finally:
        with suppress(AMQPError, OSError, TimeoutError, RuntimeError):
            async with asyncio.timeout(2):
                await connection.close()


@asynccontextmanager
async def _arrivals(
    channel: aiormq.Channel, name: str, start: Offset
) -> AsyncIterator["asyncio.Queue[DeliveredMessage]"]:
    arrivals: asyncio.Queue[DeliveredMessage] = asyncio.Queue()

    async def arrived(message: DeliveredMessage) -> None:
        arrivals.put_nowait(message)

    consumer = await channel.basic_consume(name, arrived, arguments={"x-stream-offset": start})
    try:
        yield arrivals
    finally:
        with suppress(AMQPError, OSError, RuntimeError):
            await channel.basic_cancel(consumer.consumer_tag or "")


def _offset(message: DeliveredMessage) -> int:
    return int(cast(int, (message.header.properties.headers or {})["x-stream-offset"]))


def _logged(message: DeliveredMessage, offset: int) -> Logged:
    properties = message.header.properties
    return Logged(offset, properties.headers or {}, message.body, properties.content_type, properties.user_id)
