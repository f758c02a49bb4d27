"""Reporting's lists, each for the screen and for a file."""

from collections.abc import Sequence

from alliance.web.pages.listing import Cell, Column, Listing, Row
from alliance.web.pages.templating import when
from reporting.application.queries import Sources
from reporting.application.trends import Trend
from reporting.domain.figures import SCORECARD, Figure, Score, Unit, score_called
from reporting.domain.month import Month
from reporting.pages.telling import meaning_of
from reporting.pages.words import in_unit, label, month_in_words


def valued(value: float | None, unit: Unit) -> Cell:
    """Written for people on the screen; in the file a number, money in pounds."""
    if value is None:
        return Cell("–", value="")
    return Cell(in_unit(unit)(value), value=round(value / 100, 2) if unit is Unit.PENCE else value)


def history_list(trend: Trend, *, after: str | None = None, most: int | None = None) -> Listing:
    """The newest month first, the one that is not over among them; those before the month `after`."""
    score = trend.score
    older = [value for value in reversed(trend.values) if after is None or value.month < after]
    shown = older[:most]
    rows: list[Row] = [
        (
            Cell(month_in_words(value.month), href=f"/figures/{score.name}/months/{value.month}", value=value.month),
            valued(value.value, score.unit),
            "Final" if value.closed else "Not final yet",
            Cell(meaning_of(trend, value)[0], tag=meaning_of(trend, value)[1]),
        )
        for value in shown
    ]
    if trend.so_far and after is None:
        month, amount = trend.so_far
        href = f"/figures/{score.name}/months/{month}"
        rows.insert(
            0, (Cell(month_in_words(month), href=href, value=month), valued(amount, score.unit), "Not over yet", "")
        )
    return Listing(
        caption="Every month",
        columns=(
            Column("month", "Month"),
            Column("value", "Pounds" if score.unit is Unit.PENCE else label(score.unit), numeric=True),
            Column("state", "State"),
            Column("meaning", "What it means"),
        ),
        rows=rows,
        next=shown[-1].month if len(shown) < len(older) else None,
        after=after,
        empty="Nothing has been counted yet.",
        csv=f"/figures/{score.name}.csv",
    )


def figure_list(trends: Sequence[Trend], *, caption: str, csv: str | None = None) -> Listing:
    return Listing(
        caption=caption,
        columns=(
            Column("figure", "Figure"),
            Column("latest", "Last month", numeric=True),
            Column("before", "Month before", numeric=True),
            Column("so-far", "So far this month", numeric=True),
        ),
        rows=[
            (
                Cell(label(each.score.name), href=f"/figures/{each.score.name}", value=each.score.name),
                valued(each.latest.value if each.latest else None, each.score.unit),
                valued(each.before.value if each.before else None, each.score.unit),
                valued(each.so_far[1] if each.so_far else None, each.score.unit),
            )
            for each in trends
        ],
        csv=csv,
    )


def month_list(months: Sequence[Month]) -> Listing:
    return Listing(
        caption="Months, the newest first",
        columns=(Column("month", "Month"), Column("state", "State"), Column("closes", "Becomes final")),
        rows=[
            (
                Cell(month_in_words(month.month), href=f"/months/{month.month}", value=month.month),
                state_of(month),
                "" if month.closed else Cell(when(month.closes_at), value=month.closes_at),
            )
            for month in reversed(months)
        ],
        empty="No month has begun: nothing has been counted yet.",
        caption_hidden=True,
        csv="/months.csv",
    )


def state_of(month: Month) -> Cell:
    return Cell("Final", tag="green") if month.closed else Cell("Open", tag="blue")


def month_figures(month: Month) -> Listing:
    scores: list[Score] = list(SCORECARD)
    scores += [found for figure in Figure if (found := score_called(figure)) and found not in scores]
    return Listing(
        caption=f"All figures of {month_in_words(month.month)}",
        columns=(Column("figure", "Figure"), Column("value", "Value", numeric=True)),
        rows=[
            (
                Cell(label(score.name), href=f"/figures/{score.name}/months/{month.month}", value=score.name),
                valued(value, score.unit),
            )
            for score in scores
            if (value := score.value(month.figures)) is not None
        ],
        caption_hidden=True,
        csv=f"/months/{month.month}.csv",
    )


def source_list(sources: Sources, figure: Figure, *, after: str | None) -> Listing:
    unit = Unit.PENCE if figure.value.endswith("-pence") else Unit.COUNT
    return Listing(
        caption=f"Events that count for: {label(figure).lower()}",
        columns=(Column("event", "Event"), Column("type", "What happened"), Column("amount", "Counts", numeric=True)),
        rows=[(each.event_id, each.type, valued(each.amount, unit)) for each in sources.items],
        next=sources.next,
        after=after,
        empty="No event counts for this in that month.",
    )
