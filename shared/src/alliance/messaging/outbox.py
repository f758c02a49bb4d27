"""What the relay needs of a store, and where each type of event is published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import NamedTuple, Protocol

from alliance.contracts import Envelope
from alliance.contracts.event import registered


class Waiting(Protocol):
    """A document with events that are not confirmed yet, oldest first, as of one version."""

    @property
    def collection(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def version(self) -> int: ...
    @property
    def entries(self) -> Sequence[Envelope]: ...


class Confirmed(NamedTuple):
    """The broker has some events of a document; `last` when no other waits in that version of it."""

    collection: str
    id: str
    version: int
    event_ids: Sequence[str]
    last: bool


class Outboxes(Protocol):
    """The outboxes of all documents of one service."""

    async def pending(self, older_than: datetime, limit: int = 100) -> Sequence[Waiting]: ...

    async def confirm(self, confirmed: Sequence[Confirmed]) -> None: ...

    async def lease(self, name: str, holder: str, seconds: float) -> bool: ...


class Route(NamedTuple):
    exchange: str
    key: str
    mandatory: bool


@cache
def _route(service: str, type_: str) -> Route:
    event = registered().get(type_)
    key = type_.partition(".")[2]
    if event is not None and event.confidentiality == "personal":
        return Route(f"{service}.personal", key, False)
    return Route(f"{service}.events", key, event is None or event.confidentiality == "open")


@cache
def is_urgent(type_: str) -> bool:
    """Whether the contract puts a type into the urgent lane."""
    event = registered().get(type_)
    return event is not None and event.lane == "urgent"


def route_of(service: str, envelope: Envelope) -> Route:
    """Open and restricted events go to all that are bound, a personal one to its one recipient.

    Only open ones must arrive somewhere, since the log hears those; the others may have nobody to hear them now.
    """
    route = _route(service, envelope.type)
    if not route.exchange.endswith(".personal"):
        return route
    if not envelope.recipient:
        raise ValueError(f"{envelope.type} {envelope.id} is personal and names no recipient")
    return route._replace(key=f"{route.key}.{envelope.recipient}")


@dataclass(frozen=True, slots=True)
class Health:
    """Whether this part is ready, and why not: codes, for people who operate it."""

    ready: bool
    why: tuple[str, ...] = ()
