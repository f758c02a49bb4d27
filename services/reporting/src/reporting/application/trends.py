"""How a line of the scorecard goes from month to month, and what that means."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from reporting.application.queries import Months, all_months
from reporting.domain.calendar import end_of
from reporting.domain.control_chart import Limits, limits
from reporting.domain.figures import Score
from reporting.domain.month import Month
from reporting.domain.signals import Direction, signals


@dataclass(frozen=True, kw_only=True)
class Value:
    """Of one month that is over. `departs`: which way it departs from usual variation, if it does."""

    month: str
    value: float
    closed: bool
    departs: Direction | None


@dataclass(frozen=True, kw_only=True)
class Trend:
    score: Score
    values: Sequence[Value]
    """Of the months that are over, oldest first; a month with nothing to divide by is left out."""
    limits: Limits | None
    """Of the closed ones; None as long as there are too few to say what is usual."""
    so_far: tuple[str, float] | None
    """The month that is not over yet: shown, never judged."""

    @property
    def latest(self) -> Value | None:
        return self.values[-1] if self.values else None

    @property
    def before(self) -> Value | None:
        return self.values[-2] if len(self.values) > 1 else None

    def is_better(self, departs: Direction) -> bool | None:
        """None where neither way is better."""
        return None if self.score.better is None else departs is self.score.better


async def trends(scores: Sequence[Score], months: Months, now: datetime) -> list[Trend]:
    found = await all_months(months)
    return [trend_of(score, found, now) for score in scores]


def trend_of(score: Score, months: Sequence[Month], now: datetime) -> Trend:
    over = [
        (month, value)
        for month in months
        if end_of(month.month) <= now and (value := score.value(month.figures)) is not None
    ]
    usual = limits([value for month, value in over if month.closed])
    departures = signals([value for _, value in over], usual) if usual else [None] * len(over)
    running = next(
        (
            (month.month, value)
            for month in reversed(months)
            if end_of(month.month) > now and (value := score.value(month.figures)) is not None
        ),
        None,
    )
    return Trend(
        score=score,
        values=[
            Value(month=month.month, value=value, closed=month.closed, departs=departs)
            for (month, value), departs in zip(over, departures, strict=True)
        ],
        limits=usual,
        so_far=running,
    )
