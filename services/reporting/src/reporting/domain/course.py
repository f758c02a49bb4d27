"""The scores of one kind in one case: which is the baseline, which the follow-up, and what changed between the two."""

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from alliance.kernel import Aggregate, derived_id
from reporting.domain.measures import MEASURES, Change, Measure


def course_id(case_id: str, measure: str, goal_id: str | None) -> str:
    """The same tool, scale and goal: what may be compared (NHS England pairs by SNOMED CT concept)."""
    return derived_id("reporting", "course", case_id, measure, goal_id or "")


@dataclass(frozen=True, kw_only=True)
class Reading:
    """`score`: None where it does not count any more. `sequence`: grows with all that is said of the measurement."""

    score: float | None
    on: date
    sequence: int


@dataclass(frozen=True, kw_only=True)
class Pair:
    baseline: float
    follow_up: float


@dataclass(kw_only=True)
class Course(Aggregate):
    indexed: ClassVar[tuple[str, ...]] = ("person_id", "listing")

    person_id: str
    measure: str
    """`tool:scale`."""
    readings: dict[str, Reading] = field(default_factory=dict)
    """By measurement."""
    forgotten: bool = False

    @property
    def listing(self) -> str:
        return self.id

    @property
    def meaning(self) -> Measure:
        return MEASURES.get(self.measure, Measure())

    def read(self, measurement_id: str, reading: Reading) -> None:
        """What is said last of a measurement counts, in whatever order it is heard."""
        known = self.readings.get(measurement_id)
        if not self.forgotten and (known is None or reading.sequence > known.sequence):
            self.readings[measurement_id] = reading

    @property
    def pair(self) -> Pair | None:
        """The first valid score and the latest of a later day; None until there is one."""
        valid = sorted((each.on, id_, each.score) for id_, each in self.readings.items() if each.score is not None)
        if not valid or valid[-1][0] <= valid[0][0]:
            return None
        return Pair(baseline=valid[0][2], follow_up=valid[-1][2])

    @property
    def scored(self) -> bool:
        return any(each.score is not None for each in self.readings.values())

    @property
    def change(self) -> Change | None:
        return self.meaning.changed(pair.baseline, pair.follow_up) if (pair := self.pair) else None

    @property
    def recovered(self) -> bool:
        return self.meaning.recovered(pair.baseline, pair.follow_up) if (pair := self.pair) else False

    def forget(self) -> None:
        """The person has been erased: their scores count no more."""
        self.readings, self.measure, self.forgotten = {}, "", True
