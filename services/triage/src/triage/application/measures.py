"""What may be asked about measures: enter one, correct it, take it back, and look at them over time."""

from alliance.kernel import Clock
from triage.application.collections import Cases, Measurements, PersonalGoals
from triage.application.goals_and_risks import goal_of
from triage.domain.codes import CorrectionReason, MeasureTool
from triage.domain.measurement import FilledIn, Measurement
from triage.domain.pairing import Score
from triage.domain.refusals import GoalNotThere, MeasurementNotThere

_AT_ONCE = 200


async def enter_measure(
    case_id: str,
    measurement_id: str,
    tool: MeasureTool,
    entry: FilledIn,
    cases: Cases,
    personal_goals: PersonalGoals,
    measurements: Measurements,
    *,
    goal_id: str | None = None,
) -> Measurement:
    """A goal-based score names its goal; no other measure has one."""
    case = await cases.get(case_id)
    case.must_be_open()
    if (goal_id is None) == (tool is MeasureTool.GBO):
        raise GoalNotThere("A goal-based score is about one goal, and no other measure is.")
    goal = await goal_of(case_id, goal_id, personal_goals) if goal_id else None
    earlier = [score for score in await scores_of(case_id, measurements) if score.measurement_id != measurement_id]
    measurement = Measurement(
        id=measurement_id,
        case_id=case_id,
        person_id=case.person_id,
        tool=tool,
        goal_id=goal_id,
        goal_tag=goal.tag if goal else None,
    )
    measurement.enter(entry, earlier=earlier)
    return await measurements.add(measurement)


async def correct_measure(
    case_id: str, measurement_id: str, entry: FilledIn, measurements: Measurements, *, expecting: int | None = None
) -> Measurement:
    """What was typed in was wrong; also on a closed case, since what is counted must be right."""
    await measurement_of(case_id, measurement_id, measurements)
    return await measurements.change(
        measurement_id, lambda measurement: measurement.correct(entry), expecting=expecting
    )


async def take_back_measure(
    case_id: str,
    measurement_id: str,
    reason: CorrectionReason,
    measurements: Measurements,
    clock: Clock,
    *,
    by: str,
    expecting: int | None = None,
) -> None:
    await measurement_of(case_id, measurement_id, measurements)
    at = clock.now()
    await measurements.change(
        measurement_id, lambda measurement: measurement.take_back(reason, by=by, at=at), expecting=expecting
    )


async def measurement_of(case_id: str, measurement_id: str, measurements: Measurements) -> Measurement:
    """Raises `MeasurementNotThere`, also for a measure of another case."""
    measurement = await measurements.find(measurement_id)
    if measurement is None or measurement.case_id != case_id:
        raise MeasurementNotThere("The case has no such measure.")
    return measurement


async def measurements_of(case_id: str, measurements: Measurements) -> list[Measurement]:
    """All of them, by the day on which they were filled in."""
    found: list[Measurement] = []
    after: str | None = None
    while True:
        page = await measurements.page("history", f"{case_id} ", after=after, limit=_AT_ONCE)
        found += page.items
        if (after := page.next) is None:
            return found


async def scores_of(case_id: str, measurements: Measurements) -> list[Score]:
    """Those that count."""
    return [score for each in await measurements_of(case_id, measurements) for score in each.scores]


async def first_before(measurement: Measurement, measurements: Measurements) -> Measurement | None:
    """The first of the same measure that counts, if it was filled in on an earlier day."""
    found = await measurements_of(measurement.case_id, measurements)
    same = (each for each in found if each.tool is measurement.tool and not each.taken_back)
    first = next(same, None)
    return first if first and first.entry.measured_on < measurement.entry.measured_on else None
