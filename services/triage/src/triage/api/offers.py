"""Offers of support from the directory, on a case."""

from typing import Annotated, Any

from fastapi import APIRouter, Query

from alliance.web import PathId
from triage.api.answers import CaseId, OfferId
from triage.api.bodies import Decline, End, OfferBody, Start, Withdrawal
from triage.api.entries import FitAnswer, Fits
from triage.api.giving import (
    Choosing,
    Offering,
    TheCases,
    TheClock,
    TheCosts,
    TheDirectory,
    TheKnown,
    ThePlaces,
    TheShowcase,
    TheTerms,
)
from triage.application import offers as ask
from triage.application.fitting import fits_for, offer_entry, wants_for
from triage.domain.offer import Offered

router = APIRouter(prefix="/api/v1/cases/{case_id}/offers", tags=["offers"])

Area = Annotated[str | None, Query(max_length=60)]


@router.get("/fits")
async def fits(
    case_id: PathId,
    access: Choosing,
    cases: TheCases,
    known: TheKnown,
    showcase: TheShowcase,
    clock: TheClock,
    area: Area = None,
) -> Fits:
    """Every entry of the directory, what fits this person best first, and why. Nothing is left out."""
    case, today = await cases.get(case_id), clock.now().date()
    reader = access.caller.organisation if access.sees("case.see-details") else None
    wants = await wants_for(case, known, today, reader=reader, area=area)
    return Fits(items=[FitAnswer.of(fit) for fit in await fits_for(case, wants, showcase, clock)])


@router.post("", status_code=201)
async def offer(
    case_id: PathId,
    body: OfferBody,
    command: Offering,
    cases: TheCases,
    directory: TheDirectory,
    places: ThePlaces,
    terms: TheTerms,
    clock: TheClock,
) -> OfferId:
    """Offer support, one live offer of the same at a time. What the directory warns of needs `anyway`."""
    known: dict[str, Any] = {"anyway": body.anyway, "expecting": command.expecting}
    if body.service_id:
        await offer_entry(case_id, command.id, body.service_id, cases, directory, places, terms, clock, **known)
    elif body.kind and body.provider_id:
        what = Offered(kind=body.kind, provider_id=body.provider_id)
        await ask.offer_support(case_id, command.id, what, cases, terms, clock, **known)
    return OfferId(case_id=case_id, offer_id=command.id)


@router.post("/{offer_id}/accept")
async def accept(case_id: PathId, offer_id: PathId, command: Offering, cases: TheCases, clock: TheClock) -> OfferId:
    """The person says yes."""
    await ask.accept_offer(case_id, offer_id, cases, clock, expecting=command.expecting)
    return OfferId(case_id=case_id, offer_id=offer_id)


@router.post("/{offer_id}/decline")
async def decline(
    case_id: PathId, offer_id: PathId, body: Decline, command: Offering, cases: TheCases, clock: TheClock
) -> OfferId:
    """The person or the provider says no; the case is back in the queue."""
    await ask.decline_offer(
        case_id,
        offer_id,
        cases,
        clock,
        by=body.by,
        reason_code=body.reason_code,
        note=body.note or "",
        expecting=command.expecting,
    )
    return OfferId(case_id=case_id, offer_id=offer_id)


@router.post("/{offer_id}/withdraw")
async def withdraw(
    case_id: PathId, offer_id: PathId, body: Withdrawal, command: Offering, cases: TheCases, clock: TheClock
) -> OfferId:
    """We take the offer back before support has begun; this is nobody's decline."""
    await ask.withdraw_offer(case_id, offer_id, cases, clock, reason=body.reason_code, expecting=command.expecting)
    return OfferId(case_id=case_id, offer_id=offer_id)


@router.post("/{offer_id}/start")
async def start(
    case_id: PathId,
    offer_id: PathId,
    body: Start,
    command: Offering,
    cases: TheCases,
    costs: TheCosts,
    clock: TheClock,
) -> OfferId:
    """Support began."""
    await ask.start_support(case_id, offer_id, body.started_at, cases, costs, clock, expecting=command.expecting)
    return OfferId(case_id=case_id, offer_id=offer_id)


@router.post("/{offer_id}/end")
async def end(
    case_id: PathId,
    offer_id: PathId,
    command: Offering,
    cases: TheCases,
    clock: TheClock,
    body: End | None = None,
) -> OfferId:
    """Support has come to its end."""
    reason = (body or End()).reason_code
    await ask.end_support(case_id, offer_id, cases, clock, reason=reason, expecting=command.expecting)
    return OfferId(case_id=case_id, offer_id=offer_id)


@router.post("/see-to-declines")
async def see_to_declines(case_id: PathId, command: Offering, cases: TheCases) -> CaseId:
    """A worker knows what was declined or has lapsed, and what else is offered is enough for now."""
    await ask.see_to_declines(case_id, cases, expecting=command.expecting)
    return CaseId(case_id=case_id)
