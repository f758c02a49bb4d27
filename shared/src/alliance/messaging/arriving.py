"""From a delivery to an event that may be believed: who published it, is it well formed, is it for us."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from pydantic import ValidationError

from alliance.contracts import Event
from alliance.kernel import from_text
from alliance.messaging.hearing import Heard
from alliance.messaging.reacting import Reactions
from alliance.messaging.wire import PREFIX, Unreadable, decode, first_field


class Delivery(Protocol):
    """What is needed of a message as the broker delivers it."""

    @property
    def headers(self) -> Mapping[str, Any]: ...
    @property
    def body(self) -> bytes: ...
    @property
    def content_type(self) -> str | None: ...
    @property
    def user_id(self) -> str | None: ...
    @property
    def exchange(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Retry:
    """How often one reaction has been tried before; written by ourselves, and only then believed."""

    reaction: str | None
    attempt: int
    first_heard: datetime


@dataclass(frozen=True, slots=True)
class Arrival:
    """An event whose producer, envelope and data have been checked."""

    heard: Heard[Event]
    producer: str
    retry: Retry | None


class Unacceptable(Exception):
    """Not to be handled: `reason` is a code. `producer` is set if it was verified before the message failed."""

    def __init__(self, reason: str, producer: str | None = None) -> None:
        super().__init__(reason)
        self.reason, self.producer = reason, producer


def users_of(service: str) -> tuple[str, str]:
    """The two broker users of a service, so that credentials rotate without a gap."""
    return service, f"{service}.b"


class Arrivals:
    """The door of one service."""

    def __init__(self, reactions: Reactions, service: str) -> None:
        self._reactions, self._service = reactions, service
        self._users, self._return = users_of(service), f"{service}.return"

    def admit(self, delivery: Delivery) -> Arrival:
        """Check everything once. Raises `Unacceptable`."""
        headers = delivery.headers
        type_ = headers.get(PREFIX + "type")
        if not isinstance(type_, str):
            raise Unacceptable("missing-header:type")
        ours = delivery.user_id in self._users and delivery.exchange == self._return
        producer = headers.get("producer") if ours else delivery.user_id
        publisher = type_.partition(".")[0]
        if not isinstance(producer, str) or producer not in users_of(publisher):
            raise Unacceptable("wrong-producer")
        try:
            heard = self._read(delivery, type_, publisher)
        except Unreadable as unreadable:
            raise Unacceptable(unreadable.reason, producer) from None
        return Arrival(heard, producer, self._retry(headers, type_, producer) if ours else None)

    def _read(self, delivery: Delivery, type_: str, publisher: str) -> Heard[Event]:
        event = self._reactions.event(type_)
        if event is None:
            raise Unreadable(self._reactions.stranger(type_))
        envelope = decode(delivery.headers, delivery.body, delivery.content_type)
        if envelope.source != f"/alliance/{publisher}":
            raise Unreadable("invalid-envelope:source")
        if envelope.recipient != self._service and (event.confidentiality == "personal" or envelope.recipient):
            raise Unreadable("not-for-us")
        try:
            return Heard(envelope, event.model_validate(envelope.data))
        except ValidationError as error:
            raise Unreadable(f"invalid-data:{first_field(error)}") from None

    def _retry(self, headers: Mapping[str, Any], type_: str, producer: str) -> Retry:
        reaction, attempt = headers.get("reaction"), headers.get("attempt")
        if reaction is not None and not any(self._reactions.to(type_, reaction)):
            raise Unacceptable("unknown-reaction", producer)
        try:
            return Retry(reaction, int(str(attempt)), from_text(str(headers.get("first-heard"))))
        except ValueError:
            raise Unacceptable("invalid-retry", producer) from None
