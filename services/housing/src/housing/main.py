"""Puts housing together: the only module that knows all the others."""

from typing import Any

from alliance.kernel import Clock
from alliance.service import Service, Wiring
from alliance.store import Database, Documents
from housing.api import homes, placements
from housing.domain.home import Home
from housing.domain.person import Person
from housing.domain.placement import Placement
from housing.events.hears import hears
from housing.events.says import says
from housing.settings import HousingSettings


def wire(database: Database, settings: HousingSettings, clock: Clock) -> Wiring:
    named: dict[str, Documents[Any]] = {
        "homes": Documents(database, "homes", Home, says=says, service="housing", clock=clock),
        "placements": Documents(database, "placements", Placement, says=says, service="housing", clock=clock),
        "people": Documents(database, "people", Person, says=says, service="housing", clock=clock),
    }
    return Wiring(
        collections=tuple(named.values()),
        given={
            **named,
            "clock": clock,
            "offer_lasts": settings.offer_lasts,
            "own_organisation": settings.organisation,
        },
    )


service = Service(
    name="housing",
    title="Housing: homes of one's own",
    version="0.1.0",
    hears=hears,
    says=says,
    routers=(homes.router, placements.router),
    settings=HousingSettings,
    wire=wire,
)
