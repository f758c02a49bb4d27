"""Offers to one's own organisation that wait for its answer: who may know the person sees who it is."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from starlette.responses import Response

from alliance.access import Access, Caller, Refused
from alliance.people import Known
from alliance.web import PathId
from alliance.web.pages import Form, Show, attempt, page_router, sent
from alliance.web.pages.listing import Cell, Column, Listing, Row
from alliance.web.pages.templating import ago, when
from triage.api.giving import TheCases, TheClock, TheDirectory, TheKnown, ThePlaces
from triage.application import directory as ask
from triage.application import offers
from triage.application.collections import Directory, Places
from triage.domain.codes import DeclinedBy
from triage.domain.place import Place
from triage.pages.directory.asking import Answering, Inbox, MayAnswer
from triage.pages.directory.forms import AcceptForm, ProviderDeclineForm
from triage.pages.telling import reference
from triage.pages.words import label

MOST = 50

router = page_router(prefix="/offers")

COLUMNS = (
    Column("who", "Who"),
    Column("what", "What"),
    Column("offered", "Offered"),
    Column("by", "Answer by"),
    Column("accept", "Yes"),
    Column("decline", "No"),
)


@router.get("")
async def waiting(
    access: Inbox, places: ThePlaces, directory: TheDirectory, known: TheKnown, clock: TheClock, show: Show
) -> Response:
    own = access.caller.organisation
    found = await ask.waiting_for_answer(own, places, after=None, limit=MOST)
    names = await _called(found, access.caller, known, show)
    now = clock.now()
    rows: list[Row] = [
        [
            names.get(place.id) or f"Case {reference(place.case_id)}",
            await _what(place, directory),
            Cell(when(place.offered_at), value=place.offered_at),
            Cell(ago(place.answer_by, now) if place.answer_by else "", value=place.answer_by),
            Cell("Accept", href=f"/offers/{place.id}/accept", visually_hidden=f"case {reference(place.case_id)}"),
            Cell("Decline", href=f"/offers/{place.id}/decline", visually_hidden=f"case {reference(place.case_id)}"),
        ]
        for place in found
    ]
    return await show(
        "triage/directory/inbox.html",
        title="Offers to us",
        shown=Listing(
            f"Offers to {show.shell.organisation_name(own)} that wait for an answer",
            COLUMNS,
            rows,
            empty="No offer waits for your answer.",
        ),
    )


@router.get("/{offer_id}/accept", dependencies=[MayAnswer])
async def ask_about_accepting(offer_id: PathId, places: ThePlaces, directory: TheDirectory, show: Show) -> Response:
    return await _page(AcceptForm.fresh(), offer_id, places, directory, show, yes=True)


@router.post("/{offer_id}/accept")
async def accept(
    offer_id: PathId,
    command: Answering,
    form: Annotated[AcceptForm, sent(AcceptForm)],
    places: ThePlaces,
    directory: TheDirectory,
    cases: TheCases,
    clock: TheClock,
    show: Show,
) -> Response:
    with attempt(form, command):
        place = await places.get(offer_id)
        await offers.accept_offer(place.case_id, offer_id, cases, clock, by=DeclinedBy.PROVIDER)
        return show.done("/offers", "The offer is accepted, and a place is kept.")
    return await _page(form, offer_id, places, directory, show, yes=True)


@router.get("/{offer_id}/decline", dependencies=[MayAnswer])
async def ask_about_declining(offer_id: PathId, places: ThePlaces, directory: TheDirectory, show: Show) -> Response:
    return await _page(ProviderDeclineForm.fresh(), offer_id, places, directory, show, yes=False)


@router.post("/{offer_id}/decline")
async def decline(
    offer_id: PathId,
    command: Answering,
    form: Annotated[ProviderDeclineForm, sent(ProviderDeclineForm)],
    places: ThePlaces,
    directory: TheDirectory,
    cases: TheCases,
    clock: TheClock,
    show: Show,
) -> Response:
    if form.validate():
        place = await places.get(offer_id)
        why, note = form.reason.data, form.note.data or ""
        with attempt(form, command):
            await offers.decline_offer(
                place.case_id, offer_id, cases, clock, by=DeclinedBy.PROVIDER, reason_code=why, note=note
            )
            return show.done("/offers", "The offer is declined. The case is back in the queue, and says so.")
    return await _page(form, offer_id, places, directory, show, yes=False)


async def _page(form: Form, offer_id: str, places: Places, directory: Directory, show: Show, *, yes: bool) -> Response:
    place = await places.get(offer_id)
    late = place.accepted_at is not None and not yes
    return await show.form(
        form,
        title="Accept this offer" if yes else "Decline this offer",
        submit="We have room, and expect the person" if yes else "Record the decline",
        back="/offers",
        lead=f"{await _what(place, directory)}, case {reference(place.case_id)}, offered on {when(place.offered_at)}.",
        warning=(
            "It was accepted before. The person’s key worker is told at once."
            if late
            else None
            if yes
            else "The case goes back to its place in the queue, and says that you declined and why."
        ),
    )


async def _what(place: Place, directory: Directory) -> str:
    entry = await directory.find(place.service_id) if place.service_id else None
    return entry.says.name if entry else label(place.kind)


async def _called(found: Sequence[Place], caller: Caller, known: Known, show: Show) -> Mapping[str, str]:
    """What to call the people, where the caller may know; each look at a name is noted."""
    names = {}
    for place in found:
        try:
            seen: Access = await show.control.allow(caller, "case.see-details", place.case_id)
        except Refused:
            continue
        details = await known.details_of(place.person_id, reader=caller.organisation)
        if details and (name := details.call_me or details.full_name):
            await show.control.done(seen, "case.see-details", "shown")
            names[place.id] = name
    return names
