"""Commitments: what is promised for each stay."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from alliance.web import PathId, tag
from alliance.web.fields import UUID_PATTERN
from finance.api.giving import After, Limit, Listing, Reading, TheCommitments, Year
from finance.api.shown import CommitmentPage, CommitmentShown
from finance.application import queries

router = APIRouter(prefix="/api/v1/commitments", tags=["commitments"])

PlacementId = Annotated[str | None, Query(pattern=UUID_PATTERN, description="only the commitments of this placement")]


@router.get("")
async def commitments_of(
    _: Listing,
    commitments: TheCommitments,
    year: Year = None,
    placement_id: PlacementId = None,
    after: After = None,
    limit: Limit = 50,
) -> CommitmentPage:
    if placement_id:
        found = await queries.commitments_of_placement(commitments, placement_id)
        return CommitmentPage(items=[CommitmentShown.of(each) for each in found], next=None)
    return CommitmentPage.of(await queries.commitments_of(commitments, year=year, after=after, limit=limit))


@router.get("/{commitment_id}")
async def record(commitment_id: PathId, _: Reading, commitments: TheCommitments, response: Response) -> CommitmentShown:
    stored = await commitments.read(commitment_id)
    tag(response, stored.version)
    return CommitmentShown.of(stored.aggregate)
