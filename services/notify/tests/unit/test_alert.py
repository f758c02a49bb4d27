"""An alert is answered by somebody, or it climbs."""

from datetime import timedelta

import pytest

from alliance.kernel import Fact, new_id
from notify.domain.alert import Alert, Standing
from notify.domain.codes import AlertKind, Audience
from notify.domain.facts import (
    AccessAlertAcknowledged,
    AccessAlertRaised,
    AlertAcknowledged,
    AlertCorrected,
    AlertEscalated,
    AlertRaised,
    AlertStoodDown,
)
from notify.domain.refusals import AlertNoLongerStands, AlreadyAcknowledged

from ..builders import NINE, STEPS, a_cause, an_alert


def happened(alert: Alert) -> list[type[Fact]]:
    return [type(fact) for fact in alert.take_facts()]


def test_an_alert_is_raised_to_the_duty_worker_with_a_time_to_answer() -> None:
    alert = Alert(id=new_id(), kind=AlertKind.SAFETY_CONCERN)
    alert.raise_for(a_cause(), steps_seconds=STEPS, at=NINE)
    (fact,) = alert.take_facts()
    assert isinstance(fact, AlertRaised)
    assert (fact.audience, fact.acknowledge_by) == (Audience.DUTY_WORKER, NINE + timedelta(seconds=900))
    assert alert.due_at() == fact.acknowledge_by


def test_raising_it_again_is_silent() -> None:
    alert = an_alert()
    alert.raise_for(a_cause(), steps_seconds=STEPS, at=NINE)
    assert happened(alert) == []


def test_it_climbs_to_the_team_lead_and_then_to_the_alliance_lead_and_stays_there() -> None:
    alert = an_alert()
    alert.on_due(NINE + timedelta(seconds=900))
    assert (alert.audience, alert.due_at()) == (Audience.TEAM_LEAD, NINE + timedelta(seconds=2700))
    alert.on_due(NINE + timedelta(seconds=2700))
    assert (alert.audience, alert.due_at()) == (Audience.ALLIANCE_LEAD, None)
    alert.on_due(NINE + timedelta(days=9))
    assert happened(alert) == [AlertEscalated, AlertEscalated]


def test_it_does_not_climb_early() -> None:
    alert = an_alert()
    alert.on_due(NINE + timedelta(seconds=899))
    assert happened(alert) == []


def test_with_one_step_agreed_the_team_lead_is_the_last_to_be_asked() -> None:
    alert = Alert(id=new_id(), kind=AlertKind.WAIT_MISSED)
    alert.raise_for(a_cause(), steps_seconds=(60,), at=NINE)
    alert.on_due(NINE + timedelta(seconds=60))
    assert (alert.audience, alert.due_at()) == (Audience.TEAM_LEAD, None)


def test_once_acknowledged_it_never_climbs() -> None:
    alert = an_alert()
    alert.acknowledge(by="staff-7", at=NINE)
    alert.on_due(NINE + timedelta(days=1))
    assert happened(alert) == [AlertAcknowledged]
    assert alert.due_at() is None


def test_acknowledging_twice_is_silent_for_the_same_person_and_refused_for_another() -> None:
    alert = an_alert()
    alert.acknowledge(by="staff-7", at=NINE)
    alert.acknowledge(by="staff-7", at=NINE)
    assert happened(alert) == [AlertAcknowledged]
    with pytest.raises(AlreadyAcknowledged):
        alert.acknowledge(by="staff-8", at=NINE)


def test_an_escalated_alert_can_still_be_acknowledged() -> None:
    alert = an_alert()
    alert.on_due(NINE + timedelta(seconds=900))
    alert.acknowledge(by="staff-8", at=NINE + timedelta(seconds=901))
    assert happened(alert) == [AlertEscalated, AlertAcknowledged]


def test_an_alert_that_was_not_so_is_stood_down_once_and_cannot_be_acknowledged() -> None:
    alert = an_alert(AlertKind.WAIT_MISSED)
    alert.stand_down("miss-corrected", at=NINE)
    alert.stand_down("miss-corrected", at=NINE)
    assert happened(alert) == [AlertStoodDown]
    assert alert.due_at() is None
    with pytest.raises(AlertNoLongerStands):
        alert.acknowledge(by="staff-7", at=NINE)


def test_a_correction_that_comes_first_leaves_a_tombstone_and_the_alert_is_never_raised() -> None:
    alert = Alert(id=new_id(), kind=AlertKind.WAIT_MISSED)
    alert.stand_down("miss-corrected", at=NINE)
    alert.raise_for(a_cause(), steps_seconds=STEPS, at=NINE)
    assert happened(alert) == []
    assert (alert.standing, alert.due_at(), alert.queue) == (Standing.STOOD_DOWN, None, None)


def test_both_orders_of_miss_and_correction_end_in_the_same_state() -> None:
    cause, alert_id = a_cause(), new_id()
    first, second = (Alert(id=alert_id, kind=AlertKind.WAIT_MISSED) for _ in range(2))
    first.raise_for(cause, steps_seconds=STEPS, at=NINE)
    first.stand_down("miss-corrected", at=NINE)
    second.stand_down("miss-corrected", at=NINE)
    second.raise_for(cause, steps_seconds=STEPS, at=NINE)
    assert first == second


def test_standing_down_what_somebody_is_at_work_on_is_refused_and_they_are_told_once() -> None:
    alert = an_alert(AlertKind.WAIT_MISSED)
    alert.acknowledge(by="staff-7", at=NINE)
    alert.take_facts()
    with pytest.raises(AlreadyAcknowledged):
        alert.stand_down("miss-corrected", at=NINE)
    alert.note_correction("miss-corrected", at=NINE)
    alert.note_correction("miss-corrected", at=NINE)
    assert happened(alert) == [AlertCorrected]


def test_the_queue_puts_safety_first_then_the_highest_climbed_then_the_oldest() -> None:
    safety, missed, climbed, late = (
        an_alert(),
        an_alert(AlertKind.WAIT_MISSED),
        an_alert(AlertKind.WAIT_MISSED),
        Alert(id=new_id(), kind=AlertKind.WAIT_MISSED),
    )
    climbed.on_due(NINE + timedelta(seconds=900))
    late.raise_for(a_cause(), steps_seconds=STEPS, at=NINE + timedelta(hours=1))
    assert sorted([late, missed, climbed, safety], key=lambda a: a.queue or "") == [safety, climbed, missed, late]


def test_the_inbox_names_the_audience_that_is_asked_now() -> None:
    alert = an_alert()
    assert (alert.inbox or "").startswith("duty-worker:")
    alert.on_due(NINE + timedelta(seconds=900))
    assert (alert.inbox or "").startswith("team-lead:")
    alert.acknowledge(by="staff-7", at=NINE)
    assert alert.inbox is None


def test_broken_glass_is_told_to_the_governance_lead_and_climbs_to_nobody() -> None:
    alert = Alert(id=new_id(), kind=AlertKind.GLASS_BROKEN)
    alert.raise_for(a_cause(), steps_seconds=STEPS, at=NINE)
    assert (alert.audience, alert.due_at()) == (Audience.GOVERNANCE_LEAD, None)
    alert.on_due(NINE + timedelta(days=9))
    assert alert.audience is Audience.GOVERNANCE_LEAD
    alert.acknowledge(by="staff-9", at=NINE)
    assert happened(alert) == [AccessAlertRaised, AccessAlertAcknowledged]


def test_broken_glass_is_in_the_governance_leads_inbox_and_in_no_other_list() -> None:
    alert = an_alert(AlertKind.GLASS_BROKEN)
    assert alert.queue is None
    assert (alert.inbox or "").startswith("governance-lead:")
    alert.acknowledge(by="staff-9", at=NINE)
    assert alert.inbox is None


@pytest.mark.parametrize("kind", AlertKind)
def test_no_alert_climbs_from_those_who_may_know_to_those_who_may_not(kind: AlertKind) -> None:
    care = {Audience.DUTY_WORKER, Audience.TEAM_LEAD, Audience.ALLIANCE_LEAD}
    assert set(kind.audiences) <= care or set(kind.audiences) == {Audience.GOVERNANCE_LEAD}
