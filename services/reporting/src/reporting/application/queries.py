"""Reading the scorecard, the months and what is behind a figure."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from alliance.kernel import Clock
from alliance.store import Documents, Page, Stored
from reporting.domain.control_chart import Limits, limits
from reporting.domain.figures import SCORECARD, Figure, Score
from reporting.domain.month import Month, month_id_of
from reporting.domain.sheet import Sheet

Months = Documents[Month]
KeptSheets = Documents[Sheet]


@dataclass(frozen=True, kw_only=True)
class Scorecard:
    first: str | None
    last: str | None
    lines: Sequence[tuple[Score, float | None]]


@dataclass(frozen=True, kw_only=True)
class Point:
    month: str
    value: int
    closed: bool


@dataclass(frozen=True, kw_only=True)
class History:
    figure: Figure
    points: Sequence[Point]
    limits: Limits | None
    """None as long as there are too few closed months to say what is usual: a run chart."""


@dataclass(frozen=True)
class Source:
    """One event behind a figure."""

    event_id: str
    type: str
    amount: int


@dataclass(frozen=True)
class Sources:
    items: list[Source]
    next: str | None


async def scorecard(months: Months, *, first: str | None, last: str | None) -> Scorecard:
    """Over all months from `first` to `last`, both included."""
    found = await all_months(months, first=first, last=last)
    total: dict[str, int] = {}
    for month in found:
        for figure, value in month.figures.items():
            total[figure] = total.get(figure, 0) + value
    return Scorecard(
        first=found[0].month if found else None,
        last=found[-1].month if found else None,
        lines=[(score, score.value(total)) for score in SCORECARD],
    )


async def all_months(months: Months, *, first: str | None = None, last: str | None = None) -> list[Month]:
    """In order; there are twelve a year."""
    found: list[Month] = []
    after: str | None = None
    while True:
        page = await months.page("month", after=after, limit=120)
        found += page.items
        if (after := page.next) is None:
            break
    return [month for month in found if (first or "") <= month.month <= (last or "9999-12")]


async def month_page(months: Months, *, after: str | None, limit: int) -> Page[Month]:
    return await months.page("month", after=after, limit=limit)


async def month_record(month: str, months: Months) -> Stored[Month]:
    return await months.read(month_id_of(month))


async def history(figure: Figure, months: Months) -> History:
    """Month by month; the limits are those of the closed months."""
    found = await all_months(months)
    points = [Point(month=month.month, value=month.figures.get(figure, 0), closed=month.closed) for month in found]
    return History(figure=figure, points=points, limits=limits([p.value for p in points if p.closed]))


async def behind(
    figure: Figure, month: str, months: Months, sheets: KeptSheets, *, after: str | None, limit: int
) -> Sources:
    """The counted events behind a figure, sheet by sheet in the order in which they came. Raises `Unknown`."""
    counted_to = (await months.get(month_id_of(month))).counted_to
    from_sheet, _, position = (after or ".0").rpartition(".")
    items: list[Source] = []
    for sheet_id in sorted(id_ for id_ in counted_to if id_ >= from_sheet):
        lines = (await sheets.get(sheet_id)).lines()[: counted_to[sheet_id]]
        start = int(position) if sheet_id == from_sheet else 0
        for place, line in enumerate(lines[start:], start):
            if line.month == month and figure in line.amounts:
                if len(items) == limit:
                    return Sources(items, f"{sheet_id}.{place}")
                items.append(Source(line.event_id, line.type, line.amounts[figure]))
    return Sources(items, None)


async def open_data(months: Months) -> str:
    """Every figure of every month as CSV: counts and sums of the whole alliance, nothing about a person."""
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(("month", "figure", "value", "final"))
    rows.writerows(_open_rows(await all_months(months)))
    return written.getvalue()


def _open_rows(months: Sequence[Month]) -> Iterator[tuple[str, str, int, str]]:
    for month in months:
        for figure in sorted(month.figures):
            yield month.month, figure, month.figures[figure], "yes" if month.closed else "no"


async def close_month(month: str, months: Months, clock: Clock, *, expecting: int | None = None) -> str:
    """Make the figures final before their time; its id. Raises `MonthNotOver`, `Unknown`."""
    at = clock.now()
    closed = await months.change(month_id_of(month), lambda found: found.close(at=at), expecting=expecting)
    return closed.id
