"""What can happen to the figures of a month."""

from dataclasses import dataclass
from datetime import datetime

from alliance.kernel import Fact


@dataclass(frozen=True, kw_only=True)
class MonthClosed(Fact):
    month_id: str
    month: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class FigureRestated(Fact):
    month_id: str
    month: str
    figure: str
    value_before: int
    value: int
    at: datetime
