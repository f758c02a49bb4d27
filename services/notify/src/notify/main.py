"""Notify, put together: the only module that knows all the others."""

from importlib.metadata import version

from alliance.kernel import Clock
from alliance.service import Service, Wiring
from alliance.store import Database, Documents
from notify.adapters.catcher import Catcher
from notify.api.alerts import router as alerts
from notify.api.messages import router as messages
from notify.application.courier import Courier
from notify.domain.alert import Alert
from notify.domain.details import Details
from notify.domain.message import Message
from notify.events.hears import hears
from notify.events.says import says
from notify.settings import Settings

NAME = "notify"


def wire(database: Database, settings: Settings, clock: Clock) -> Wiring:
    raised = Documents(database, "alerts", Alert, says=says, service=NAME, clock=clock)
    written = Documents(database, "messages", Message, says=says, service=NAME, clock=clock)
    details = Documents(database, "person_details", Details, says=says, service=NAME, clock=clock)
    courier = Courier(written, details, Catcher(), clock, organisation=settings.organisation)
    return Wiring(
        collections=(raised, written, details),
        given={
            "alerts": raised,
            "messages": written,
            "person_details": details,
            "steps_seconds": settings.steps_seconds,
            "details_wait": settings.details_wait,
            "organisation": settings.organisation,
            "clock": clock,
        },
        workers=(courier.run,),
    )


service = Service(
    name=NAME,
    title="Living Well: nobody is forgotten",
    version=version("livingwell-notify"),
    hears=hears,
    says=says,
    routers=(alerts, messages),
    settings=Settings,
    wire=wire,
)
