"""Placements: the pipeline, the record, and the steps from an offer to a home of one's own."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from alliance.store import Page
from alliance.web import PathId, tag
from alliance.web.fields import UUID_PATTERN
from housing.api.bodies import Acceptance, Close, Decline, Leaving, MoveIn, MoveInCorrection, NamedWorker, NewOffer
from housing.api.giving import (
    After,
    Answering,
    Confirming,
    Correcting,
    EndingSearch,
    Homes,
    Limit,
    Listing,
    MovingOn,
    Naming,
    Now,
    Offering,
    OfferLasts,
    Placements,
    Reading,
    SteppingBack,
    TakingOn,
    TheKnown,
)
from housing.api.shown import OfferId, PlacementId, PlacementPage, PlacementRecord
from housing.application import homes as homes_use
from housing.application import placements as use
from housing.application import queries
from housing.domain.stages import Closing, MoveOn, Stage

router = APIRouter(prefix="/api/v1/placements", tags=["placements"])

CaseId = Annotated[str | None, Query(pattern=UUID_PATTERN, description="only the placement of this case")]


@router.get("")
async def pipeline(
    _: Listing,
    placements: Placements,
    known: TheKnown,
    stage: Stage | None = None,
    case_id: CaseId = None,
    after: After = None,
    limit: Limit = 50,
) -> PlacementPage:
    if case_id:
        page = Page(await queries.placements_of_case(placements, case_id), None)
    else:
        page = await queries.pipeline(placements, stage=stage, after=after, limit=limit)
    return PlacementPage.of(page, await known.deaths([each.person_id for each in page.items]))


@router.get("/{placement_id}")
async def record(
    placement_id: PathId, access: Reading, placements: Placements, known: TheKnown, response: Response
) -> PlacementRecord:
    """The record of one placement, with the person's details for those who may see them, if the person allows it."""
    stored = await queries.record(placement_id, placements)
    tag(response, stored.version)
    may_know = access.sees("placement.see-details")
    reader = access.caller.organisation
    details = await known.details_of(stored.aggregate.person_id, reader=reader) if may_know else None
    return PlacementRecord.of(stored.aggregate, details, await known.died_on(stored.aggregate.person_id))


@router.post("/{placement_id}/offers", status_code=201)
async def offer_home(
    placement_id: PathId,
    body: NewOffer,
    doing: Offering,
    homes: Homes,
    placements: Placements,
    now: Now,
    lasts: OfferLasts,
) -> OfferId:
    """Hold a home for the placement. The offer stands once the placement shows it, or lapses by itself."""
    offer_id = await homes_use.offer_home(
        body.home_id,
        offer_id=doing.id,
        placement_id=placement_id,
        lasts=lasts,
        homes=homes,
        placements=placements,
        clock=now,
        expecting=doing.expecting,
    )
    return OfferId(offer_id=offer_id)


@router.post("/{placement_id}/take-on")
async def take_on(placement_id: PathId, doing: TakingOn, placements: Placements) -> PlacementId:
    """Become a named worker of the person."""
    await use.take_on(placement_id, doing.caller.subject, placements, expecting=doing.expecting)
    return PlacementId(placement_id=placement_id)


@router.post("/{placement_id}/step-back")
async def step_back(placement_id: PathId, doing: SteppingBack, placements: Placements) -> PlacementId:
    """Work with the person no longer."""
    await use.step_back(placement_id, doing.caller.subject, placements, expecting=doing.expecting)
    return PlacementId(placement_id=placement_id)


@router.post("/{placement_id}/name-worker")
async def name_worker(placement_id: PathId, body: NamedWorker, doing: Naming, placements: Placements) -> PlacementId:
    """Make a colleague, also of another organisation, a named worker of the person."""
    await use.take_on(placement_id, body.subject, placements, expecting=doing.expecting)
    return PlacementId(placement_id=placement_id)


@router.post("/{placement_id}/accept")
async def accept(
    placement_id: PathId, body: Acceptance, doing: Answering, placements: Placements, now: Now
) -> PlacementId:
    await use.accept_offer(placement_id, body.offer_id, placements, now, expecting=doing.expecting)
    return PlacementId(placement_id=placement_id)


@router.post("/{placement_id}/decline")
async def decline(
    placement_id: PathId, body: Decline, doing: Answering, placements: Placements, now: Now
) -> PlacementId:
    await use.decline_offer(
        placement_id,
        body.offer_id,
        placements,
        now,
        by=body.by,
        reason_code=body.reason_code,
        expecting=doing.expecting,
    )
    return PlacementId(placement_id=placement_id)


@router.post("/{placement_id}/confirm-move-in")
async def confirm_move_in(
    placement_id: PathId, body: MoveIn, doing: Confirming, placements: Placements, now: Now
) -> PlacementId:
    await use.confirm_move_in(placement_id, body.moved_in_on, placements, now, expecting=doing.expecting)
    return PlacementId(placement_id=placement_id)


@router.post("/{placement_id}/correct-move-in")
async def correct_move_in(
    placement_id: PathId, body: MoveInCorrection, doing: Correcting, placements: Placements, now: Now
) -> PlacementId:
    await use.correct_move_in(
        placement_id, body.moved_in_on, placements, now, reason_code=body.reason_code, expecting=doing.expecting
    )
    return PlacementId(placement_id=placement_id)


@router.post("/{placement_id}/move-on")
async def move_on(
    placement_id: PathId, body: Leaving, doing: MovingOn, placements: Placements, now: Now
) -> PlacementId:
    leaving = MoveOn(on=body.moved_on_on, destination=body.destination, reason_code=body.reason_code)
    await use.move_on(placement_id, leaving, placements, now, expecting=doing.expecting)
    return PlacementId(placement_id=placement_id)


@router.post("/{placement_id}/close")
async def close(
    placement_id: PathId, body: Close, doing: EndingSearch, placements: Placements, now: Now
) -> PlacementId:
    closing = Closing(reason_code=body.reason_code, at=now.now())
    await use.close_placement(placement_id, closing, placements, expecting=doing.expecting)
    return PlacementId(placement_id=placement_id)
