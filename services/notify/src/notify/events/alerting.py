"""What is done about events that somebody must answer for."""

from datetime import datetime

from alliance.contracts import finance, housing, intake, notify, triage
from alliance.kernel import Clock
from alliance.messaging import Heard
from notify.application.collections import Alerts
from notify.domain.alert import Alert, Cause, Glass
from notify.domain.codes import AlertKind
from notify.domain.identity import alert_of_event, alert_of_wait

MISS_CORRECTED = "miss-corrected"
Steps = tuple[int, ...]
GlassBroken = intake.GlassBroken | triage.GlassBroken | housing.GlassBroken | notify.GlassBroken


async def alert_of_safety(
    heard: Heard[intake.SafetyConcernRaised], alerts: Alerts, steps_seconds: Steps, clock: Clock
) -> None:
    concern = heard.data
    cause = Cause(
        event_id=heard.id,
        happened_at=concern.raised_at,
        subject_id=concern.introduction_id,
        person_id=concern.person_id,
    )
    await raise_alert(alert_of_event(heard.id), AlertKind.SAFETY_CONCERN, cause, alerts, steps_seconds, clock.now())


async def alert_of_overdue(
    heard: Heard[intake.IntroductionOverdue], alerts: Alerts, steps_seconds: Steps, clock: Clock
) -> None:
    overdue = heard.data
    cause = Cause(
        event_id=heard.id,
        happened_at=overdue.due_at,
        subject_id=overdue.introduction_id,
        person_id=overdue.person_id,
    )
    await raise_alert(
        alert_of_event(heard.id), AlertKind.INTRODUCTION_OVERDUE, cause, alerts, steps_seconds, clock.now()
    )


async def alert_of_missed_wait(
    heard: Heard[triage.WaitTargetMissedV2], alerts: Alerts, steps_seconds: Steps, clock: Clock
) -> None:
    miss = heard.data
    cause = Cause(event_id=heard.id, happened_at=miss.due_at, subject_id=miss.case_id, person_id=miss.person_id)
    alert_id = _alert_of(miss)
    await raise_alert(alert_id, AlertKind.WAIT_MISSED, cause, alerts, steps_seconds, clock.now())


async def alert_of_budget(
    heard: Heard[finance.BudgetThresholdCrossed], alerts: Alerts, steps_seconds: Steps, clock: Clock
) -> None:
    cause = Cause(event_id=heard.id, happened_at=heard.data.at, subject_id=heard.data.budget_id)
    await raise_alert(alert_of_event(heard.id), AlertKind.BUDGET_THRESHOLD, cause, alerts, steps_seconds, clock.now())


async def alert_of_glass(heard: Heard[GlassBroken], alerts: Alerts, steps_seconds: Steps, clock: Clock) -> None:
    broken = heard.data
    glass = Glass(
        service=broken.publisher(),
        record=broken.record,
        reason_code=broken.reason_code,
        opened_by=broken.opened_by,
        organisation=broken.opened_by_organisation,
        until=broken.until,
    )
    cause = Cause(
        event_id=heard.id,
        happened_at=broken.at,
        subject_id=broken.person_id,
        person_id=broken.person_id,
        glass=glass,
    )
    await raise_alert(alert_of_event(heard.id), AlertKind.GLASS_BROKEN, cause, alerts, steps_seconds, clock.now())


async def stand_alert_down(heard: Heard[triage.WaitTargetMissCorrectedV2], alerts: Alerts, clock: Clock) -> None:
    """The wait was not missed. Where this arrives first, it is kept, and the alert will not be raised."""
    alert_id = _alert_of(heard.data)
    at = clock.now()
    await alerts.change_or_add(
        alert_id,
        lambda: Alert(id=alert_id, kind=AlertKind.WAIT_MISSED),
        lambda alert: alert.stand_down(MISS_CORRECTED, at=at),
    )


async def tell_who_acknowledged(heard: Heard[triage.WaitTargetMissCorrectedV2], alerts: Alerts, clock: Clock) -> None:
    """Answers `AlreadyAcknowledged`: somebody is at work on what was not so, and must hear that."""
    alert_id = _alert_of(heard.data)
    at = clock.now()
    await alerts.change(alert_id, lambda alert: alert.note_correction(MISS_CORRECTED, at=at))


def _alert_of(said: triage.WaitTargetMissedV2 | triage.WaitTargetMissCorrectedV2) -> str:
    return alert_of_wait(said.case_id, said.clock, said.due_at, said.repeat)


async def raise_alert(
    alert_id: str, kind: AlertKind, cause: Cause, alerts: Alerts, steps_seconds: Steps, at: datetime
) -> None:
    await alerts.change_or_add(
        alert_id,
        lambda: Alert(id=alert_id, kind=kind),
        lambda alert: alert.raise_for(cause, steps_seconds=steps_seconds, at=at),
    )
