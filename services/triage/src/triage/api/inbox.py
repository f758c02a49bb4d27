"""Offers as their provider answers them: nothing of the person in it but the case's id."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict

from alliance.web import Body, Passage, PathId
from triage.api.answers import OfferId
from triage.api.giving import Answering, InboxReading, TheCases, TheClock, ThePlaces
from triage.application import directory as ask
from triage.application import offers
from triage.domain.codes import DeclinedBy, DeclineReason, Support

router = APIRouter(prefix="/api/v1/offers", tags=["offers"])

After = Annotated[str | None, Query(pattern=r"^[a-z0-9-]{1,64} [0-9A-Za-z:.-]{1,100}$")]
Limit = Annotated[int, Query(ge=1, le=200)]


class ProviderDecline(Body):
    """The note stays in the case: no event carries it."""

    reason_code: DeclineReason
    note: Passage | None = None


class Waiting(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: str
    case_id: str
    kind: Support
    service_id: str | None
    offered_at: datetime
    answer_by: datetime | None


class Inbox(BaseModel):
    items: list[Waiting]


@router.get("")
async def inbox(access: InboxReading, places: ThePlaces, after: After = None, limit: Limit = 50) -> Inbox:
    """Offers to the caller's own organisation that nobody has answered, the oldest first."""
    found = await ask.waiting_for_answer(access.caller.organisation, places, after=after, limit=limit)
    return Inbox(items=[Waiting.model_validate(each) for each in found])


@router.post("/{offer_id}/accept")
async def accept(offer_id: PathId, command: Answering, places: ThePlaces, cases: TheCases, clock: TheClock) -> OfferId:
    """The provider has room and expects the person."""
    place = await places.get(offer_id)
    await offers.accept_offer(place.case_id, offer_id, cases, clock, by=DeclinedBy.PROVIDER)
    return OfferId(case_id=place.case_id, offer_id=offer_id)


@router.post("/{offer_id}/decline")
async def decline(
    offer_id: PathId, body: ProviderDecline, command: Answering, places: ThePlaces, cases: TheCases, clock: TheClock
) -> OfferId:
    """The provider cannot; the case is back in the queue, and says who declined."""
    place = await places.get(offer_id)
    await offers.decline_offer(
        place.case_id,
        offer_id,
        cases,
        clock,
        by=DeclinedBy.PROVIDER,
        reason_code=body.reason_code,
        note=body.note or "",
    )
    return OfferId(case_id=place.case_id, offer_id=offer_id)
