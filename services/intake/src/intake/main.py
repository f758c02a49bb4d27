"""The front door, put together: the only module that knows all the others."""

from importlib.metadata import version

from alliance.kernel import Clock
from alliance.service import Service, Wiring
from alliance.store import Database, Documents
from intake.api.introductions import router as introductions
from intake.api.people import router as people
from intake.api.public import router as public
from intake.domain.introduction import Introduction
from intake.domain.person import Person
from intake.domain.progress import Progress
from intake.events.hears import hears
from intake.events.says import says
from intake.settings import Settings

NAME = "intake"


def wire(database: Database, settings: Settings, clock: Clock) -> Wiring:
    kept = Documents(database, "introductions", Introduction, says=says, service=NAME, clock=clock)
    known = Documents(database, "people", Person, says=says, service=NAME, clock=clock)
    progresses = Documents(database, "progresses", Progress, says=says, service=NAME, clock=clock)
    return Wiring(
        collections=(kept, known, progresses),
        given={
            "introductions": kept,
            "people": known,
            "progresses": progresses,
            "recipients": settings.recipients,
            "promise": settings.promise,
            "clock": clock,
        },
    )


service = Service(
    name=NAME,
    title="Living Well: the front door",
    version=version("livingwell-intake"),
    hears=hears,
    says=says,
    routers=(public, introductions, people),
    settings=Settings,
    wire=wire,
)
