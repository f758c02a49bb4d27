"""Scores over time: which is the baseline, which the follow-up, and what changed between the two.

NHS England's way of pairing: the first valid score is the baseline, the latest later one of the same concept the
follow-up. A score of the same day as the baseline is not later.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from triage.domain.codes import MeasureScale, MeasureTool, ReliableChange
from triage.domain.measures import TOOLS, Scale


@dataclass(frozen=True, kw_only=True)
class Score:
    """A valid score on its day."""

    measurement_id: str
    tool: MeasureTool
    scale: MeasureScale
    goal_id: str | None
    on: date
    entered_at: datetime
    score: float

    @property
    def concept(self) -> tuple[MeasureTool, MeasureScale, str | None]:
        """What may be compared with it: the same score of the same tool, about the same goal."""
        return self.tool, self.scale, self.goal_id

    @property
    def meaning(self) -> Scale:
        return TOOLS[self.tool].scale(self.scale)


@dataclass(frozen=True, kw_only=True)
class Pair:
    baseline: Score
    follow_up: Score

    @property
    def change(self) -> float:
        return round(self.follow_up.score - self.baseline.score, 2)

    @property
    def reliable(self) -> ReliableChange | None:
        return self.baseline.meaning.changed(self.baseline.score, self.follow_up.score)

    @property
    def recovered(self) -> bool | None:
        return self.baseline.meaning.recovered(self.baseline.score, self.follow_up.score)


def in_order(scores: Iterable[Score]) -> list[Score]:
    """By the day on which they were filled in; of one day, as they were first entered."""
    return sorted(scores, key=lambda score: (score.on, score.entered_at, score.measurement_id))


def by_concept(scores: Iterable[Score]) -> dict[tuple[MeasureTool, MeasureScale, str | None], list[Score]]:
    """Each series in order."""
    found: dict[tuple[MeasureTool, MeasureScale, str | None], list[Score]] = {}
    for score in in_order(scores):
        found.setdefault(score.concept, []).append(score)
    return found


def pair_of(series: Sequence[Score]) -> Pair | None:
    """Of scores of one concept; None until there is a later one."""
    ordered = in_order(series)
    if not ordered or ordered[-1].on <= ordered[0].on:
        return None
    return Pair(baseline=ordered[0], follow_up=ordered[-1])


def baseline_of(score: Score, others: Iterable[Score]) -> Score | None:
    """The first valid score of the same, if it was on an earlier day."""
    same = in_order(
        other for other in others if other.concept == score.concept and other.measurement_id != score.measurement_id
    )
    return same[0] if same and same[0].on < score.on else None
