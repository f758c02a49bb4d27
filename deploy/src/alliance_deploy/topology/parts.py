"""The parts of a broker's topology, as plain values that can be compared."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True)
class User:
    """One set of credentials with its rights in the virtual host (regular expressions) and its limits."""

    name: str
    service: str
    configure: str
    write: str
    read: str
    max_connections: int
    max_channels: int


@dataclass(frozen=True)
class Exchange:
    name: str
    type: Literal["topic", "direct", "fanout"]


@dataclass(frozen=True)
class Queue:
    """Its arguments can never be changed, so they say only the type and who may consume; the rest is policy."""

    name: str
    type: Literal["quorum", "stream"]
    single_active_consumer: bool = False

    @property
    def arguments(self) -> dict[str, Any]:
        single = {"x-single-active-consumer": True} if self.single_active_consumer else {}
        return {"x-queue-type": self.type, **single}


@dataclass(frozen=True)
class Binding:
    source: str
    queue: str
    key: str


@dataclass(frozen=True)
class Policy:
    """Exactly one policy matches a queue: RabbitMQ applies the one of highest priority only."""

    name: str
    pattern: str
    definition: Mapping[str, Any]


@dataclass(frozen=True)
class Topology:
    """Everything that the virtual host holds when broker and agreement are equal."""

    vhost: str
    users: tuple[User, ...]
    exchanges: tuple[Exchange, ...]
    queues: tuple[Queue, ...]
    bindings: tuple[Binding, ...]
    policies: tuple[Policy, ...]
