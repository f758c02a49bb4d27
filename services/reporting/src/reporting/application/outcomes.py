"""Outcomes: paired scores of each measure, and how offers of support ended that came to nothing."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from alliance.contracts import Event, triage
from alliance.store import Documents
from reporting.application.queries import Months, all_months
from reporting.application.splitting import all_of
from reporting.domain.course import Course, Reading, course_id
from reporting.domain.disclosure import safe
from reporting.domain.figures import Figure
from reporting.domain.measures import MEASURES, Change

Courses = Documents[Course]
Scored = triage.OutcomeMeasured | triage.OutcomeCorrected
SCORED: tuple[type[Event], ...] = (triage.OutcomeMeasured, triage.OutcomeCorrected)

ENDED = (
    Figure.SUPPORT_OFFERS_DECLINED_BY_PERSON,
    Figure.SUPPORT_OFFERS_DECLINED_BY_PROVIDER,
    Figure.SUPPORT_OFFERS_LAPSED,
    Figure.SUPPORT_OFFERS_WITHDRAWN,
)
CHANGES = (Change.IMPROVED, Change.NOT_RELIABLE, Change.DETERIORATED)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """Of one measure. None is a star; `changes` are in the order of `CHANGES`, and empty where no source says what is
    reliable.
    """

    measure: str
    scored: int | None
    paired: int | None
    changes: Sequence[int | None]
    recovered: int | None
    can_recover: bool


async def keep_score(said: Scored, sequence: int, courses: Courses) -> None:
    """Put a score where those stand that it may be compared with. Hearing it again, or late, changes nothing."""
    measure = f"{said.tool}:{said.scale}"
    id_ = course_id(said.case_id, measure, said.goal_id)
    reading = Reading(score=said.score, on=said.measured_on, sequence=sequence)
    await courses.change_or_add(
        id_,
        lambda: Course(id=id_, person_id=said.person_id, measure=measure),
        lambda course: course.read(said.measurement_id, reading),
        remember=False,
    )


async def outcomes(courses: Courses) -> list[Outcome]:
    """Every measure in use, with small numbers hidden as in the splits: a score is about somebody's health."""
    kept = await all_of(courses, "listing")
    return [_outcome(measure, [each for each in kept if each.measure == measure]) for measure in MEASURES]


def _outcome(measure: str, kept: Sequence[Course]) -> Outcome:
    paired = [each for each in kept if each.pair]
    scored = safe([len(paired), sum(each.scored for each in kept) - len(paired)])
    changed = Counter(each.change for each in paired)
    recovered = sum(each.recovered for each in paired)
    return Outcome(
        measure=measure,
        scored=scored.total,
        paired=scored.cells[0],
        changes=safe([changed[each] for each in CHANGES]).cells if MEASURES[measure].reliable is not None else (),
        recovered=safe([recovered, len(paired) - recovered]).cells[0],
        can_recover=MEASURES[measure].cut_off is not None,
    )


async def ended_offers(months: Months) -> dict[Figure, int]:
    """Over all months: offers, not people, so nothing is hidden that the scorecard shows."""
    found = await all_months(months)
    return {figure: sum(month.figures.get(figure, 0) for month in found) for figure in ENDED}
