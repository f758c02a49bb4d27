"""What needs me now, and the queue."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import Query
from starlette.responses import RedirectResponse, Response

from alliance.kernel import Unknown
from alliance.web.pages import Show, may, page_router, sent
from alliance.web.pages.listing import Listing as ListOf
from alliance.web.pages.listing import csv_of
from alliance.web.pages.live import changes_route
from intake.api.giving import TheClock, TheErasures, TheIntroductions, TheRecordRequests
from intake.application.queries import Part, by_reference, part_of_queue
from intake.application.rights import late_requests
from intake.pages.forms import FindForm
from intake.pages.giving import Home, Listing, TheLive
from intake.pages.lists import all_rows, late_listing, queue_listing, short_listing

router = page_router()

FIRST = 5
After = Annotated[str | None, Query(max_length=200)]

changes_route(router, "/introductions/changes", "queue", allowed=may("introduction.list"))


@router.get("/")
async def home(
    access: Home,
    introductions: TheIntroductions,
    erasures: TheErasures,
    record_requests: TheRecordRequests,
    clock: TheClock,
    show: Show,
) -> Response:
    now, subject = clock.now(), access.caller.subject
    listings: list[tuple[ListOf, str | None]] = []
    if access.sees("rights.list") and (late := await late_requests(erasures, record_requests, now)):
        listings.append((late_listing(late, now), "/rights"))
    if access.sees("introduction.list"):
        for part, caption in (
            (Part.UNSAFE, "Somebody may be in danger"),
            (Part.OVERDUE, "Overdue"),
            (Part.TO_CONTACT, "To be contacted now"),
            (Part.REACH_CHANGED, "How to reach them has changed"),
            (Part.MINE, "Taken on by me"),
            (Part.UNASSIGNED, "Nobody has taken on yet"),
        ):
            page = await part_of_queue(introductions, part, of=subject, now=now, limit=FIRST)
            more = f"/introductions?show={part.value}" if page.next else None
            listings.append((short_listing(caption, page.items, part, {}, now), more))
    return await show("intake/home.html", title="What needs me now", listings=listings)


@router.get("/introductions")
async def queue(
    access: Listing,
    introductions: TheIntroductions,
    clock: TheClock,
    live: TheLive,
    show: Show,
    part: Annotated[Part, Query(alias="show")] = Part.ALL,
    after: After = None,
) -> Response:
    seen = await live.seen("queue")
    listing = await _queue(access, introductions, clock, show, part, after)
    return await show(
        "intake/queue.html",
        title="Queue",
        wide=True,
        listing=listing,
        seen=seen,
        rows=f"/introductions/rows{_query(part, after)}",
        find=FindForm.fresh(),
    )


@router.get("/introductions/find")
async def ask_what_to_find(_: Listing, show: Show) -> Response:
    return await _finding(FindForm.fresh(), show)


@router.post("/introductions/find")
async def find(
    _: Listing, form: Annotated[FindForm, sent(FindForm)], introductions: TheIntroductions, show: Show
) -> Response:
    """By POST: what somebody looks for is in no address."""
    if form.validate():
        found = await by_reference(form.reference.data, introductions)
        if len(found) == 1:
            return RedirectResponse(f"/introductions/{found[0].id}", status_code=303)
        form.refusal = Unknown("There is no introduction with that reference. Check it for a slip.")
    return await _finding(form, show)


async def _finding(form: FindForm, show: Show) -> Response:
    return await show.form(form, title="Find an introduction", submit="Find", back="/introductions")


@router.get("/introductions/rows")
async def rows(
    access: Listing,
    introductions: TheIntroductions,
    clock: TheClock,
    show: Show,
    part: Annotated[Part, Query(alias="show")] = Part.ALL,
    after: After = None,
) -> Response:
    listing = await _queue(access, introductions, clock, show, part, after)
    return await show("intake/rows.html", listing=listing)


@router.get("/introductions.csv")
async def queue_as_file(
    access: Listing,
    introductions: TheIntroductions,
    clock: TheClock,
    part: Annotated[Part, Query(alias="show")] = Part.ALL,
) -> Response:
    now = clock.now()
    page = await part_of_queue(introductions, part, of=access.caller.subject, now=now, limit=1)
    listing = queue_listing(page, part, {}, now, after=None)
    return csv_of(listing, "queue", all_rows(introductions, part, of=access.caller.subject, now=now))


async def _queue(
    access: Listing, introductions: TheIntroductions, clock: TheClock, show: Show, part: Part, after: str | None
) -> object:
    now = clock.now()
    page = await part_of_queue(introductions, part, of=access.caller.subject, now=now, after=after)
    names = await show.names({each.claimed_by for each in page.items if each.claimed_by})
    return queue_listing(page, part, names, now, after=after)


def _query(part: Part, after: str | None) -> str:
    chosen = [(name, value) for name, value in (("show", part.value), ("after", after)) if value]
    return f"?{urlencode(chosen)}" if chosen else ""
