"""A service's quarantine: what lies there, grouped by cause, and how it is sent on its way again."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aio_pika
from aio_pika.abc import AbstractChannel, AbstractIncomingMessage

from alliance.contracts.catalogue import catalogue
from alliance.kernel import Clock, SystemClock, to_text
from alliance.messaging.arriving import users_of
from alliance.messaging.wire import CONTENT_TYPE, PREFIX, event_headers

MOST = 10_000
"""How many messages are looked at: they stay in memory while one looks."""


@dataclass(frozen=True)
class Lying:
    """One message in quarantine."""

    message: AbstractIncomingMessage = field(repr=False)
    service: str

    def _header(self, name: str) -> str:
        return str(self.message.headers.get(name, ""))

    @property
    def _is_ours(self) -> bool:
        return self.message.user_id in users_of(self.service)

    def _noted(self, name: str) -> str:
        """What the service itself wrote down when it put the message aside."""
        return self._header(name) if self._is_ours else ""

    @property
    def event_id(self) -> str:
        return self._header(PREFIX + "id")

    @property
    def type(self) -> str:
        return self._header("type")

    @property
    def reason(self) -> str:
        return self._header("reason") or "dead-lettered"

    @property
    def fingerprint(self) -> str:
        return self._header("fingerprint")

    @property
    def person_id(self) -> str:
        """Whose details it holds; nothing for an open event."""
        return self._header(PREFIX + "partitionkey") if self._personal() else ""

    @property
    def at(self) -> str:
        return self._header("quarantined-at")

    @property
    def producer(self) -> str:
        """Who really said it, if that could be verified: a note of the service's own, or the user the broker checked.

        What the broker dead-lettered carries headers of whoever published it, and those are not believed.
        """
        return self._noted("producer") if self._is_ours else self.message.user_id or ""

    def told(self) -> dict[str, Any]:
        """All that may be shown: the body only of a known open event from whoever may say it."""
        known = catalogue().get(self.type)
        shown = known is not None and known.confidentiality == "open" and self.producer and not self._personal()
        headers = {name: str(value) for name, value in sorted(self.message.headers.items())}
        data = json.loads(self.message.body) if shown and self.message.content_type == CONTENT_TYPE else "not shown"
        return {"headers": headers, "data": data}

    def _personal(self) -> bool:
        return bool(self._header(PREFIX + "recipient"))

    def sent_again(self, *, user: str, clock: Clock, who: str, why: str) -> tuple[aio_pika.Message, str]:
        """The message for the retry ladder, as the service itself writes it, and its lane."""
        headers: dict[str, Any] = event_headers(self.message.headers)
        headers |= {"attempt": 0, "first-heard": to_text(clock.now()), "producer": self.producer}
        headers |= {"redriven-by": who, "redriven-because": why}
        if reaction := self._noted("reaction"):
            headers["reaction"] = reaction
        message = aio_pika.Message(
            self.message.body,
            headers=headers,
            content_type=self.message.content_type,
            delivery_mode=aio_pika.DeliveryMode.PERSISTENT,
            message_id=f"{self.event_id}:{reaction or 'all'}:redrive",
            user_id=user,
        )
        return message, self._noted("lane") or "inbox"


@dataclass(frozen=True)
class Quarantine:
    service: str
    channel: AbstractChannel
    lying: tuple[Lying, ...]

    def groups(self) -> dict[tuple[str, str, str], list[Lying]]:
        """By type, reason and fingerprint, the largest group first."""
        grouped: dict[tuple[str, str, str], list[Lying]] = {}
        for one in self.lying:
            grouped.setdefault((one.type, one.reason, one.fingerprint), []).append(one)
        return dict(sorted(grouped.items(), key=lambda group: -len(group[1])))

    async def redrive(
        self,
        chosen: Iterable[Lying],
        *,
        who: str,
        why: str,
        per_second: float = 50,
        clock: Clock | None = None,
        note: Callable[[Lying], None] = lambda lying: None,
    ) -> int:
        """Send `chosen` to the first rung of the retry ladder, each confirmed before it leaves here; how many went.

        What has no verified producer stays: it may be forged, and a retry of our own would be believed.
        """
        exchange = await self.channel.get_exchange(f"{self.service}.retry.5s", ensure=False)
        gone = 0
        for lying in chosen:
            if not lying.producer:
                continue
            message, lane = lying.sent_again(user=self.service, clock=clock or SystemClock(), who=who, why=why)
            await exchange.publish(message, lane)
            await lying.message.ack()
            note(lying)
            gone += 1
            await asyncio.sleep(1 / per_second)
        return gone

    async def delete(self, chosen: Iterable[Lying], *, note: Callable[[Lying], None] = lambda lying: None) -> int:
        """Take `chosen` out for good; how many. Noted first: what cannot be noted stays."""
        gone = 0
        for lying in chosen:
            note(lying)
            await lying.message.ack()
            gone += 1
        return gone


@asynccontextmanager
async def open_quarantine(amqp_url: str, service: str) -> AsyncIterator[Quarantine]:
    """Signed in as the service. What is not redriven lies there as before when the block ends."""
    connection = await aio_pika.connect(
        amqp_url, timeout=10, client_properties={"connection_name": "alliance operator"}
    )
    async with connection:
        channel = await connection.channel(publisher_confirms=True, on_return_raises=True)
        queue = await channel.get_queue(f"{service}.quarantine", ensure=False)
        lying: list[Lying] = []
        while len(lying) < MOST and (message := await queue.get(fail=False)) is not None:
            lying.append(Lying(message, service))
        yield Quarantine(service, channel, tuple(lying))
