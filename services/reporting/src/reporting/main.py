"""Reporting, put together: the only module that knows all the others."""

from collections.abc import Sequence
from importlib.metadata import version

from alliance.contracts import Envelope
from alliance.kernel import Clock
from alliance.people import KnownPerson
from alliance.service import Service, Wiring
from alliance.service.knowing import COLLECTION, knowing
from alliance.store import Database, Documents
from reporting.api.months import router as months
from reporting.api.scorecard import router as scorecard
from reporting.application.folding import Folding
from reporting.application.holdings import holdings
from reporting.application.sheets import Sheets
from reporting.application.splitting import Splits
from reporting.domain.course import Course
from reporting.domain.equality import Equality
from reporting.domain.month import Month
from reporting.domain.sheet import Sheet
from reporting.events.hears import hears
from reporting.events.replaying import put_batch
from reporting.events.says import says
from reporting.pages.equality import router as equality_pages
from reporting.pages.figures import router as figure_pages
from reporting.pages.months import router as month_pages
from reporting.pages.outcomes import router as outcome_pages
from reporting.pages.words import LABELS, MENU
from reporting.settings import Settings

NAME = "reporting"


def wire(database: Database, settings: Settings, clock: Clock) -> Wiring:
    kept = Documents(database, "months", Month, says=says, service=NAME, clock=clock)
    kept_sheets = Documents(database, "sheets", Sheet, says=says, service=NAME, clock=clock)
    equalities = Documents(database, "equalities", Equality, service=NAME, clock=clock)
    courses = Documents(database, "courses", Course, service=NAME, clock=clock)
    known = Documents(database, COLLECTION, KnownPerson, service=NAME, clock=clock)
    sheets = Sheets(kept_sheets, organisation=settings.organisation)
    folding = Folding(
        kept_sheets,
        kept,
        clock,
        organisation=settings.organisation,
        close_after_days=settings.close_after_days,
    )

    async def replay_batch(envelopes: Sequence[Envelope]) -> None:
        await put_batch(envelopes, sheets, folding)

    return Wiring(
        collections=(kept,),
        given={
            "months": kept,
            "kept_sheets": kept_sheets,
            "sheets": sheets,
            "folding": folding,
            "equalities": equalities,
            "courses": courses,
            "splits": Splits(kept=equalities, known=known),
            "clock": clock,
            **knowing(
                NAME,
                database=database,
                clock=clock,
                organisation=settings.organisation,
                holdings=holdings(equalities, courses),
            ),
        },
        workers=(folding.run,),
        replay_batch=replay_batch,
    )


service = Service(
    name=NAME,
    title="Living Well: outcomes everybody can see",
    version=version("livingwell-reporting"),
    hears=hears,
    says=says,
    routers=(scorecard, months),
    settings=Settings,
    wire=wire,
    replayable=True,
    pages=(figure_pages, month_pages, outcome_pages, equality_pages),
    menu=MENU,
    labels=LABELS,
)
