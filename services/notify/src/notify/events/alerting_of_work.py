"""What is done about events that those who work with a person must answer for: their key worker is asked first."""

from datetime import UTC, datetime, time

from alliance.contracts import intake, triage
from alliance.kernel import Clock
from alliance.messaging import Heard
from notify.application.collections import Alerts, KeyWorkers
from notify.domain.alert import Cause
from notify.domain.codes import AlertKind
from notify.domain.identity import alert_of_event
from notify.domain.key_worker import KeyWorker
from notify.events.alerting import Steps, raise_alert

Transferred = triage.TransferAsked | triage.TransferReturned | triage.TransferLapsed
Reviewed = triage.ReviewDue | triage.ReviewOverdue
Overdue = intake.ErasureOverdue | intake.RecordOverdue

TRANSFERS = {
    triage.TransferAsked.type: AlertKind.TRANSFER_ASKED,
    triage.TransferReturned.type: AlertKind.TRANSFER_RETURNED,
    triage.TransferLapsed.type: AlertKind.TRANSFER_LAPSED,
}
REVIEWS = {
    triage.ReviewDue.type: AlertKind.REVIEW_DUE,
    triage.ReviewOverdue.type: AlertKind.REVIEW_OVERDUE,
}
OVERDUE = {
    intake.ErasureOverdue.type: AlertKind.ERASURE_OVERDUE,
    intake.RecordOverdue.type: AlertKind.RECORD_OVERDUE,
}


async def note_key_worker(heard: Heard[triage.KeyWorkerNamed], key_workers: KeyWorkers) -> None:
    named = heard.data
    await key_workers.change_or_add(
        named.case_id,
        lambda: KeyWorker(id=named.case_id),
        lambda worker: worker.name(named.worker, sequence=heard.envelope.sequence),
        remember=False,
    )


async def alert_of_late_decline(
    heard: Heard[triage.SupportDeclined], alerts: Alerts, key_workers: KeyWorkers, steps_seconds: Steps, clock: Clock
) -> None:
    """Only a late one: everybody had counted on that support (Open Path, Boston #45)."""
    declined = heard.data
    if declined.late:
        cause = await _of_case(heard.id, declined.at, declined.case_id, declined.person_id, key_workers)
        await raise_alert(
            alert_of_event(heard.id), AlertKind.SUPPORT_DECLINED_LATE, cause, alerts, steps_seconds, clock.now()
        )


async def alert_of_lapse(
    heard: Heard[triage.SupportLapsed], alerts: Alerts, key_workers: KeyWorkers, steps_seconds: Steps, clock: Clock
) -> None:
    lapsed = heard.data
    cause = await _of_case(heard.id, lapsed.at, lapsed.case_id, lapsed.person_id, key_workers)
    await raise_alert(alert_of_event(heard.id), AlertKind.SUPPORT_LAPSED, cause, alerts, steps_seconds, clock.now())


async def alert_of_flag(heard: Heard[triage.RiskFlagged], alerts: Alerts, steps_seconds: Steps, clock: Clock) -> None:
    """Every duty worker at once: whoever filled the form in with the person may have gone home."""
    flag = heard.data
    cause = Cause(event_id=heard.id, happened_at=heard.time, subject_id=flag.case_id, person_id=flag.person_id)
    await raise_alert(alert_of_event(heard.id), AlertKind.RISK_FLAGGED, cause, alerts, steps_seconds, clock.now())


async def alert_of_risk(
    heard: Heard[triage.WaitAtRisk], alerts: Alerts, key_workers: KeyWorkers, steps_seconds: Steps, clock: Clock
) -> None:
    wait = heard.data
    cause = await _of_case(heard.id, heard.time, wait.case_id, wait.person_id, key_workers)
    await raise_alert(alert_of_event(heard.id), AlertKind.WAIT_AT_RISK, cause, alerts, steps_seconds, clock.now())


async def alert_of_transfer(
    heard: Heard[Transferred], alerts: Alerts, key_workers: KeyWorkers, steps_seconds: Steps, clock: Clock
) -> None:
    """One that is asked goes to whoever leads a team; one that came to nothing to the key worker whose it still is."""
    said, kind = heard.data, TRANSFERS[heard.data.type]
    cause = await _of_case(heard.id, said.at, said.case_id, said.person_id, key_workers)
    if kind is AlertKind.TRANSFER_ASKED:
        cause = Cause(event_id=heard.id, happened_at=said.at, subject_id=said.case_id, person_id=said.person_id)
    await raise_alert(alert_of_event(heard.id), kind, cause, alerts, steps_seconds, clock.now())


async def alert_of_review(
    heard: Heard[Reviewed], alerts: Alerts, key_workers: KeyWorkers, steps_seconds: Steps, clock: Clock
) -> None:
    """On its day for the key worker alone; when the day has gone by it climbs."""
    review, kind = heard.data, REVIEWS[heard.data.type]
    due = datetime.combine(review.due_on, time(), UTC)
    cause = await _of_case(heard.id, due, review.case_id, review.person_id, key_workers)
    await raise_alert(alert_of_event(heard.id), kind, cause, alerts, steps_seconds, clock.now())


async def alert_of_directory(
    heard: Heard[triage.DirectoryAssuranceLapsed], alerts: Alerts, steps_seconds: Steps, clock: Clock
) -> None:
    """Those who lead teams, and nobody after them: an entry may be wrong, and nobody is in danger by it."""
    lapsed = heard.data
    cause = Cause(event_id=heard.id, happened_at=lapsed.due_at, subject_id=lapsed.service_id)
    await raise_alert(alert_of_event(heard.id), AlertKind.DIRECTORY_LAPSED, cause, alerts, steps_seconds, clock.now())


async def alert_of_left_alone(
    heard: Heard[intake.IntroductionLeftAlone], alerts: Alerts, steps_seconds: Steps, clock: Clock
) -> None:
    left = heard.data
    cause = Cause(event_id=heard.id, happened_at=left.due_at, subject_id=left.introduction_id, person_id=left.person_id)
    await raise_alert(
        alert_of_event(heard.id), AlertKind.INTRODUCTION_LEFT_ALONE, cause, alerts, steps_seconds, clock.now()
    )


async def alert_of_overdue_right(heard: Heard[Overdue], alerts: Alerts, steps_seconds: Steps, clock: Clock) -> None:
    """The governance lead alone: what a person may ask for by law was not done in time."""
    late, kind = heard.data, OVERDUE[heard.data.type]
    cause = Cause(event_id=heard.id, happened_at=late.due_at, subject_id=late.request_id, person_id=late.person_id)
    await raise_alert(alert_of_event(heard.id), kind, cause, alerts, steps_seconds, clock.now())


async def _of_case(event_id: str, at: datetime, case_id: str, person_id: str, key_workers: KeyWorkers) -> Cause:
    worker = await key_workers.find(case_id)
    return Cause(
        event_id=event_id,
        happened_at=at,
        subject_id=case_id,
        person_id=person_id,
        worker=worker.subject if worker else None,
    )
