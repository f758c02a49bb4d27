"""Details sent once more to a service that came late: of everybody, or of one person."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Query
from starlette.responses import Response

from alliance.web import PathId
from alliance.web.pages import Form, SelectQuestion, Show, attempt, may, page_router, sent
from alliance.web.pages.listing import Cell, Column, Listing, Row
from alliance.web.pages.live import changes_route
from intake.api.giving import TheClock, ThePeople, TheRecipients, TheResendings
from intake.application import resending as ask
from intake.domain.person import Recipients
from intake.domain.resending import Resending as Sending
from intake.domain.resending import ResendingState
from intake.pages.giving import MayResend, MayResendOne, Resending, ResendingOne, SeeingResendings, TheLive

router = page_router()

changes_route(router, "/resendings/changes", "resendings", allowed=may("resending.read"))

After = Annotated[str | None, Query(max_length=200)]
STATES = {
    ResendingState.RUNNING: "Being sent",
    ResendingState.ENDED: "All sent",
    ResendingState.CANCELLED: "Cancelled",
}
COLUMNS = (
    Column("begun", "Begun"),
    Column("service", "To"),
    Column("by", "By"),
    Column("state", "State"),
    Column("looked", "People looked at", numeric=True),
    Column("sent", "Sent", numeric=True),
)


class ServiceQuestion(SelectQuestion):
    def among(self, services: Mapping[str, str]) -> None:
        """Those that the agreement lets receive details, which only the running service knows."""
        self._options = dict(services)


class ServiceForm(Form):
    service = ServiceQuestion("Which service?", {}, missing="Select a service")


class NothingForm(Form):
    """Nothing to fill in: the warning is read, the button says it."""


@router.get("/resendings")
async def list_resendings(_: SeeingResendings, resendings: TheResendings, show: Show, after: After = None) -> Response:
    page = await ask.resendings_so_far(resendings, after=after)
    names, when = await show.names({each.by for each in page.items}), show.shell.environment.filters["when"]
    rows: list[Row] = [
        [
            Cell(when(each.begun_at), href=f"/resendings/{each.id}"),
            _called(each.service, each.to_organisation, show),
            names[each.by],
            STATES[each.state],
            each.looked,
            each.sent,
        ]
        for each in page.items
    ]
    listing = Listing("Details sent once more", COLUMNS, rows, next=page.next, after=after, caption_hidden=True)
    return await show("intake/resendings.html", title="Send details to a newcomer", listing=listing, back="/")


@router.get("/resendings/new")
async def ask_to_whom(_: MayResend, recipients: TheRecipients, show: Show) -> Response:
    return await _asking(ServiceForm.fresh(), recipients, show)


@router.post("/resendings/new")
async def begin(
    command: Resending,
    form: Annotated[ServiceForm, sent(ServiceForm)],
    resendings: TheResendings,
    recipients: TheRecipients,
    clock: TheClock,
    show: Show,
) -> Response:
    _offer(form, recipients, show)
    if form.validate():
        with attempt(form, command):
            await ask.begin_resending(command.id, form.service.data, resendings, recipients, clock)
            return show.done(f"/resendings/{command.id}", "It has begun. You may leave this page; it goes on.")
    return await _asking(form, recipients, show)


@router.get("/resendings/{resending_id}")
async def record(
    resending_id: PathId, _: SeeingResendings, resendings: TheResendings, live: TheLive, show: Show
) -> Response:
    seen = await live.seen("resendings")
    found = await resendings.get(resending_id)
    return await show(
        "intake/resending.html",
        title=f"Details sent to {_called(found.service, found.to_organisation, show)}",
        back="/resendings",
        seen=seen,
        **await _progress(found, show),
    )


@router.get("/resendings/{resending_id}/rows")
async def progress(resending_id: PathId, _: SeeingResendings, resendings: TheResendings, show: Show) -> Response:
    found = await resendings.get(resending_id)
    return await show("intake/resending_rows.html", **await _progress(found, show))


@router.get("/resendings/{resending_id}/cancel")
async def ask_about_cancelling(resending_id: PathId, _: MayResend, resendings: TheResendings, show: Show) -> Response:
    return await _cancelling(await resendings.get(resending_id), NothingForm.fresh(), show)


@router.post("/resendings/{resending_id}/cancel")
async def cancel(
    resending_id: PathId,
    command: Resending,
    form: Annotated[NothingForm, sent(NothingForm)],
    resendings: TheResendings,
    clock: TheClock,
    show: Show,
) -> Response:
    with attempt(form, command):
        await ask.cancel_resending(resending_id, resendings, clock)
        return show.done(f"/resendings/{resending_id}", "Cancelled. What is sent is sent.")
    return await _cancelling(await resendings.get(resending_id), form, show)


@router.get("/people/{person_id}/resend")
async def ask_to_whom_of_one(
    person_id: PathId, _: MayResendOne, people: ThePeople, recipients: TheRecipients, show: Show
) -> Response:
    await people.get(person_id)
    return await _asking_of_one(person_id, ServiceForm.fresh(), recipients, show)


@router.post("/people/{person_id}/resend")
async def resend_one(
    person_id: PathId,
    command: ResendingOne,
    form: Annotated[ServiceForm, sent(ServiceForm)],
    people: ThePeople,
    recipients: TheRecipients,
    show: Show,
) -> Response:
    _offer(form, recipients, show)
    if form.validate():
        with attempt(form, command):
            await ask.resend_person(person_id, form.service.data, people, recipients)
            return show.done(f"/people/{person_id}", "The details are sent once more.")
    return await _asking_of_one(person_id, form, recipients, show)


async def _asking(form: ServiceForm, recipients: Recipients, show: Show) -> Response:
    _offer(form, recipients, show)
    return await show.form(
        form,
        title="Send details to a newcomer",
        submit="Send the details",
        back="/resendings",
        lead="For a service that began after others, or that has lost what it held. Only services are listed that the "
        "agreement lets receive details.",
        warning="The details of everybody whose wish allows it are sent to this service once more. What is sent cannot "
        "be taken back; a service that holds them already ignores it.",
    )


async def _asking_of_one(person_id: str, form: ServiceForm, recipients: Recipients, show: Show) -> Response:
    _offer(form, recipients, show)
    return await show.form(
        form,
        title="Send this person's details once more",
        submit="Send the details",
        back=f"/people/{person_id}",
        lead="For a service that does not have them although it may. Nothing is sent against the person's wish.",
    )


async def _cancelling(found: Sending, form: Form, show: Show) -> Response:
    return await show.form(
        form,
        title="Stop sending details",
        submit="Stop sending",
        back=f"/resendings/{found.id}",
        warning=f"Nobody more is sent. The details of {found.sent:,} people are sent already and stay there.",
    )


async def _progress(found: Sending, show: Show) -> dict[str, Any]:
    return {
        "found": found,
        "state": STATES[found.state],
        "share": _share(found),
        "names": await show.names({found.by}),
    }


def _offer(form: ServiceForm, recipients: Recipients, show: Show) -> None:
    form.service.among({service: _called(service, owner, show) for service, owner in sorted(recipients.items())})


def _called(service: str, organisation: str, show: Show) -> str:
    return f"{show.shell.service_name(service)}, run by {show.shell.organisation_name(organisation)}"


def _share(found: Sending) -> int:
    """About how far, in per cent: ids are spread evenly, so the place of the last one tells."""
    if found.state is ResendingState.ENDED:
        return 100
    return int(found.after[:2], 16) * 100 // 256 if found.after else 0
