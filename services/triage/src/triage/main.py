"""Triage, put together: the only module that knows all the others."""

from functools import partial
from importlib.metadata import version

from alliance.access import About
from alliance.kernel import Clock
from alliance.service import Service, Wiring
from alliance.service.knowing import knowing
from alliance.store import Database, Documents
from alliance.web.limiting import Throttle
from alliance.web.pages.live import Live
from triage.api.cases import router as cases
from triage.api.directory import router as staff_directory
from triage.api.inbox import router as inbox
from triage.api.measures import router as measures
from triage.api.offers import router as offers
from triage.api.plans import router as planning
from triage.api.public import router as public_directory
from triage.application.holdings import holdings
from triage.application.queries import queue_mark
from triage.application.showcase import Showcase
from triage.domain.case import Case
from triage.domain.entry import Entry
from triage.domain.home_search import HomeSearch
from triage.domain.measurement import Measurement
from triage.domain.personal_goal import PersonalGoal
from triage.domain.place import Place
from triage.domain.plan import Plan
from triage.domain.risk import Risk
from triage.domain.unfinished import Unfinished
from triage.events.hears import hears
from triage.events.says import says
from triage.pages import QUEUE, routers
from triage.pages.words import LABELS, MENU
from triage.settings import Settings

NAME = "triage"
KEEPS = (
    "full_name",
    "call_me",
    "date_of_birth",
    "nhs_number",
    "nhs_number_status",
    "contact_points",
    "interpreter_language",
    "adjustments",
)
"""Whoever holds the conversation has to know who it is and how to reach them."""


def wire(database: Database, settings: Settings, clock: Clock) -> Wiring:
    kept = Documents(database, "cases", Case, says=says, service=NAME, clock=clock)
    searches = Documents(database, "home_searches", HomeSearch, says=says, service=NAME, clock=clock)
    plans = Documents(database, "plans", Plan, says=says, service=NAME, clock=clock)
    goals = Documents(database, "personal_goals", PersonalGoal, says=says, service=NAME, clock=clock)
    risks = Documents(database, "risks", Risk, says=says, service=NAME, clock=clock)
    measurements = Documents(database, "measurements", Measurement, says=says, service=NAME, clock=clock)
    unfinished = Documents(database, "unfinished_talks", Unfinished, says=says, service=NAME, clock=clock)

    directory = Documents(database, "directory", Entry, says=says, service=NAME, clock=clock)
    places = Documents(database, "places", Place, says=says, service=NAME, clock=clock)

    async def whose_case(case_id: str) -> About:
        case = await kept.get(case_id)
        return About(
            record="case",
            id=case_id,
            person_id=case.person_id,
            organisation=settings.organisation,
            workers=frozenset(case.workers),
        )

    async def whose_entry(entry_id: str) -> About:
        entry = await directory.get(entry_id)
        return About(record="entry", id=entry_id, organisation=entry.organisation_id)

    async def whose_offer(offer_id: str) -> About:
        """Its provider's, to answer it."""
        place = await places.get(offer_id)
        case = await kept.find(place.case_id)
        return About(
            record="offer",
            id=offer_id,
            person_id=place.person_id,
            organisation=place.provider_id,
            workers=frozenset(case.workers if case else ()),
        )

    return Wiring(
        collections=(kept, searches, plans, goals, risks, measurements, unfinished, directory, places),
        about={"case": whose_case, "entry": whose_entry, "offer": whose_offer},
        given={
            "cases": kept,
            **knowing(
                NAME,
                database=database,
                clock=clock,
                organisation=settings.organisation,
                keeps=KEEPS,
                holdings=holdings(
                    cases=kept,
                    home_searches=searches,
                    plans=plans,
                    personal_goals=goals,
                    risks=risks,
                    measurements=measurements,
                    unfinished=unfinished,
                    places=places,
                ),
            ),
            "home_searches": searches,
            "plans": plans,
            "personal_goals": goals,
            "risks": risks,
            "measurements": measurements,
            "unfinished": unfinished,
            "directory": directory,
            "places": places,
            "directory_terms": settings.directory_terms,
            "showcase": Showcase(directory, places, clock),
            "harvest_limit": Throttle(settings.harvests_each, settings.harvests_together, proxies=settings.proxies),
            "targets": settings.targets,
            "weekly_costs": settings.weekly_pence,
            "offer_terms": settings.offer_terms,
            "providers": settings.providers or {settings.organisation: settings.organisation},
            "live": Live({QUEUE: partial(queue_mark, kept)}),
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
    routers=(public_directory, cases, offers, staff_directory, inbox, planning, measures),
    settings=Settings,
    wire=wire,
    pages=routers,
    menu=MENU,
    labels=LABELS,
    keeps=KEEPS,
)
