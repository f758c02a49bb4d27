"""Puts housing together: the only module that knows all the others."""

from functools import partial
from typing import Any

from alliance.access import About
from alliance.kernel import Clock
from alliance.service import Service, Wiring
from alliance.service.knowing import knowing
from alliance.store import Database, Documents
from alliance.web.pages.live import Live
from housing.api import homes, placements
from housing.application.holdings import holdings
from housing.application.queries import board_mark
from housing.domain.home import Home
from housing.domain.placement import Placement
from housing.events.hears import hears
from housing.events.says import says
from housing.pages import homes as home_pages
from housing.pages import offers, start, stays, team
from housing.pages import placements as placement_pages
from housing.pages.words import LABELS, MENU
from housing.settings import HousingSettings

KEEPS = (
    "full_name",
    "call_me",
    "date_of_birth",
    "contact_points",
    "interpreter_language",
    "adjustments",
    "contact_confirmed_on",
)
"""Whom a tenancy is made with and how to reach them; an NHS number is no business of a landlord."""


def wire(database: Database, settings: HousingSettings, clock: Clock) -> Wiring:
    searches = Documents(database, "placements", Placement, says=says, service="housing", clock=clock)
    named: dict[str, Documents[Any]] = {
        "homes": Documents(database, "homes", Home, says=says, service="housing", clock=clock),
        "placements": searches,
    }

    async def whose_placement(placement_id: str) -> About:
        placement = await searches.get(placement_id)
        return About(
            record="placement",
            id=placement_id,
            person_id=placement.person_id,
            organisation=settings.organisation,
            workers=frozenset(placement.workers),
        )

    return Wiring(
        collections=tuple(named.values()),
        about={"placement": whose_placement},
        given={
            **named,
            "live": Live({placement_pages.BOARD: partial(board_mark, searches)}),
            "clock": clock,
            "offer_lasts": settings.offer_lasts,
            "own_organisation": settings.organisation,
            **knowing(
                "housing",
                database=database,
                clock=clock,
                organisation=settings.organisation,
                keeps=KEEPS,
                holdings=holdings(searches, named["homes"]),
            ),
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
    pages=(
        start.router,
        home_pages.router,
        placement_pages.router,
        offers.router,
        stays.router,
        team.router,
    ),
    menu=MENU,
    labels=LABELS,
    keeps=KEEPS,
)
