"""A publisher for tests: says what it is told to, as whom it is told to, as often as it is told to."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from alliance.contracts import Envelope
from alliance.kernel import new_id
from alliance.messaging.link import Link
from alliance.messaging.outbox import route_of
from alliance.messaging.wire import body_of, headers_of, properties

from .waiting import until


class Speaker:
    """One service's voice."""

    def __init__(self, link: Link, service: str) -> None:
        self._link, self._service = link, service

    async def say(self, *envelopes: Envelope, **headers: Any) -> None:
        """Publish as the relay would, with extra headers."""
        for envelope in envelopes:
            route = route_of(self._service, envelope)
            await self.send(route.exchange, route.key, headers_of(envelope) | headers, body_of(envelope))

    async def send(
        self,
        exchange: str,
        key: str,
        headers: dict[str, Any],
        body: bytes,
        *,
        content_type: str = "application/json",
    ) -> None:
        """Publish anything at all."""
        sent = properties(new_id(), self._link.user, headers)
        sent.content_type = content_type
        await self._link.publish(body, exchange, key, sent)


@asynccontextmanager
async def speaking(url: str, service: str) -> AsyncIterator[Speaker]:
    link = Link(url, purpose="test")
    await link.start()
    try:
        await until(lambda: link.up)
        yield Speaker(link, service)
    finally:
        await link.stop()


def ids(envelopes: Sequence[Envelope]) -> list[str]:
    return [envelope.id for envelope in envelopes]
