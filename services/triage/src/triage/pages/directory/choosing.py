"""What would fit this person: every entry with its reasons, and offering one of them."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import Query
from starlette.responses import Response

from alliance.kernel import LONDON
from alliance.web import PathId
from alliance.web.pages import Show, attempt, page_router, sent
from triage.api.giving import TheDirectory, TheKnown, ThePlaces, TheShowcase, TheTerms
from triage.application.directory import entry_named
from triage.application.fitting import fit_for, fits_for, offer_entry, wants_for
from triage.domain.fit import Fit, Wants
from triage.pages.asking import MayOffer, Offering
from triage.pages.desk import OnDesk, Step
from triage.pages.directory.forms import OfferEntryForm
from triage.pages.directory.reading import about_rows, standing_rows
from triage.pages.directory.telling import Names, reasons
from triage.pages.words import label

router = page_router(prefix="/cases/{case_id}/offer-support")

FIRST = 12
"""So many are shown before somebody asks for all."""
Area = Annotated[str, Query(max_length=60)]


@router.get("/directory", dependencies=[MayOffer])
async def choose(
    desk: OnDesk,
    showcase: TheShowcase,
    known: TheKnown,
    show: Show,
    area: Area = "",
    every: Annotated[str, Query(alias="all", pattern=r"^(yes)?$")] = "",
) -> Response:
    """What fits best comes first; nothing is left out for what it asks of people."""
    case, now = await desk.cases.get(desk.case_id), desk.clock.now()
    reader = show.access.caller.organisation if show.access and show.access.sees("case.see-details") else None
    wants = await wants_for(case, known, now.astimezone(LONDON).date(), reader=reader, area=area or None)
    fits = await fits_for(case, wants, showcase, desk.clock)
    shown = fits if every else fits[:FIRST]
    return await show(
        "triage/directory/choose.html",
        title="What would fit",
        back=f"/cases/{case.id}",
        case_id=case.id,
        cards=[_card(fit, wants, now, desk.providers, case.id) for fit in shown],
        more=len(fits) - len(shown),
        area=area,
        areas=sorted({each for fit in fits for each in fit.entry.says.areas}),
    )


@router.get("/{entry_id}", dependencies=[MayOffer])
async def ask_about_entry(
    entry_id: PathId, desk: OnDesk, directory: TheDirectory, places: ThePlaces, known: TheKnown, show: Show
) -> Response:
    form = await desk.empty(OfferEntryForm)
    return await _page(form, entry_id, desk, directory, places, known, show)


@router.post("/{entry_id}")
async def offer(
    entry_id: PathId,
    command: Offering,
    form: Annotated[OfferEntryForm, sent(OfferEntryForm)],
    desk: OnDesk,
    directory: TheDirectory,
    places: ThePlaces,
    known: TheKnown,
    terms: TheTerms,
    show: Show,
) -> Response:
    if form.validate():
        with attempt(form, command):
            await offer_entry(
                desk.case_id,
                command.id,
                entry_id,
                desk.cases,
                directory,
                places,
                terms,
                desk.clock,
                anyway=bool(form.confirm.data),
                expecting=command.expecting,
            )
            return desk.done("Support is offered.")
    return await _page(form, entry_id, desk, directory, places, known, show)


async def _page(
    form: OfferEntryForm,
    entry_id: str,
    desk: OnDesk,
    directory: TheDirectory,
    places: ThePlaces,
    known: TheKnown,
    show: Show,
) -> Response:
    case, now = await desk.cases.get(desk.case_id), desk.clock.now()
    entry = await entry_named(entry_id, directory)
    reader = show.access.caller.organisation if show.access and show.access.sees("case.see-details") else None
    wants = await wants_for(case, known, now.astimezone(LONDON).date(), reader=reader, area=None)
    fit = await fit_for(case, entry, wants, places, desk.clock)
    if not fit.asks:
        del form.confirm
    return await desk.page(
        Step(
            title=f"Offer {entry.says.name}",
            submit="Offer it",
            lead="While an offer is open or support is running, the case is out of the queue. A decline puts it back.",
            reaches=True,
        ),
        form,
        template="triage/directory/offer.html",
        reasons=reasons(fit, wants, now, desk.providers),
        asks=bool(fit.asks),
        now_rows=standing_rows(fit.standing, desk.providers, desk.clock),
        about_rows=about_rows(entry.says),
    )


def _card(fit: Fit, wants: Wants, now: datetime, providers: Names, case_id: str) -> dict[str, Any]:
    says = fit.entry.says
    return {
        "heading": says.name,
        "kind": label(says.kind),
        "provider": fit.entry.given_by(providers),
        "description": says.description,
        "reasons": reasons(fit, wants, now, providers),
        "href": f"/cases/{case_id}/offer-support/{fit.entry.id}",
        "asks": bool(fit.asks),
    }
