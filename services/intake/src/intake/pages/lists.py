"""The queue as a list: why each introduction is here, and for how long."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime

from alliance.store import Page
from alliance.web.pages.listing import Cell, Choice, Column, Filters, Listing, Row
from alliance.web.pages.templating import ago
from intake.application.collections import Introductions
from intake.application.queries import Part, part_of_queue, why_here
from intake.domain.erasure import Erasure
from intake.domain.introduction import Introduction
from intake.domain.record_request import RecordRequest
from intake.pages.words import LABELS

PARTS = (
    (Part.ALL, "Everybody waiting"),
    (Part.UNSAFE, "Safety concerns"),
    (Part.OVERDUE, "Overdue"),
    (Part.UNASSIGNED, "Nobody has taken on"),
    (Part.TO_CONTACT, "To be contacted now"),
    (Part.REACH_CHANGED, "How to reach them has changed"),
    (Part.MINE, "Taken on by me"),
)

COLUMNS = (
    Column("reference", "Introduction"),
    Column("attention", "Needs attention"),
    Column("why", "Why it is here"),
    Column("way-in", "How it came"),
    Column("received", "Received"),
    Column("next", "Next is due"),
    Column("worker", "Taken on by"),
)

LATE_COLUMNS = (
    Column("what", "What they asked for"),
    Column("state", "State"),
    Column("due", "Was due"),
    Column("missing", "Who is missing"),
)

EMPTY = {
    Part.ALL: "Nobody is waiting. New introductions appear here by themselves.",
    Part.UNSAFE: "No safety concern is open.",
    Part.OVERDUE: "Nothing is overdue.",
    Part.UNASSIGNED: "Everybody has been looked at.",
    Part.TO_CONTACT: "Nobody is due to be contacted.",
    Part.REACH_CHANGED: "Nobody has written that how to reach them has changed.",
    Part.MINE: "You have taken nobody on. Open an introduction from the queue and take it on.",
}


def queue_listing(
    page: Page[Introduction], part: Part, names: Mapping[str, str], now: datetime, *, after: str | None
) -> Listing:
    """One page of the queue."""
    return Listing(
        caption="People at the front door",
        caption_hidden=True,
        columns=COLUMNS,
        rows=[row_of(each, names, now) for each in page.items],
        next=page.next,
        after=after,
        filters=Filters([Choice("show", "Show", [(each.value, words) for each, words in PARTS], part.value)]),
        empty=EMPTY[part],
        csv="/introductions.csv",
    )


def short_listing(
    caption: str, items: Sequence[Introduction], part: Part, names: Mapping[str, str], now: datetime
) -> Listing:
    """The first few of a part, for the home page."""
    return Listing(
        caption=caption,
        columns=COLUMNS[:3] + COLUMNS[4:6],
        rows=[[*row[:3], *row[4:6]] for row in (row_of(each, names, now) for each in items)],
        empty=EMPTY[part],
    )


def late_listing(late: Sequence[Erasure | RecordRequest], now: datetime) -> Listing:
    """Requests that are overdue: by when they were to be answered, and which services are missing."""
    return Listing(
        caption="People who should have been answered",
        columns=LATE_COLUMNS,
        rows=[_late_row(each, now) for each in late],
        empty="Everybody has been answered in time.",
    )


def _late_row(late: Erasure | RecordRequest, now: datetime) -> Row:
    erasure = isinstance(late, Erasure)
    due = late.confirm_by if isinstance(late, Erasure) and late.confirm_by else late.answer_by
    return [
        Cell(
            "To be erased" if erasure else "A copy of their record",
            href=f"/{'erasures' if erasure else 'record-requests'}/{late.id}",
        ),
        LABELS[late.state.value],
        Cell(ago(due, now), value=due),
        ", ".join(LABELS.get(each, each.capitalize()) for each in late.missing),
    ]


def row_of(introduction: Introduction, names: Mapping[str, str], now: datetime) -> Row:
    worker = introduction.claimed_by
    return [
        Cell(introduction.reference, href=f"/introductions/{introduction.id}"),
        attention(introduction, now),
        " ".join(why_here(introduction, now)),
        LABELS.get(introduction.way_in.value, introduction.way_in.value.capitalize()),
        Cell(ago(introduction.received_at, now), value=introduction.received_at),
        _due(introduction, now),
        Cell(_taken_on(introduction, names, now), value=worker or ""),
    ]


def _due(introduction: Introduction, now: datetime) -> Cell:
    """What has to be done next, and when."""
    by = introduction.attend_by
    if by is None:
        return Cell("–")
    what = "Look" if introduction.claimed_by is None else "Contact" if by == introduction.contact_by else "Go on"
    return Cell(f"{what}: {ago(by, now)}", value=by)


def _taken_on(introduction: Introduction, names: Mapping[str, str], now: datetime) -> str:
    """By whom, and since when: nobody should have to find out by trying."""
    worker, since = introduction.claimed_by, introduction.claimed_at
    if worker is None or since is None:
        return "Nobody yet"
    return f"{names.get(worker, worker)}, {ago(since, now)}"


def attention(introduction: Introduction, now: datetime) -> Cell:
    """The most pressing thing about it, as a tag; colour is never the only sign."""
    if introduction.concerns:
        return Cell("Safety concern", tag="red")
    if introduction.is_late(now):
        return Cell("Overdue", tag="orange")
    if introduction.hand_over is not None and introduction.at_the_door:
        return Cell("Handed over", tag="yellow")
    if introduction.spell > 1 and introduction.at_the_door:
        return Cell("Open again", tag="blue")
    if introduction.looks_automated:
        return Cell("Looks automated", tag="grey")
    return Cell("–")


async def all_rows(
    introductions: Introductions, part: Part, *, of: str, now: datetime, limit: int = 200
) -> AsyncIterator[Row]:
    """Every page of a part, for a file. Staff by their ids, not by their names."""
    after: str | None = None
    while True:
        page = await part_of_queue(introductions, part, of=of, now=now, after=after, limit=limit)
        for each in page.items:
            yield row_of(each, {}, now)
        if page.next is None:
            return
        after = page.next
