"""The national measure: who waits for a full stop, how long, and everybody's spells as a file; no names."""

from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from alliance.web.pages import Show, page_router
from alliance.web.pages.listing import Cell, Choice, Column, Filters, Listing, Row, csv_of
from alliance.web.pages.templating import day
from triage.api.giving import TheClock, TheKnown, TheSpells
from triage.application.queries import PAGE
from triage.application.spells import Line, all_lines, lines_of, listed_spells, people_of
from triage.domain.spells import Standing
from triage.pages.asking import Spells
from triage.pages.queue import opens_cases
from triage.pages.telling import reference
from triage.pages.words import label

router = page_router()

After = Annotated[str | None, Query(pattern=r"^(waiting|stopped|ended):[0-9A-Za-z:.-]{1,150}$")]
STANDINGS = {
    Standing.WAITING: "Waiting for the full stop",
    Standing.STOPPED: "Clock stopped, still with us",
    Standing.ENDED: "Ended",
}
COLUMNS = (
    Column("case", "Latest case"),
    Column("spell", "Spell", numeric=True),
    Column("started", "Began"),
    Column("standing", "Where it stands"),
    Column("days", "Days", numeric=True),
    Column("band", "Band"),
    Column("standard", "Within 4 weeks"),
)


@router.get("/spells")
async def spells(
    access: Spells,
    all_: TheSpells,
    known: TheKnown,
    clock: TheClock,
    show: Show,
    standing: Standing = Standing.WAITING,
    after: After = None,
) -> Response:
    now, links = clock.now(), opens_cases(access)
    page = await listed_spells(all_, standing, after=after, limit=PAGE)
    people = await people_of(page, all_, await known.merged())
    listing = Listing(
        caption=STANDINGS[standing],
        columns=COLUMNS,
        rows=[_row(lines_of(person, now)[-1], links=links) for person in people],
        next=page.next,
        after=after,
        filters=Filters(
            [Choice("standing", "Show", [(each.value, text) for each, text in STANDINGS.items()], standing)]
        ),
        empty="There is no such spell.",
        csv="/spells.csv",
    )
    return await show("triage/spells.html", title="National measure", listing=listing)


@router.get("/spells.csv")
async def file(_: Spells, all_: TheSpells, known: TheKnown, clock: TheClock) -> Response:
    now = clock.now()
    rows = (_row(line) async for line in all_lines(all_, known, now))
    return csv_of(Listing("National measure", COLUMNS, ()), "national-measure", rows)


def _row(line: Line, *, links: bool = False) -> Row:
    spell = line.spell
    case_id = spell.case_ids[-1]
    return [
        Cell(reference(case_id), href=f"/cases/{case_id}" if links else None, value=case_id),
        spell.number,
        Cell(day(spell.started_at), value=spell.started_at),
        STANDINGS[line.standing],
        line.days,
        label(line.band),
        _standard(line),
    ]


def _standard(line: Line) -> str:
    match line.within_standard:
        case None:
            return "Not stopped" if line.standing is Standing.ENDED else "Not yet known"
        case within:
            return "Yes" if within else "No"
