"""Outcome measures of a case: entered, corrected, taken back, and looked at over time."""

from fastapi import APIRouter

from alliance.web import PathId
from triage.api.giving import Measuring, SeeingMeasures, TheCases, TheClock, TheGoals, TheMeasurements
from triage.api.talk_answers import MeasurementAnswer, MeasurementId, Measures
from triage.api.talk_bodies import AnswersBody, CorrectionBody, MeasureBody, TakeBackBody
from triage.application import measures as ask
from triage.application.talk_queries import series_of
from triage.domain.codes import CorrectionReason
from triage.domain.measurement import FilledIn

router = APIRouter(prefix="/api/v1/cases/{case_id}/measures", tags=["measures"])


@router.get("")
async def measures(case_id: PathId, _: SeeingMeasures, cases: TheCases, measurements: TheMeasurements) -> Measures:
    """All measures of a case, and each score over time with what changed between the first and the latest."""
    await cases.get(case_id)
    return Measures.of(*await series_of(case_id, measurements))


@router.post("", status_code=201)
async def enter(
    case_id: PathId,
    body: MeasureBody,
    command: Measuring,
    cases: TheCases,
    goals: TheGoals,
    measurements: TheMeasurements,
    clock: TheClock,
) -> MeasurementAnswer:
    """A filled-in form. Scored where every item of a score is answered; what is missing is answered too."""
    entered = await ask.enter_measure(
        case_id,
        command.id,
        body.tool,
        _entry(body, command, clock),
        cases,
        goals,
        measurements,
        goal_id=body.goal_id,
    )
    return MeasurementAnswer.of(entered)


@router.post("/{measurement_id}/correct")
async def correct(
    case_id: PathId,
    measurement_id: PathId,
    body: CorrectionBody,
    command: Measuring,
    measurements: TheMeasurements,
    clock: TheClock,
) -> MeasurementAnswer:
    """What was typed in was wrong: the new answers count, the old ones stay to be seen."""
    entry = _entry(body, command, clock, reason=body.reason)
    corrected = await ask.correct_measure(case_id, measurement_id, entry, measurements, expecting=command.expecting)
    return MeasurementAnswer.of(corrected)


@router.post("/{measurement_id}/take-back")
async def take_back(
    case_id: PathId,
    measurement_id: PathId,
    body: TakeBackBody,
    command: Measuring,
    measurements: TheMeasurements,
    clock: TheClock,
) -> MeasurementId:
    """It should never have been here, as when it is another person's."""
    await ask.take_back_measure(
        case_id,
        measurement_id,
        body.reason,
        measurements,
        clock,
        by=command.caller.subject,
        expecting=command.expecting,
    )
    return MeasurementId(case_id=case_id, measurement_id=measurement_id)


def _entry(
    body: AnswersBody, command: Measuring, clock: TheClock, *, reason: CorrectionReason | None = None
) -> FilledIn:
    return FilledIn(
        answers=tuple(body.answers),
        wants_help=tuple(sorted(set(body.wants_help))),
        measured_on=body.measured_on,
        filled_in_by=body.filled_in_by,
        entered_by=command.caller.subject,
        entered_at=clock.now(),
        reason=reason,
    )
