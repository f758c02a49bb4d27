"""What triage says of itself and hears again, for the national measure."""

from datetime import date, datetime

from alliance.contracts import Envelope, triage
from alliance.contracts import codes as published

from .builders import CASE, INTRODUCTION, MEASUREMENT, PERSON, at, said


def case_opened(hours: float = 0, case_id: str = CASE) -> Envelope:
    event = triage.CaseOpened(
        case_id=case_id,
        introduction_id=INTRODUCTION,
        person_id=PERSON,
        priority=published.Priority.ROUTINE,
        clock=published.WaitClock.SUPPORT_7D,
        clock_due_at=at(hours + 168),
        received_at=at(hours),
    )
    return said(event)


def case_closed(hours: float, case_id: str = CASE) -> Envelope:
    outcome = published.CaseOutcome.LOST_CONTACT
    event = triage.CaseClosed(
        case_id=case_id, introduction_id=INTRODUCTION, person_id=PERSON, outcome=outcome, at=at(hours)
    )
    return said(event)


def case_reopened(hours: float, *, closed: float) -> Envelope:
    event = triage.CaseReopened(
        case_id=CASE,
        introduction_id=INTRODUCTION,
        person_id=PERSON,
        priority=published.Priority.ROUTINE,
        reason_code="person-came-back",
        closed_at=at(closed),
        at=at(hours),
    )
    return said(event)


def talked(hours: float, *areas: published.HelpArea) -> Envelope:
    event = triage.ConversationHeld(case_id=CASE, person_id=PERSON, held_at=at(hours), need_areas=areas)
    return said(event)


def support_started(hours: float) -> Envelope:
    event = triage.SupportStartedV2(
        offer_id=INTRODUCTION,
        case_id=CASE,
        person_id=PERSON,
        offer_kind=published.Support.PEER_SUPPORT,
        provider_id="mosaic-clubhouse",
        started_at=at(hours),
        waited_days=1,
        weekly_cost_pence=0,
    )
    return said(event)


def measured(on: date) -> Envelope:
    event = triage.OutcomeMeasured(
        measurement_id=MEASUREMENT,
        case_id=CASE,
        person_id=PERSON,
        tool=next(iter(published.MeasureTool)),
        scale=next(iter(published.MeasureScale)),
        score=4,
        measured_on=on,
        filled_in_by=next(iter(published.FilledInBy)),
    )
    return said(event, sequence=1)


def measure_corrected(before: date, on: date, *, sequence: int, counts: bool = True) -> Envelope:
    event = triage.OutcomeCorrected(
        measurement_id=MEASUREMENT,
        case_id=CASE,
        person_id=PERSON,
        tool=next(iter(published.MeasureTool)),
        scale=next(iter(published.MeasureScale)),
        score_before=4,
        score=4 if counts else None,
        measured_on_before=before,
        measured_on=on,
        reason_code=published.CorrectionReason.TYPING_ERROR,
        at=datetime.combine(on, at(0).timetz()),
    )
    return said(event, sequence=sequence)
