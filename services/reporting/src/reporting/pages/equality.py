"""Pages of figures split by equality answers, with every small number hidden. No pseudonym is on any of them."""

from dataclasses import replace
from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from alliance.access import Access
from alliance.web.charts import Chart, bar_chart
from alliance.web.pages import Show, may, page_router
from alliance.web.pages.listing import Cell, Column, Listing, Row, csv_of
from reporting.api.giving import TheClock, TheSplits
from reporting.application.splitting import Shown, Table
from reporting.domain.splits import Split
from reporting.pages.equality_words import CHARACTERISTICS, FIGURES, GROUPS, OF, year_in_words
from reporting.pages.words import starred

router = page_router("/equality")

Reading = Annotated[Access, may("equality.read")]
Year = Annotated[int | None, Query(ge=2000, le=2199)]

_HIDDEN = -1.0
"""Has a star and no bar."""


@router.get("")
async def overview(_: Reading, splits: TheSplits, clock: TheClock, show: Show, year: Year = None) -> Response:
    found = await splits.overview(clock.now(), year=year)
    return await show(
        "reporting/equality.html",
        title="Equality",
        years=[(year, year_in_words(year)) for year in found[0].years],
        listing=_figures(found),
    )


@router.get("/{figure}.csv")
async def file(figure: Split, _: Reading, splits: TheSplits, clock: TheClock, year: Year = None) -> Response:
    found = await splits.shown(figure, clock.now(), year=year)
    return csv_of(_every_group(found), f"equality-{figure}-{found.year}")


@router.get("/{figure}")
async def split(
    figure: Split, _: Reading, splits: TheSplits, clock: TheClock, show: Show, year: Year = None
) -> Response:
    found = await splits.shown(figure, clock.now(), year=year)
    return await show(
        "reporting/split.html",
        title=FIGURES[figure],
        back=f"/equality?year={found.year}",
        shown=found,
        year=year_in_words(found.year),
        total=starred(found.total),
        of=OF[figure.of].lower() if figure.of else None,
        charts=[_chart(table, figure) for table in found.tables],
        csv=f"/equality/{figure}.csv?year={found.year}",
    )


def _figures(found: list[Shown]) -> Listing:
    return Listing(
        caption=f"People, {year_in_words(found[0].year)}",
        columns=(Column("figure", "Figure"), Column("people", "People", numeric=True)),
        rows=[
            (
                Cell(FIGURES[each.split], href=f"/equality/{each.split}?year={each.year}", value=each.split.value),
                starred(each.total),
            )
            for each in found
        ],
    )


def _every_group(found: Shown) -> Listing:
    rows: list[Row] = [
        (
            found.year,
            CHARACTERISTICS[table.characteristic],
            group.code,
            GROUPS[table.characteristic][group.code],
            starred(group.people),
            "" if found.split.of is None else starred(group.share),
        )
        for table in found.tables
        for group in table.groups
    ]
    return Listing(
        caption=FIGURES[found.split],
        columns=tuple(
            Column(key, key) for key in ("year-from-april", "characteristic", "code", "group", "people", "percent")
        ),
        rows=rows,
    )


def _chart(table: Table, figure: Split) -> Chart:
    """A bar for each group that may be shown, and beside it the table of all."""
    words = GROUPS[table.characteristic]
    shown = [(words[group.code], group.people) for group in table.groups if group.people is not None]
    sentence = "Every group is too small to be shown."
    if shown:
        largest, people = max(shown, key=lambda each: each[1])
        sentence = f"The largest group that can be shown is {largest} with about {people}."
    drawn = bar_chart(
        CHARACTERISTICS[table.characteristic],
        [(words[group.code], _HIDDEN if group.people is None else group.people) for group in table.groups],
        sentence=sentence,
        number=lambda value: starred(None) if value == _HIDDEN else f"{value:,.0f}",
        of=("Group", "People"),
    )
    if figure.of is None:
        return drawn
    shares = (starred(None) if group.share is None else f"{group.share} %" for group in table.groups)
    return replace(
        drawn,
        headings=(*drawn.headings, OF[figure.of]),
        rows=tuple((*row, share) for row, share in zip(drawn.rows, shares, strict=True)),
    )
