"""Pages of alerts, alike at each desk: a list that keeps itself fresh, a record with its steps, and taking one on."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from alliance.access import Access
from alliance.store import Stored
from alliance.web.pages import Command, Form, Show, attempt, may, page_doing, page_router, sent
from alliance.web.pages.listing import Listing, Row, csv_of
from alliance.web.pages.live import changes_route
from alliance.web.pages.showing import Showing
from notify.api.giving import TheAlerts, TheClock
from notify.application import alerts as ask
from notify.application.collections import Alerts
from notify.domain.alert import Alert, Standing
from notify.domain.asking import is_asked
from notify.domain.codes import AlertKind
from notify.pages.desks import DESKS, PEOPLE, Desk
from notify.pages.lists import alert_list, alert_row, label, time_left
from notify.pages.steps import steps_of, where_to_look
from notify.pages.words import KIND_COLOURS, STANDING_COLOURS

ON_A_PAGE, IN_A_FILE = 50, 200
TAKEN_ON = "You have taken this alert on. Nobody else is asked after you."

After = Annotated[str | None, Query(pattern=r"^[0-9A-Za-z:.-]{1,200}$")]
OfKind = Annotated[AlertKind | None, Query(alias="kind")]


class AcknowledgeForm(Form):
    """Nothing to fill in."""


@dataclass(frozen=True, kw_only=True)
class Section:
    """The alerts of a desk: those that the viewer has been asked to answer, and those asked of others so far."""

    mine: Listing
    others: Listing | None


async def section_of(desk: Desk, access: Access, alerts: Alerts, now: datetime) -> Section:
    found = (await desk.waiting(alerts, limit=ON_A_PAGE)).items
    mine = [alert for alert in found if is_asked(alert, access.caller.roles, access.caller.subject)]
    others = [alert for alert in found if alert not in mine]
    linked = opens(access, desk)
    return Section(
        mine=alert_list(mine, desk, now, caption=_called(desk), linked=linked),
        others=alert_list(others, desk, now, caption="Asked of others so far", linked=linked) if others else None,
    )


def opens(access: Access, desk: Desk) -> bool:
    """Whether the viewer's roles open any alert of the desk."""
    return access.policy.decide(access.caller, f"{desk.record}.read").allowed


def _called(desk: Desk) -> str:
    return "Waiting for you" if desk is PEOPLE else f"{desk.title} that wait for you"


def desk_router(desk: Desk) -> APIRouter:
    router = page_router(prefix=desk.path)
    changes_route(router, "/changes", desk.record, allowed=may(f"{desk.record}.list"))
    ListedFor = Annotated[Access, may(f"{desk.record}.list")]  # noqa: N806 - a type
    OpenedFor = Annotated[Access, may(f"{desk.record}.read")]  # noqa: N806
    Taking = Annotated[Command, page_doing(f"{desk.record}.acknowledge")]  # noqa: N806
    AlertId = Annotated[str, Path(alias=f"{desk.record}_id")]  # noqa: N806
    record_path = f"/{{{desk.record}_id}}"

    @router.get("")
    async def waiting(
        access: ListedFor, alerts: TheAlerts, clock: TheClock, show: Show, kind: OfKind = None, after: After = None
    ) -> Response:
        page = await desk.waiting(alerts, kind=kind, after=after, limit=ON_A_PAGE)
        listing = alert_list(
            page.items,
            desk,
            clock.now(),
            caption="Waiting for somebody",
            linked=opens(access, desk),
            next_page=page.next,
            after=after,
            kind=kind,
            filtered=desk is PEOPLE,
            csv=f"{desk.path}.csv",
        )
        return await show("notify/list.html", title=desk.title, lead=desk.lead, listing=listing)

    @router.get("/rows")
    async def rows(access: ListedFor, alerts: TheAlerts, clock: TheClock, show: Show) -> Response:
        """What the home page fetches again when something has changed."""
        section = await section_of(desk, access, alerts, clock.now())
        return await show("notify/rows.html", section=section)

    @router.get(record_path)
    async def record(alert_id: AlertId, access: OpenedFor, alerts: TheAlerts, clock: TheClock, show: Show) -> Response:
        stored = await ask.alert_record(alert_id, alerts)
        form = AcknowledgeForm.fresh(version=stored.version)
        return await _record(stored, desk, form, access, clock.now(), show)

    @router.post(f"{record_path}/acknowledge")
    async def acknowledge(
        alert_id: AlertId,
        command: Taking,
        form: Annotated[AcknowledgeForm, sent(AcknowledgeForm)],
        alerts: TheAlerts,
        clock: TheClock,
        show: Show,
    ) -> Response:
        with attempt(form, command):
            by = command.caller.subject
            await ask.acknowledge_alert(alert_id, alerts, clock, by=by, expecting=command.expecting)
            return show.done(f"{desk.path}/{alert_id}", TAKEN_ON)
        stored = await ask.alert_record(alert_id, alerts)
        form.renew(stored.version)
        assert command.access
        return await _record(stored, desk, form, command.access, clock.now(), show)

    return router


async def _record(
    stored: Stored[Alert], desk: Desk, form: Form, access: Access, now: datetime, show: Showing
) -> Response:
    alert = stored.aggregate
    glass = alert.cause.glass if alert.cause else None
    people = {each for each in (alert.acknowledged_by, glass.opened_by if glass else None) if each}
    names = await show.names(people)
    context: dict[str, Any] = {
        "desk": desk,
        "alert": alert,
        "colour": KIND_COLOURS.get(alert.kind, "orange"),
        "standing_colour": STANDING_COLOURS[alert.standing],
        "names": names,
        "glass": glass,
        "next": time_left(alert, now) if alert.standing is Standing.OPEN else None,
        "moments": steps_of(alert, names),
        "look_at": where_to_look(alert, show),
        "may_acknowledge": alert.standing is Standing.OPEN and access.sees(f"{desk.record}.acknowledge"),
        "may_see_messages": desk is PEOPLE and alert.person_id is not None and access.sees("message.list"),
    }
    return await show.form(
        form, title=label(alert.kind), submit="Take it on", back=desk.path, template="notify/alert.html", **context
    )


files = page_router()


def _file_of(desk: Desk) -> None:
    ListedFor = Annotated[Access, may(f"{desk.record}.list")]  # noqa: N806 - a type

    @files.get(f"{desk.path}.csv")
    async def file(_: ListedFor, alerts: TheAlerts, clock: TheClock, kind: OfKind = None) -> Response:
        now = clock.now()

        async def rows() -> AsyncIterator[Row]:
            after: str | None = None
            while True:
                page = await desk.waiting(alerts, kind=kind, after=after, limit=IN_A_FILE)
                for alert in page.items:
                    yield alert_row(alert, desk, now, linked=False)
                if (after := page.next) is None:
                    return

        return csv_of(alert_list([], desk, now, caption=desk.title, linked=False), desk.record, rows())


for _desk in DESKS:
    _file_of(_desk)
routers = (files, *(desk_router(desk) for desk in DESKS))
