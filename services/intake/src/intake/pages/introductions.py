"""What needs me now, the queue, and the record of one introduction."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import Query
from starlette.responses import Response

from alliance.web import PathId
from alliance.web.pages import Show, may, page_router
from alliance.web.pages.listing import csv_of
from alliance.web.pages.live import changes_route
from intake.api.giving import TheClock, TheIntroductions, ThePeople, TheProgresses, sees
from intake.application import introductions as ask
from intake.application.queries import Part, part_of_queue, why_here
from intake.pages.details import called, facts_of, reaching
from intake.pages.forms import ClaimForm
from intake.pages.giving import Claiming, Home, Listing, Reading, TheLive
from intake.pages.lists import all_rows, attention, queue_listing, short_listing
from intake.pages.story import moments, told, what_next, workers_of

router = page_router()

FIRST = 5
After = Annotated[str | None, Query(max_length=200)]

changes_route(router, "/introductions/changes", "queue", allowed=may("introduction.list"))


@router.get("/")
async def home(access: Home, introductions: TheIntroductions, clock: TheClock, show: Show) -> Response:
    now, subject = clock.now(), access.caller.subject
    listings = []
    if access.sees("introduction.list"):
        for part, caption in (
            (Part.UNSAFE, "Somebody may be in danger"),
            (Part.OVERDUE, "Overdue"),
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
    )


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


@router.get("/introductions/{introduction_id}")
async def record(
    introduction_id: PathId,
    access: Reading,
    introductions: TheIntroductions,
    people: ThePeople,
    progresses: TheProgresses,
    clock: TheClock,
    show: Show,
) -> Response:
    stored = await introductions.read(introduction_id)
    introduction, now = stored.aggregate, clock.now()
    person = await people.find(introduction.person_id)
    details = person.details if person and sees(access, "person.see-details", person) else None
    story = sees(access, "introduction.see-story", person)
    names = await show.names(workers_of(introduction))
    return await show(
        "intake/introduction.html",
        title=called(details),
        back="/introductions",
        introduction=introduction,
        attention=attention(introduction, now),
        why=why_here(introduction, now) if introduction.at_the_door else [],
        what_next=what_next(introduction),
        worker=names.get(introduction.claimed_by or ""),
        details=details,
        reaching=reaching(details) if details else [],
        facts=facts_of(details) if details else [],
        told=told(introduction) if story else None,
        moments=moments(introduction, await progresses.find(introduction.person_id), names, words=story),
        claim=ClaimForm.fresh(version=stored.version),
    )


@router.post("/introductions/{introduction_id}/claim")
async def claim(
    introduction_id: PathId, command: Claiming, introductions: TheIntroductions, clock: TheClock, show: Show
) -> Response:
    await ask.claim_introduction(
        introduction_id, introductions, clock, by=command.caller.subject, expecting=command.expecting
    )
    return show.done(f"/introductions/{introduction_id}", "You have taken this introduction on.")


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
