"""Made-up events for tests, and reporting on the in-memory store."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from alliance.contracts import Envelope, Event, finance, housing, intake, notify, triage
from alliance.contracts.codes import (
    AlertKind,
    Audience,
    CorrectionReason,
    Ending,
    FilledInBy,
    MeasureScale,
    MeasureTool,
    Priority,
    ReopenReason,
    Setting,
    SourceCode,
    Support,
    WayIn,
)
from alliance.contracts.wait_codes import WaitClockV2
from alliance.kernel import new_id

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
CLOSE_AFTER_DAYS = 10


def said(event: Event, *, at: datetime = NOON, sequence: int = 1) -> Envelope:
    """The event in an envelope, as its producer would send it."""
    return Envelope(
        id=new_id(),
        source=f"/alliance/{event.publisher()}",
        type=event.type,
        subject=event.subject,
        time=at,
        sequence=sequence,
        partitionkey=event.partition_key,
        correlationid=new_id(),
        actor="staff-7",
        organisation="certitude",
        data=event.model_dump(mode="json"),
    )


def an_introduction(
    source: SourceCode = SourceCode.SELF, at: datetime = NOON, person_id: str | None = None
) -> intake.IntroductionReceived:
    return intake.IntroductionReceived(
        introduction_id=new_id(),
        person_id=person_id or new_id(),
        way_in=WayIn.WEB,
        source_code=source,
        received_at=at,
        safety_concern=False,
    )


def an_acceptance(of: intake.IntroductionReceived, at: datetime = NOON, spell: int = 1) -> intake.IntroductionAccepted:
    return intake.IntroductionAccepted(
        introduction_id=of.introduction_id,
        person_id=of.person_id,
        suggested_priority=Priority.ROUTINE,
        received_at=of.received_at,
        accepted_at=at,
        spell=spell,
    )


def answers(person_id: str, sequence: int = 1, **given: str) -> intake.EqualityRecorded:
    """`answers(person, gender="2")`: everything else is not known."""
    unknown = {"ethnicity": "99", "age_band": "99", "gender": "X", "same_as_at_birth": "X"}
    said: dict[str, Any] = {**unknown, **given, "answer_sequence": sequence, "recorded_on": NOON.date()}
    return intake.EqualityRecorded(person_id=person_id, **said)


def a_merge(survivor: str, merged: str) -> intake.PeopleMerged:
    return intake.PeopleMerged(person_id=survivor, merged_person_id=merged, merge_id=new_id(), at=NOON)


def an_undone(merge: intake.PeopleMerged) -> intake.PeopleUnmerged:
    return intake.PeopleUnmerged.model_validate(merge.model_dump())


def a_score(
    score: float, on: date, *, tool: MeasureTool = MeasureTool.PHQ_9, case_id: str, **more: Any
) -> triage.OutcomeMeasured:
    scale = MeasureScale.GOAL if tool is MeasureTool.GBO else MeasureScale.TOTAL
    return triage.OutcomeMeasured(
        **{"measurement_id": new_id(), "person_id": new_id(), "scale": scale, **more},
        case_id=case_id,
        tool=tool,
        score=score,
        measured_on=on,
        filled_in_by=FilledInBy.PERSON,
    )


def a_corrected_score(
    of: triage.OutcomeMeasured, score: float | None, on: date | None = None
) -> triage.OutcomeCorrected:
    return triage.OutcomeCorrected(
        measurement_id=of.measurement_id,
        case_id=of.case_id,
        person_id=of.person_id,
        tool=of.tool,
        scale=of.scale,
        goal_id=of.goal_id,
        score_before=of.score,
        score=score,
        measured_on_before=of.measured_on,
        measured_on=on or of.measured_on,
        reason_code=CorrectionReason.TYPING_ERROR,
        at=NOON,
    )


OFFER: dict[str, Any] = {"offer_kind": Support.CLUBHOUSE, "provider_id": "mosaic-clubhouse", "at": NOON}


def an_offer(event: type[Event], **more: Any) -> Event:
    """`an_offer(triage.SupportLapsed)`."""
    return event.model_validate({**OFFER, "offer_id": new_id(), "case_id": new_id(), "person_id": new_id(), **more})


def a_reopened(of: intake.IntroductionReceived, at: datetime = NOON, spell: int = 2) -> intake.IntroductionReopened:
    return intake.IntroductionReopened(
        introduction_id=of.introduction_id,
        person_id=of.person_id,
        spell=spell,
        reason_code=ReopenReason.PERSON_CAME_BACK,
        reopened_at=at,
        waiting_since=at,
    )


def a_closing(of: intake.IntroductionReceived, at: datetime = NOON, spell: int = 1) -> intake.IntroductionClosed:
    return intake.IntroductionClosed(
        introduction_id=of.introduction_id,
        person_id=of.person_id,
        ending=Ending.SIGNPOSTED,
        closed_at=at,
        spell=spell,
    )


def a_source_correction(before: SourceCode, now: SourceCode, at: datetime = NOON) -> intake.SourceCorrected:
    return intake.SourceCorrected(
        introduction_id=new_id(),
        person_id=new_id(),
        source_code_before=before,
        source_code=now,
        received_at=at,
        reason_code=CorrectionReason.TYPING_ERROR,
    )


def a_missed_wait() -> triage.WaitTargetMissedV2:
    return triage.WaitTargetMissedV2(
        case_id=new_id(),
        person_id=new_id(),
        clock=WaitClockV2.URGENT_24H,
        since=NOON,
        due_at=NOON,
        priority=Priority.URGENT,
    )


def a_corrected_miss() -> triage.WaitTargetMissCorrectedV2:
    return triage.WaitTargetMissCorrectedV2(
        case_id=new_id(), person_id=new_id(), clock=WaitClockV2.URGENT_24H, since=NOON, due_at=NOON, ended_at=NOON
    )


def a_reopening(closed_at: datetime = NOON) -> triage.CaseReopened:
    return triage.CaseReopened(
        case_id=new_id(),
        introduction_id=new_id(),
        person_id=new_id(),
        priority=Priority.ROUTINE,
        reason_code="person-came-back",
        closed_at=closed_at,
        at=closed_at,
    )


def a_start_of_support(waited_days: int = 6) -> triage.SupportStartedV2:
    return triage.SupportStartedV2(
        offer_id=new_id(),
        case_id=new_id(),
        person_id=new_id(),
        offer_kind=Support.PEER_SUPPORT,
        provider_id="mosaic-clubhouse",
        started_at=NOON,
        waited_days=waited_days,
        weekly_cost_pence=12_000,
    )


def a_move(on: date = date(2026, 11, 9)) -> housing.PersonMovedIn:
    return housing.PersonMovedIn(
        placement_id=new_id(),
        case_id=new_id(),
        person_id=new_id(),
        home_id=new_id(),
        setting=Setting.OWN_TENANCY,
        moved_in_on=on,
        weekly_cost_pence=28_800,
        previous_setting=Setting.RESIDENTIAL_CARE,
        previous_weekly_cost_pence=153_400,
        section_117=True,
    )


def a_corrected_move(before: date, now: date) -> housing.MoveInCorrected:
    return housing.MoveInCorrected(
        placement_id=new_id(),
        person_id=new_id(),
        moved_in_on_before=before,
        moved_in_on=now,
        reason_code=CorrectionReason.LATE_INFORMATION,
    )


def a_commitment(start: date = date(2026, 11, 9), total: int = 600_000, saving: int = 2_500_000) -> Event:
    return finance.CommitmentOpened(
        commitment_id=new_id(),
        placement_id=new_id(),
        person_id=new_id(),
        weekly_pence=28_800,
        previous_weekly_pence=153_400,
        start=start,
        end=date(2027, 3, 31),
        total_pence=total,
        saving_pence=saving,
        funding_split=(),
    )


def a_restated_commitment(before: date, start: date) -> Event:
    return finance.CommitmentRestated(
        commitment_id=new_id(),
        placement_id=new_id(),
        person_id=new_id(),
        start_before=before,
        start=start,
        end=date(2027, 3, 31),
        total_pence_before=600_000,
        total_pence=500_000,
        saving_pence_before=2_500_000,
        saving_pence=2_100_000,
        funding_split_before=(),
        funding_split=(),
        reason_code=CorrectionReason.LATE_INFORMATION,
    )


def an_alert() -> notify.AlertRaisedV2:
    return notify.AlertRaisedV2(
        alert_id=new_id(),
        kind=AlertKind.SAFETY_CONCERN,
        cause_event_id=new_id(),
        audience=Audience.DUTY_WORKER,
        acknowledge_by=NOON + timedelta(minutes=15),
        at=NOON,
    )
