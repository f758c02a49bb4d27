"""What reporting's API answers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Self

from pydantic import BaseModel, ConfigDict

from reporting.application.counting import feeding
from reporting.application.queries import Scorecard
from reporting.domain.figures import Figure, Unit
from reporting.domain.month import Month


class _Answer(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class ScoreAnswer(_Answer):
    """`counts` and `per` name the figures behind it; `value` is null where there is nothing to divide by."""

    name: str
    value: float | None
    unit: Unit
    definition: str
    source: str
    counts: Figure
    per: Figure | None


class ScorecardAnswer(_Answer):
    first: str | None
    last: str | None
    scores: list[ScoreAnswer]

    @classmethod
    def of(cls, card: Scorecard) -> Self:
        names = [name for name in ScoreAnswer.model_fields if name != "value"]
        scores = [
            ScoreAnswer(value=value, **{name: getattr(score, name) for name in names}) for score, value in card.lines
        ]
        return cls(first=card.first, last=card.last, scores=scores)


class MonthId(_Answer):
    month_id: str
    month: str


class MonthAnswer(_Answer):
    id: str
    month: str
    closed: bool
    closes_at: datetime
    figures: dict[str, int]

    @classmethod
    def of(cls, month: Month) -> Self:
        return cls.model_validate(month)


class MonthPage(_Answer):
    items: list[MonthAnswer]
    next: str | None


class FigureAnswer(_Answer):
    figure: Figure
    fed_by: Sequence[str]

    @classmethod
    def of(cls, figure: Figure) -> Self:
        return cls(figure=figure, fed_by=feeding(figure))


class FigureList(_Answer):
    items: list[FigureAnswer]


class PointAnswer(_Answer):
    month: str
    value: int
    closed: bool


class LimitsAnswer(_Answer):
    mean: float
    lower: float
    upper: float
    moving_range_upper: float


class HistoryAnswer(_Answer):
    """`limits` are XmR limits of the closed months; null with fewer than fifteen of them (a run chart)."""

    figure: Figure
    points: list[PointAnswer]
    limits: LimitsAnswer | None


class SourceAnswer(_Answer):
    event_id: str
    type: str
    amount: int


class SourcePage(_Answer):
    items: list[SourceAnswer]
    next: str | None
