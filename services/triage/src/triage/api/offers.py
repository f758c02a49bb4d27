"""Offers of support from the directory, on a case."""

from fastapi import APIRouter

from alliance.web import PathId
from triage.api.answers import OfferId
from triage.api.bodies import Decline, OfferBody, Start
from triage.api.giving import Offering, TheCases, TheClock, TheCosts
from triage.application import offers as ask

router = APIRouter(prefix="/api/v1/cases/{case_id}/offers", tags=["offers"])


@router.post("", status_code=201)
async def offer(case_id: PathId, body: OfferBody, command: Offering, cases: TheCases, clock: TheClock) -> OfferId:
    """Offer a kind of support; one live offer of a kind at a time."""
    await ask.offer_support(case_id, command.id, body.kind, body.provider_id, cases, clock, expecting=command.expecting)
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
        case_id, offer_id, cases, clock, by=body.by, reason_code=body.reason_code, expecting=command.expecting
    )
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
async def end(case_id: PathId, offer_id: PathId, command: Offering, cases: TheCases, clock: TheClock) -> OfferId:
    """Support has come to its end."""
    await ask.end_support(case_id, offer_id, cases, clock, expecting=command.expecting)
    return OfferId(case_id=case_id, offer_id=offer_id)
