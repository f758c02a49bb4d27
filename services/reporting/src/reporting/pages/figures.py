"""Pages of figures: the scorecard, one figure with its chart, and the events behind a month of it."""

from typing import Annotated

from fastapi import Path
from starlette.responses import Response

from alliance.access import Access
from alliance.kernel import Unknown
from alliance.web.pages import Show, may, page_router
from alliance.web.pages.listing import csv_of
from reporting.api.giving import AfterSource, MonthInPath, MonthInQuery, TheClock, TheMonths, TheSheets
from reporting.application import queries as ask
from reporting.application.trends import trends
from reporting.domain.figures import SCORECARD, Figure, Score, score_called
from reporting.domain.month import month_id_of
from reporting.pages.lists import figure_list, history_list, source_list
from reporting.pages.telling import chart_of, told
from reporting.pages.words import in_unit, label, month_in_words

router = page_router()

Home = Annotated[Access, may("home.see")]
Reading = Annotated[Access, may("scorecard.read")]
Tracing = Annotated[Access, may("figure.trace")]

Name = Annotated[str, Path(pattern=r"^[a-z-]{1,60}$")]
EVENTS, MONTHS = 100, 13


@router.get("/")
async def scorecard(_: Home, months: TheMonths, clock: TheClock, show: Show) -> Response:
    found = await trends(SCORECARD, months, clock.now())
    return await show(
        "reporting/scorecard.html",
        title="Scorecard",
        cards=[told(trend) for trend in found],
        counted=any(trend.values or trend.so_far for trend in found),
    )


@router.get("/figures")
async def everything(_: Reading, months: TheMonths, clock: TheClock, show: Show) -> Response:
    found = await trends(_every_figure(), months, clock.now())
    return await show(
        "reporting/list.html",
        title="Everything counted",
        lead="All that the events of the alliance are counted for, month by month. None of it is about a person.",
        listing=figure_list(found, caption="Figures", csv="/open-data.csv"),
    )


@router.get("/open-data.csv")
async def open_data(_: Reading, months: TheMonths) -> Response:
    """Every figure of every month."""
    text = await ask.open_data(months)
    named = {"content-disposition": 'attachment; filename="open-data.csv"'}
    return Response(text, media_type="text/csv; charset=utf-8", headers=named)


@router.get("/figures/{name}.csv")
async def file(name: Name, _: Reading, months: TheMonths, clock: TheClock) -> Response:
    (trend,) = await trends([_known(name)], months, clock.now())
    return csv_of(history_list(trend), name)


@router.get("/figures/{name}")
async def figure(
    name: Name, _: Reading, months: TheMonths, clock: TheClock, show: Show, after: MonthInQuery = None
) -> Response:
    score = _known(name)
    (trend,) = await trends([score], months, clock.now())
    return await show(
        "reporting/figure.html",
        title=label(name),
        back="/" if score in SCORECARD else "/figures",
        told=told(trend),
        chart=chart_of(trend),
        history=history_list(trend, after=after, most=MONTHS),
    )


@router.get("/figures/{name}/months/{month}")
async def behind(
    name: Name,
    month: MonthInPath,
    _: Tracing,
    months: TheMonths,
    sheets: TheSheets,
    show: Show,
    after: AfterSource = None,
) -> Response:
    score = _known(name)
    found = await months.get(month_id_of(month))
    sources = await ask.behind(score.counts, month, months, sheets, after=after, limit=EVENTS)
    value = score.value(found.figures)
    per = found.figures.get(score.per, 0) if score.per else None
    return await show(
        "reporting/behind.html",
        title=f"{label(name)}, {month_in_words(month)}",
        back=f"/figures/{name}",
        value=None if value is None else in_unit(score.unit)(value),
        score=score,
        divided=(label(score.counts), found.figures.get(score.counts, 0), label(score.per), per) if score.per else None,
        month=found,
        listing=source_list(sources, score.counts, after=after),
    )


def _known(name: str) -> Score:
    if (score := score_called(name)) is None:
        raise Unknown("There is no figure by that name.")
    return score


def _every_figure() -> list[Score]:
    return [score for figure in Figure if (score := score_called(figure))]
