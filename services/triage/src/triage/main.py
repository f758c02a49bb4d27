"""Triage, put together: the only module that knows all the others."""

from functools import partial
from importlib.metadata import version

from alliance.kernel import Clock, WorkingDays
from alliance.service import Service, Wiring
from alliance.service.knowing import knowing
from alliance.store import Database, Documents
from alliance.web.limiting import Throttle
from alliance.web.pages.files import ROOM
from alliance.web.pages.live import Live
from triage.api.allocation import router as allocation
from triage.api.board import router as board
from triage.api.cases import router as cases
from triage.api.clocks import router as clocks
from triage.api.directory import router as staff_directory
from triage.api.inbox import router as inbox
from triage.api.measures import router as measures
from triage.api.offers import router as offers
from triage.api.plans import router as planning
from triage.api.public import router as public_directory
from triage.api.teams import router as teams
from triage.api.transfers import router as transfers
from triage.api.whose import Whose
from triage.application.board import board_mark
from triage.application.holdings import holdings
from triage.application.importing import MOST_BYTES
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
from triage.domain.spells import Spells
from triage.domain.team import Team
from triage.domain.unfinished import Unfinished
from triage.events.hears import hears
from triage.events.says import says
from triage.pages import BOARD, QUEUE, routers
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
    "contact_confirmed_on",
)
"""Whoever holds the conversation has to know who it is and how to reach them."""


def wire(database: Database, settings: Settings, clock: Clock) -> Wiring:
    kept = Documents(database, "cases", Case, says=says, service=NAME, clock=clock)
    searches = Documents(database, "home_searches", HomeSearch, says=says, service=NAME, clock=clock)
    plans = Documents(database, "plans", Plan, says=says, service=NAME, clock=clock)
    goals = Documents(database, "personal_goals", PersonalGoal, says=says, service=NAME, clock=clock)
    risks = Documents(database, "risks", Risk, says=says, service=NAME, clock=clock)
    measurements = Documents(database, "measurements", Measurement, says=says, service=NAME, clock=clock)
    spells = Documents(database, "spells", Spells, says=says, service=NAME, clock=clock)
    unfinished = Documents(database, "unfinished_talks", Unfinished, says=says, service=NAME, clock=clock)
    known_teams = Documents(database, "teams", Team, says=says, service=NAME, clock=clock)
    directory = Documents(database, "directory", Entry, says=says, service=NAME, clock=clock)
    places = Documents(database, "places", Place, says=says, service=NAME, clock=clock)

    return Wiring(
        collections=(
            kept,
            searches,
            plans,
            goals,
            risks,
            measurements,
            unfinished,
            spells,
            directory,
            places,
            known_teams,
        ),
        about=Whose(settings.organisation, kept, known_teams, directory, places).kinds,
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
                    spells=spells,
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
            "teams": known_teams,
            "spells": spells,
            "working_days": WorkingDays(settings.bank_holidays),
            "targets": settings.targets,
            "weekly_costs": settings.weekly_pence,
            "offer_terms": settings.offer_terms,
            "providers": settings.providers or {settings.organisation: settings.organisation},
            "live": Live({QUEUE: partial(queue_mark, kept), BOARD: lambda: board_mark(kept, clock.now())}),
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
    routers=(
        public_directory,
        cases,
        clocks,
        offers,
        staff_directory,
        inbox,
        planning,
        measures,
        allocation,
        transfers,
        teams,
        board,
    ),
    settings=Settings,
    wire=wire,
    pages=routers,
    menu=MENU,
    labels=LABELS,
    keeps=KEEPS,
    takes_files={
        "/directory/import": MOST_BYTES + ROOM,
        "/directory/import/start": MOST_BYTES + ROOM,
        "/api/v1/directory-entries/import": MOST_BYTES,
        "/api/v1/directory-entries/import-standard": MOST_BYTES,
    },
)
