"""Notify, put together: the only module that knows all the others."""

import re
from functools import partial
from importlib.metadata import version

from alliance.access import About
from alliance.kernel import Clock, Unknown
from alliance.service import Service, Wiring
from alliance.service.knowing import knowing
from alliance.store import Database, Documents
from alliance.web.fields import UUID_PATTERN
from alliance.web.pages.live import Live
from alliance.web.pages.templating import ago, day, labelling
from notify.adapters.catcher import Catcher
from notify.adapters.smtp import Mail
from notify.api.alerts import router as alerts
from notify.api.messages import router as messages
from notify.application.alerts import open_mark
from notify.application.courier import Courier
from notify.application.holdings import holdings
from notify.application.morning_round import MorningRound
from notify.domain.alert import Alert
from notify.domain.codes import AlertKind
from notify.domain.digest import Digest
from notify.domain.digest_letters import Words
from notify.domain.key_worker import KeyWorker
from notify.domain.message import Message
from notify.domain.wording import Wordings
from notify.events.hears import hears
from notify.events.says import says
from notify.pages.alerts import routers as alert_pages
from notify.pages.desks import DESKS
from notify.pages.digest import router as digest_page
from notify.pages.home import router as home
from notify.pages.messages import router as message_pages
from notify.pages.words import LABELS, MENU
from notify.settings import Settings

NAME = "notify"
KEEPS = ("call_me", "contact_points", "interpreter_language")
"""Where a message goes, how it begins, and in which language it is."""

WORDS = Words(kind=labelling(LABELS), ago=ago, day=day)


def way_out(settings: Settings, clock: Clock) -> Mail | Catcher:
    """By mail where a mail server is named; else nothing leaves."""
    if settings.mail_server is None or settings.mail_from is None:
        return Catcher(meant=settings.environment == "development")
    return Mail(settings.mail_server, sender=settings.mail_from, clock=clock)


def wire(database: Database, settings: Settings, clock: Clock) -> Wiring:
    raised = Documents(database, "alerts", Alert, says=says, service=NAME, clock=clock)
    written = Documents(database, "messages", Message, says=says, service=NAME, clock=clock)
    knows = knowing(
        NAME,
        database=database,
        clock=clock,
        organisation=settings.organisation,
        keeps=KEEPS,
        holdings=holdings(written, raised),
    )
    key_workers = Documents(database, "key_workers", KeyWorker, says=says, service=NAME, clock=clock)
    wordings = Wordings.shipped().using(settings.languages, unchecked=settings.environment == "development")
    post = way_out(settings, clock)
    courier = Courier(written, knows["known"], wordings, post, clock, organisation=settings.organisation)

    digests = Documents(database, "digests", Digest, says=says, service=NAME, clock=clock)
    morning_round = MorningRound(
        digests,
        raised,
        post,
        clock,
        settings.mornings,
        WORDS,
        url=settings.own_url,
        organisation=settings.organisation,
    )

    async def whose_alert(alert_id: str) -> About:
        alert = await raised.get(alert_id)
        if alert.is_about_access:
            raise Unknown("There is nothing by that id here.")
        return About(record="alert", id=alert_id, person_id=alert.person_id, organisation=settings.organisation)

    async def whose_budget_alert(alert_id: str) -> About:
        if (await raised.get(alert_id)).kind is not AlertKind.BUDGET_THRESHOLD:
            raise Unknown("There is nothing by that id here.")
        return About(record="budget_alert", id=alert_id, organisation=settings.organisation)

    async def whose_access_alert(alert_id: str) -> About:
        """About who looked, not about the person: it opens to the governance lead also where that is restricted."""
        if not (await raised.get(alert_id)).is_about_access:
            raise Unknown("There is nothing by that id here.")
        return About(record="access_alert", id=alert_id, organisation=settings.organisation)

    async def whose_messages(person_id: str) -> About:
        if not re.fullmatch(UUID_PATTERN, person_id):
            raise Unknown("There is nothing by that id here.")
        return About(record="person", id=person_id, person_id=person_id, organisation=settings.organisation)

    async def whose_message(message_id: str) -> About:
        person_id = (await written.get(message_id)).person_id
        return About(record="message", id=message_id, person_id=person_id, organisation=settings.organisation)

    return Wiring(
        collections=(raised, written, key_workers, digests),
        about={
            "alert": whose_alert,
            "budget_alert": whose_budget_alert,
            "access_alert": whose_access_alert,
            "person": whose_messages,
            "message": whose_message,
        },
        given={
            "alerts": raised,
            "messages": written,
            "wordings": wordings,
            **knows,
            "key_workers": key_workers,
            "digests": digests,
            "mornings": settings.mornings,
            "steps_seconds": settings.steps_seconds,
            "details_wait": settings.details_wait,
            "organisation": settings.organisation,
            "outbox": post,
            "live": Live(
                {desk.record: partial(open_mark, raised, audience=desk.audience, kind=desk.kind) for desk in DESKS}
            ),
            "clock": clock,
        },
        workers=(courier.run, morning_round.run),
        watched={"mail": post.check},
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
    pages=(home, *alert_pages, message_pages, digest_page),
    menu=MENU,
    labels=LABELS,
    keeps=KEEPS,
)
