"""The scorecard and what is behind each of its figures."""

from fastapi import APIRouter, Response

from reporting.api.answers import FigureAnswer, FigureList, HistoryAnswer, ScorecardAnswer, SourcePage
from reporting.api.giving import AfterSource, Limit, MonthInPath, MonthInQuery, Reading, TheMonths, TheSheets, Tracing
from reporting.application import queries as ask
from reporting.domain.figures import Figure

router = APIRouter(prefix="/api/v1", tags=["scorecard"])


@router.get("/scorecard")
async def scorecard(
    _: Reading, months: TheMonths, first: MonthInQuery = None, last: MonthInQuery = None
) -> ScorecardAnswer:
    """Each figure with its definition, unit and source, over all months or from `first` to `last`."""
    return ScorecardAnswer.of(await ask.scorecard(months, first=first, last=last))


@router.get("/figures")
async def figures(_: Reading) -> FigureList:
    """All that is counted, and the events that feed it."""
    return FigureList(items=[FigureAnswer.of(figure) for figure in Figure])


@router.get("/figures/{figure}")
async def history(figure: Figure, _: Reading, months: TheMonths) -> HistoryAnswer:
    """One figure month by month."""
    return HistoryAnswer.model_validate(await ask.history(figure, months))


@router.get("/figures/{figure}/months/{month}/events")
async def behind(
    figure: Figure,
    month: MonthInPath,
    _: Tracing,
    months: TheMonths,
    sheets: TheSheets,
    after: AfterSource = None,
    limit: Limit = 100,
) -> SourcePage:
    """The events behind one figure of one month; their amounts add up to it."""
    return SourcePage.model_validate(await ask.behind(figure, month, months, sheets, after=after, limit=limit))


@router.get(
    "/open-data.csv",
    response_class=Response,
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
)
async def open_data(_: Reading, months: TheMonths) -> Response:
    """Every figure of every month."""
    return Response(await ask.open_data(months), media_type="text/csv; charset=utf-8")
