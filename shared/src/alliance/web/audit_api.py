"""The audit trail for auditors' machines: every line as it is stored, so that it can be verified elsewhere."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel

from alliance.access import Access
from alliance.access.trail import Trail
from alliance.web.dependencies import given, may

HIGHEST = 10**12

router = APIRouter(prefix="/api/v1/audit", tags=["audit"])


class AuditLines(BaseModel):
    """`next` is what to pass as `after` for the next lines; null once the newest has been handed over."""

    items: list[dict[str, Any]]
    next: int | None


@router.get("/entries")
async def entries(
    _: Annotated[Access, may("audit.export")],
    trail: Annotated[Trail, given("trail")],
    after: Annotated[int, Query(ge=0, lt=HIGHEST, description="the number of the last entry that one has")] = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = 200,
) -> AuditLines:
    """The lines after that number, oldest first. A number that is missing among them is missing in the trail."""
    head = await trail.head()
    lines = await trail.lines(after, limit)
    more = len(lines) == limit or after + limit < head.sequence
    return AuditLines(items=[dict(line) for line in lines], next=after + limit if more else None)
