"""Months as people in London live them: `2026-11`."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from alliance.kernel import LONDON


def month_of(moment: date | datetime) -> str:
    """The calendar month of a day, or of an instant by London time: 23:30 UTC on 31 May is already June."""
    local = moment.astimezone(LONDON) if isinstance(moment, datetime) else moment
    return f"{local.year:04d}-{local.month:02d}"


@lru_cache(maxsize=2048)
def end_of(month: str) -> datetime:
    """The instant in UTC at which the month is over."""
    year, number = (int(part) for part in month.split("-"))
    first_of_next = date(year + number // 12, number % 12 + 1, 1)
    return datetime(first_of_next.year, first_of_next.month, 1, tzinfo=LONDON).astimezone(UTC)


def closing_time(month: str, *, after_days: int) -> datetime:
    """When the figures of a month become final."""
    return end_of(month) + timedelta(days=after_days)
