"""Months and their figures; a lead may make them final."""

from fastapi import APIRouter, Response

from alliance.web import tag
from reporting.api.answers import MonthAnswer, MonthId, MonthPage
from reporting.api.giving import After, Closing, Limit, MonthInPath, Reading, TheClock, TheMonths
from reporting.application import queries as ask

router = APIRouter(prefix="/api/v1/months", tags=["months"])


@router.get("")
async def months(_: Reading, months: TheMonths, after: After = None, limit: Limit = 100) -> MonthPage:
    """Oldest first."""
    page = await ask.month_page(months, after=after, limit=limit)
    return MonthPage(items=[MonthAnswer.of(month) for month in page.items], next=page.next)


@router.get("/{month}")
async def record(month: MonthInPath, _: Reading, months: TheMonths, response: Response) -> MonthAnswer:
    """All figures of one month."""
    stored = await ask.month_record(month, months)
    tag(response, stored.version)
    return MonthAnswer.of(stored.aggregate)


@router.post("/{month}/close")
async def close(month: MonthInPath, command: Closing, months: TheMonths, clock: TheClock) -> MonthId:
    """Make the figures final now; once the month is over they become so by themselves after some days."""
    month_id = await ask.close_month(month, months, clock, expecting=command.expecting)
    return MonthId(month_id=month_id, month=month)
