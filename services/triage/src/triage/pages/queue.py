"""The queue: who is waiting, in which order and why, as a page that keeps itself fresh and as a file."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Query
from starlette.responses import Response

from alliance.access import Access
from alliance.web.pages import Show, may, page_router
from alliance.web.pages.listing import Choice, Filters, Listing, Row, csv_of
from alliance.web.pages.live import changes_route
from triage.api.giving import TheCases, TheClock
from triage.application.collections import Cases
from triage.application.queries import PAGE, work_queue
from triage.domain.codes import Priority
from triage.pages.asking import Queue
from triage.pages.lists import COLUMNS, row, rows
from triage.pages.telling import longest
from triage.pages.words import options

QUEUE = "queue"
FILE_PAGE = 200

router = page_router()

After = Annotated[str | None, Query(pattern=r"^open:[0-9A-Za-z:.-]{1,150}$")]
OfPriority = Annotated[str, Query(alias="priority", pattern=r"^[1-4]?$")]

changes_route(router, "/cases/changes", QUEUE, allowed=may("case.list"))


@router.get("/cases")
async def queue(
    access: Queue, cases: TheCases, clock: TheClock, show: Show, of: OfPriority = "", after: After = None
) -> Response:
    asked = {name: value for name, value in (("priority", of), ("after", after)) if value}
    return await show(
        "triage/queue.html",
        title="Queue",
        **await _shown(cases, clock.now(), access, of, after),
        fragment="/cases/rows" + (f"?{urlencode(asked)}" if asked else ""),
    )


@router.get("/cases/rows")
async def rows_alone(
    access: Queue, cases: TheCases, clock: TheClock, show: Show, of: OfPriority = "", after: After = None
) -> Response:
    """What the page fetches again when something has changed."""
    return await show("triage/rows.html", **await _shown(cases, clock.now(), access, of, after))


@router.get("/cases.csv")
async def file(_: Queue, cases: TheCases, clock: TheClock, of: OfPriority = "") -> Response:
    return csv_of(Listing("Who is waiting", COLUMNS, ()), "queue", _all_rows(cases, clock.now(), of))


async def _shown(cases: Cases, now: datetime, access: Access, of: str, after: str | None) -> dict[str, Any]:
    page = await work_queue(cases, after=after, limit=PAGE, priority=Priority(of) if of else None)
    listing = Listing(
        caption="Who is waiting",
        columns=COLUMNS,
        rows=rows(page.items, now, links=opens_cases(access)),
        next=page.next,
        after=after,
        filters=Filters([Choice("priority", "Priority", [("", "All"), *options(Priority).items()], of)]),
        empty="Nobody is waiting. Cases come here when the front door has accepted an introduction.",
        csv="/cases.csv",
    )
    return {"listing": listing, "longest": longest(page.items, now)}


async def _all_rows(cases: Cases, now: datetime, of: str) -> AsyncIterator[Row]:
    after: str | None = None
    while True:
        page = await work_queue(cases, after=after, limit=FILE_PAGE, priority=Priority(of) if of else None)
        for case in page.items:
            yield row(case, now)
        if (after := page.next) is None:
            return


def opens_cases(access: Access) -> bool:
    """Whether the caller's role opens any case at all."""
    return access.policy.decide(access.caller, "case.read").allowed
