"""Alerts about what must not be left: the key worker is asked first, and whoever else where there is none."""

from datetime import timedelta

import pytest

from alliance.contracts import Event, intake, triage
from alliance.contracts.codes import DeclinedBy, MeasureTool, Priority, SafetyKind, Support
from alliance.contracts.wait_codes import WaitClockV2
from alliance.kernel import new_id
from alliance.messaging import Applied
from notify.application.alerts import open_alerts
from notify.domain.alert import Alert
from notify.domain.asking import is_asked
from notify.domain.codes import AlertKind, Audience

from ..builders import NINE
from ..rooms import CASE, PERSON, Room, said

OF_CASE = {"case_id": CASE, "person_id": PERSON}
TRANSFER = {**OF_CASE, "transfer_id": new_id(), "from_organisation_id": "slam", "to_organisation_id": "certitude"}


def a_decline(*, late: bool) -> Event:
    return triage.SupportDeclined(
        **OF_CASE,
        offer_id=new_id(),
        offer_kind=Support.CLUBHOUSE,
        provider_id="mosaic-clubhouse",
        by=DeclinedBy.PROVIDER,
        reason_code="no-capacity",
        late=late,
        at=NINE,
    )


def a_risk() -> Event:
    return triage.WaitAtRisk(
        **OF_CASE,
        clock=WaitClockV2.SUPPORT_7D,
        since=NINE - timedelta(days=6),
        due_at=NINE + timedelta(days=1),
        priority=Priority.ROUTINE,
    )


def a_lapse() -> Event:
    return triage.SupportLapsed(
        **OF_CASE, offer_id=new_id(), offer_kind=Support.CLUBHOUSE, provider_id="mosaic-clubhouse", at=NINE
    )


def a_review_due() -> Event:
    return triage.ReviewDue(**OF_CASE, review_id=new_id(), due_on=NINE.date())


OF_WORK: list[tuple[Event, AlertKind]] = [
    (a_lapse(), AlertKind.SUPPORT_LAPSED),
    (a_decline(late=True), AlertKind.SUPPORT_DECLINED_LATE),
    (a_risk(), AlertKind.WAIT_AT_RISK),
    (triage.TransferReturned(**TRANSFER, reason_code="no-room-now", at=NINE), AlertKind.TRANSFER_RETURNED),
    (triage.TransferLapsed(**TRANSFER, at=NINE), AlertKind.TRANSFER_LAPSED),
    (a_review_due(), AlertKind.REVIEW_DUE),
    (triage.ReviewOverdue(**OF_CASE, review_id=new_id(), due_on=NINE.date()), AlertKind.REVIEW_OVERDUE),
]


async def named(room: Room, worker: str) -> Applied:
    return await room.hear(said(triage.KeyWorkerNamed(**OF_CASE, worker=worker, organisation_id="certitude", at=NINE)))


async def the_alert(room: Room) -> Alert:
    (alert,) = (await open_alerts(room.alerts, audience=None, after=None, limit=9)).items
    return alert


@pytest.mark.parametrize(("event", "kind"), OF_WORK, ids=[kind for _, kind in OF_WORK])
async def test_the_key_worker_is_asked_first_and_nobody_else(event: Event, kind: AlertKind) -> None:
    room, envelope = Room(), said(event)
    await named(room, "staff-connie")
    await room.hear(envelope, envelope)
    alert = await the_alert(room)
    assert (alert.kind, alert.asked_worker) == (kind, "staff-connie")
    assert is_asked(alert, ["key-worker"], "staff-connie")
    assert not is_asked(alert, ["key-worker"], "staff-kofi")
    assert room.types_said == ["alert-raised.v2"]


@pytest.mark.parametrize(("event", "kind"), OF_WORK, ids=[kind for _, kind in OF_WORK])
async def test_without_a_key_worker_every_duty_worker_is_asked(event: Event, kind: AlertKind) -> None:
    room = Room()
    await room.hear(said(event))
    alert = await the_alert(room)
    assert (alert.kind, alert.asked_worker, alert.audience) == (kind, None, Audience.DUTY_WORKER)
    assert is_asked(alert, ["key-worker"], "staff-kofi")


async def test_when_the_key_worker_does_not_answer_others_are_asked() -> None:
    room = Room()
    await named(room, "staff-connie")
    await room.hear(said(a_decline(late=True)))
    room.clock.advance(seconds=900)
    await room.tick()
    alert = await the_alert(room)
    assert (alert.asked_worker, alert.audience) == (None, Audience.TEAM_LEAD)


async def test_a_decline_of_what_had_not_been_accepted_alerts_nobody() -> None:
    room = Room()
    await room.hear(said(a_decline(late=False)))
    assert room.types_said == []


async def test_an_answer_that_says_danger_is_for_every_duty_worker_at_once() -> None:
    """Item 9 of PHQ-9 above 0: not only for the key worker, who may have gone home."""
    room = Room()
    await named(room, "staff-connie")
    flag = triage.RiskFlagged(
        **OF_CASE, measurement_id=new_id(), tool=MeasureTool.PHQ_9, kind=SafetyKind.SUICIDAL_THOUGHTS, at=NINE
    )
    await room.hear(said(flag))
    alert = await the_alert(room)
    assert (alert.kind, alert.asked_worker, alert.audience) == (AlertKind.RISK_FLAGGED, None, Audience.DUTY_WORKER)
    assert alert.kind.rank < AlertKind.WAIT_MISSED.rank


@pytest.mark.parametrize("event", [a_risk(), a_review_due()], ids=["wait-at-risk", "review-due"])
async def test_what_is_said_again_when_it_is_over_climbs_to_nobody(event: Event) -> None:
    room = Room()
    await room.hear(said(event))
    room.clock.advance(days=3)
    await room.tick()
    assert room.types_said == ["alert-raised.v2"]
    assert (await the_alert(room)).acknowledge_by is None


async def test_a_transfer_that_waits_for_an_answer_is_for_those_who_lead() -> None:
    room = Room()
    await named(room, "staff-connie")
    await room.hear(said(triage.TransferAsked(**TRANSFER, reason_code="closer-to-home", at=NINE)))
    alert = await the_alert(room)
    assert (alert.audience, alert.asked_worker) == (Audience.TEAM_LEAD, None)


async def test_an_entry_of_the_directory_is_for_those_who_lead_and_climbs_to_nobody() -> None:
    room, entry = Room(), new_id()
    lapsed = said(
        triage.DirectoryAssuranceLapsed(service_id=entry, provider_id="certitude", assured_at=None, due_at=NINE)
    )
    await room.hear(lapsed, lapsed)
    room.clock.advance(days=3)
    await room.tick()
    alert = await the_alert(room)
    assert (alert.kind, alert.audience, alert.person_id) == (AlertKind.DIRECTORY_LAPSED, Audience.TEAM_LEAD, None)
    assert alert.cause
    assert alert.cause.subject_id == entry
    assert room.types_said == ["alert-raised.v2"]
    assert is_asked(alert, ["service-administrator"], "staff-ada")
    assert not is_asked(alert, ["key-worker"], "staff-kofi")


async def test_an_introduction_that_was_left_alone_is_alerted() -> None:
    room = Room()
    await room.hear(said(intake.IntroductionLeftAlone(introduction_id=new_id(), person_id=PERSON, due_at=NINE)))
    assert (await the_alert(room)).kind is AlertKind.INTRODUCTION_LEFT_ALONE


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        (intake.ErasureOverdue, AlertKind.ERASURE_OVERDUE),
        (intake.RecordOverdue, AlertKind.RECORD_OVERDUE),
    ],
)
async def test_what_the_law_gives_a_time_for_is_for_the_governance_lead_alone(
    event: type[intake.ErasureOverdue], kind: AlertKind
) -> None:
    room = Room()
    await room.hear(said(event(request_id=new_id(), person_id=PERSON, waiting_for=("triage",), due_at=NINE)))
    (alert,) = (await open_alerts(room.alerts, audience=Audience.GOVERNANCE_LEAD, after=None, limit=9)).items
    assert (alert.kind, room.types_said) == (kind, ["access-alert-raised.v1"])
    assert (await open_alerts(room.alerts, audience=None, after=None, limit=9)).items == []


async def test_who_was_named_last_counts_in_whatever_order_it_is_heard() -> None:
    room = Room()
    first = said(triage.KeyWorkerNamed(**OF_CASE, worker="staff-a", organisation_id="slam", at=NINE))
    later = said(triage.KeyWorkerNamed(**OF_CASE, worker="staff-b", organisation_id="slam", at=NINE))
    later, first = later.model_copy(update={"sequence": 7}), first.model_copy(update={"sequence": 6})
    await room.hear(later, first, later)
    await room.hear(said(a_decline(late=True)))
    assert (await the_alert(room)).asked_worker == "staff-b"
