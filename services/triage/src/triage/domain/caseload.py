"""How much somebody carries: their open cases by priority, against the room they have."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from triage.domain.case import Case
from triage.domain.codes import Priority

WEIGHTS: Mapping[Priority, int] = {
    Priority.EMERGENCY: 4,
    Priority.VERY_URGENT: 3,
    Priority.URGENT: 2,
    Priority.ROUTINE: 1,
}
"""Points of a case (the alliance's own): capacity is so many routine cases."""
SOON = 0.25
"""A wait of which no more than this part is left is at risk."""


@dataclass(frozen=True, kw_only=True)
class Caseload:
    cases: int = 0
    points: int = 0
    missed: int = 0
    """Cases with a wait that is over its time."""
    at_risk: int = 0
    reviews_due: int = 0

    def free(self, capacity: int) -> int:
        """Points of room; negative where somebody carries too much."""
        return capacity - self.points


def caseload_of(cases: Iterable[Case], now: datetime) -> Caseload:
    """What these open cases of one key worker come to."""
    own = list(cases)
    first = [case.waiting[0] for case in own if case.waiting]
    missed = sum(wait.due_at <= now for wait in first)
    soon = sum(timedelta() < wait.due_at - now <= SOON * (wait.due_at - wait.since) for wait in first)
    return Caseload(
        cases=len(own),
        points=sum(WEIGHTS[case.priority] for case in own),
        missed=missed,
        at_risk=soon,
        reviews_due=sum(bool(case.review and case.review.due_said) for case in own),
    )
