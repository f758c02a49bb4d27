"""Triage, put together: the only module that knows all the others."""

from importlib.metadata import version

from alliance.kernel import Clock
from alliance.service import Service, Wiring
from alliance.store import Database, Documents
from triage.api.cases import router as cases
from triage.api.offers import router as offers
from triage.domain.case import Case
from triage.domain.details import Details
from triage.domain.home_search import HomeSearch
from triage.events.hears import hears
from triage.events.says import says
from triage.settings import Settings

NAME = "triage"


def wire(database: Database, settings: Settings, clock: Clock) -> Wiring:
    kept = Documents(database, "cases", Case, says=says, service=NAME, clock=clock)
    details = Documents(database, "person_details", Details, says=says, service=NAME, clock=clock)
    searches = Documents(database, "home_searches", HomeSearch, says=says, service=NAME, clock=clock)
    return Wiring(
        collections=(kept, details, searches),
        given={
            "cases": kept,
            "person_details": details,
            "home_searches": searches,
            "targets": settings.targets,
            "weekly_costs": settings.weekly_pence,
            "organisation": settings.organisation,
            "clock": clock,
        },
    )


service = Service(
    name=NAME,
    title="Living Well: the conversation",
    version=version("livingwell-triage"),
    hears=hears,
    says=says,
    routers=(cases, offers),
    settings=Settings,
    wire=wire,
)
