"""A service with one introduction of one person, by the front door's table, with its shared pages and nothing else."""

from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter, FastAPI
from starlette.responses import Response

from alliance.access import About
from alliance.access.guards import Guards
from alliance.access.trail import Trail
from alliance.contracts import Envelope
from alliance.contracts.saying import Sayings
from alliance.kernel import FixedClock, Unknown, derived_id
from alliance.messaging import listen
from alliance.service import Service, ServiceSettings, Wiring
from alliance.store import MemoryDatabase
from alliance.testing.rooms import app_of
from alliance.web.pages import Show, may, page_router

from .builders import PERSON

INTRODUCTION = derived_id("made-up", "introduction")
NAMED = "staff-7"
"""Works with the person, for `slam`, which holds the introduction."""

records = page_router()
api = APIRouter(prefix="/api/v1")


@records.get("/introductions/{introduction_id}", dependencies=[may("introduction.read")])
async def record(introduction_id: str, show: Show) -> Response:
    return await show("alliance/error.html", title="Introduction", sentence="her story")


def _about(kind: str, id_: str) -> Any:
    async def about(asked: str) -> About:
        if asked != id_:
            raise Unknown("There is nothing by that id here.")
        return About(record=kind, id=id_, person_id=PERSON, organisation="slam", workers=frozenset({NAMED}))

    return about


ABOUT = {"introduction": _about("introduction", INTRODUCTION), "person": _about("person", PERSON)}


def a_service() -> Service:
    return Service(
        name="intake",
        title="Front door",
        version="0",
        hears=listen(),
        says=Sayings(),
        routers=(api,),
        settings=ServiceSettings,
        wire=lambda *_: Wiring(collections=(), given={}, about=ABOUT),
        pages=(records,),
    )


@dataclass
class House:
    clock: FixedClock = field(default_factory=FixedClock)
    said: list[Envelope] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.database = MemoryDatabase(self.clock)
        self.database.on_written(lambda _c, _i, _v, envelopes: self.said.extend(envelopes))
        service = a_service()
        wiring = service.wire(self.database, None, self.clock)
        self.app: FastAPI = app_of(service, wiring, self.database, self.clock, organisation="slam")

    @property
    def trail(self) -> Trail:
        found: Trail = self.app.state.given["trail"]
        return found

    @property
    def guards(self) -> Guards:
        found: Guards = self.app.state.given["guards"]
        return found

    async def noted(self) -> list[tuple[str, str, str, str]]:
        """Who did what, why they might, and how it came out, oldest first."""
        entries = [noted.entry for noted in (await self.trail.entries(limit=500)).entries]
        return [(each.actor, each.action, each.ground, each.outcome) for each in reversed(entries)]
