"""What a service's `main.py` says about itself, and nothing more."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter

from alliance.access.control import Resolver
from alliance.contracts import Envelope
from alliance.contracts.saying import Sayings
from alliance.kernel import Clock
from alliance.messaging import Hears
from alliance.service.auditing import audit_sayings
from alliance.service.guarding import guard_rows, guard_sayings
from alliance.service.knowing import knowing_rows, knowing_sayings
from alliance.service.settings import ServiceSettings
from alliance.store import Database, Documents
from alliance.web.health import Check
from alliance.web.pages.shell import Item


@dataclass(frozen=True, kw_only=True)
class Wiring:
    """The parts of one running service."""

    collections: Sequence[Documents[Any]]
    given: Mapping[str, object]
    """What reactions and endpoints are given by name."""
    about: Mapping[str, Resolver] = field(default_factory=dict)
    """By kind of person record: whose it is, for the table of who may do what."""
    workers: Sequence[Callable[[], Awaitable[None]]] = field(default=())
    """Loops of the service's own, started with the worker and cancelled when it stops."""
    watched: Mapping[str, Check] = field(default_factory=dict)
    """What `/health/ready` of the worker tells beside its own checks: the pages stay up without it."""
    replay_batch: Callable[[Sequence[Envelope]], Awaitable[None]] | None = None
    """How a replay hands over many events at once; without it each goes through the table."""


@dataclass(frozen=True, kw_only=True)
class Service:
    """One service of the alliance: what it hears and says, and how it is put together."""

    name: str
    title: str
    version: str
    hears: Hears
    says: Sayings
    routers: Sequence[APIRouter]
    settings: type[ServiceSettings]
    wire: Callable[[Database, Any, Clock], Wiring]
    replayable: bool = False
    pages: Sequence[APIRouter] = ()
    menu: Sequence[Item] = ()
    """The service's own pages in the header, most used first."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """What a code is called on pages, where its name is not plain."""
    takes_files: Mapping[str, int] = field(default_factory=dict)
    """Paths that take more than a form's worth, and how many bytes."""
    keeps: Collection[str] = ()
    """The fields of a person's details that the service needs; without any it is sent none."""

    def __post_init__(self) -> None:
        """What every service says and hears of its audit trail, its guards and people stands in no table of its own.

        What is known of people comes first, so that a service's own reactions to the same event find it changed.
        """
        common = (*audit_sayings(self.name), *guard_sayings(self.name), *knowing_sayings(self.name))
        known = knowing_rows(self.name, self.keeps)
        object.__setattr__(self, "says", Sayings(*self.says.rows, *common))
        object.__setattr__(self, "hears", Hears((*known, *self.hears.rows, *guard_rows(self.name))))

    def manifest(self) -> dict[str, Any]:
        """What the agreement is checked against; committed as `manifest.json` beside the service."""
        return {
            "service": self.name,
            "version": self.version,
            "hears": sorted(event.type for event in self.hears.types),
            "says": sorted(event.type for event in self.says.types),
            "replayable": self.replayable,
        }

    def main(self) -> None:
        """`python -m <service> serve | manifest | replay`."""
        from alliance.service.command import run

        run(self)
