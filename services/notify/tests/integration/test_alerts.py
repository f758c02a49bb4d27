"""Alerts follow their causes, climb while nobody answers, and are answered once."""

import asyncio

import pytest

from alliance.contracts import Event
from alliance.kernel import Refusal
from alliance.store import Busy
from alliance.testing import as_staff
from notify.application.alerts import acknowledge_alert, open_alerts
from notify.domain.alert import Standing
from notify.domain.codes import AlertKind, Audience
from notify.domain.identity import alert_of_wait
from notify.domain.refusals import AlreadyAcknowledged
from notify.events.hears import hears

from ..builders import NINE
from ..rooms import (
    CASE,
    Room,
    a_budget_threshold,
    a_concern,
    a_missed_wait,
    an_overdue_introduction,
    broken_glass,
    its_correction,
    said,
)

WAIT = alert_of_wait(CASE, "urgent-24h", NINE)


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        (a_concern(), AlertKind.SAFETY_CONCERN),
        (an_overdue_introduction(), AlertKind.INTRODUCTION_OVERDUE),
        (a_missed_wait(), AlertKind.WAIT_MISSED),
        (a_budget_threshold(), AlertKind.BUDGET_THRESHOLD),
    ],
)
async def test_each_cause_raises_one_alert_to_the_duty_worker(event: Event, kind: AlertKind) -> None:
    room, envelope = Room(), said(event)
    await room.hear(envelope, envelope)
    (alert,) = (await open_alerts(room.alerts, audience=Audience.DUTY_WORKER, after=None, limit=9)).items
    assert alert.kind is kind
    assert room.types_said == ["alert-raised.v1", "alert-raised.v2"]
    assert room.said[0].causationid == envelope.id


async def test_broken_glass_raises_an_alert_to_the_governance_lead_alone() -> None:
    room, envelope = Room(), said(broken_glass())
    await room.hear(envelope, envelope)
    (alert,) = (await open_alerts(room.alerts, audience=Audience.GOVERNANCE_LEAD, after=None, limit=9)).items
    assert alert.cause
    assert alert.cause.glass
    assert (alert.cause.glass.service, alert.cause.glass.opened_by) == ("triage", "staff-8")
    assert (await open_alerts(room.alerts, audience=None, after=None, limit=9)).items == []
    room.clock.advance(days=30)
    await room.tick()
    assert room.types_said == ["access-alert-raised.v1"]


@pytest.mark.parametrize("publisher", ["intake", "triage", "housing", "notify"])
def test_glass_that_is_broken_anywhere_is_heard_here(publisher: str) -> None:
    assert f"{publisher}.glass-broken.v1" in {row.event.type for row in hears.rows}


async def test_an_alert_that_nobody_answers_climbs_step_by_step() -> None:
    room = Room()
    await room.hear(a_concern())
    for seconds in (899, 1, 1799, 1, 9000):
        room.clock.advance(seconds=seconds)
        await room.tick()
    assert room.types_said == [
        "alert-raised.v1",
        "alert-raised.v2",
        "alert-escalated.v1",
        "alert-escalated.v2",
        "alert-escalated.v1",
        "alert-escalated.v2",
    ]
    assert [e.data["audience"] for e in room.said[1::2]] == ["duty-worker", "team-lead", "alliance-lead"]


async def acknowledge(room: Room, alert_id: str, by: str) -> bool:
    try:
        with as_staff(by):
            await acknowledge_alert(alert_id, room.alerts, room.clock, by=by)
    except AlreadyAcknowledged:
        return False
    return True


@pytest.mark.parametrize("tickers", [1, 3])
async def test_acknowledging_races_climbing_and_an_acknowledged_alert_never_climbs(tickers: int) -> None:
    room = Room()
    await room.hear(a_missed_wait())
    room.clock.advance(seconds=900)
    await asyncio.gather(acknowledge(room, WAIT, "staff-7"), *(room.tick() for _ in range(tickers)))
    await room.tick()
    types = room.types_said
    assert types.count("alert-acknowledged.v2") == 1
    assert types.count("alert-escalated.v2") <= 1
    assert types[-1] == "alert-acknowledged.v2"
    assert await room.alerts.due(room.clock.now().replace(year=2100)) == []


async def test_of_many_who_acknowledge_at_once_one_does_and_the_others_are_told() -> None:
    room = Room()
    await room.hear(a_missed_wait())
    answers = await asyncio.gather(*(acknowledge(room, WAIT, f"staff-{n}") for n in range(8)), return_exceptions=True)
    assert answers.count(True) == 1
    assert all(answer in (True, False) or isinstance(answer, Busy) for answer in answers)
    assert room.types_said.count("alert-acknowledged.v1") == 1


async def test_a_corrected_miss_stands_its_alert_down() -> None:
    room = Room()
    await room.hear(a_missed_wait(), its_correction())
    assert room.types_said == ["alert-raised.v1", "alert-raised.v2", "alert-stood-down.v1", "alert-stood-down.v2"]
    assert (await open_alerts(room.alerts, audience=None, after=None, limit=9)).items == []


async def test_a_correction_that_comes_first_keeps_the_alert_from_being_raised() -> None:
    room = Room()
    await room.hear(its_correction(), a_missed_wait())
    assert room.types_said == []
    assert (await room.alerts.get(WAIT)).standing is Standing.STOOD_DOWN


async def test_whoever_acknowledged_what_was_not_so_is_told() -> None:
    room, correction = Room(), said(its_correction())
    await room.hear(a_missed_wait())
    await acknowledge(room, WAIT, "staff-7")
    applied = await room.hear(correction, correction)
    assert applied.quarantined == []
    assert room.types_said == [
        "alert-raised.v1",
        "alert-raised.v2",
        "alert-acknowledged.v1",
        "alert-acknowledged.v2",
        "alert-corrected.v1",
        "alert-corrected.v2",
    ]


CAN_REFUSE: dict[str, set[type[Refusal]]] = {"stand_alert_down": {AlreadyAcknowledged}}
"""Which reactions the domain can refuse: their verbs' docstrings name the refusals, the tests above raise them."""


def test_every_refusal_that_a_reaction_can_meet_is_answered() -> None:
    for row in hears.rows:
        refusals = {refusal for reaction in row.do for refusal in CAN_REFUSE.get(reaction.__name__, set())}
        assert set(row.answers) == refusals, row.event.type


@pytest.mark.parametrize("state", ["new", "open", "acknowledged", "stood-down"])
@pytest.mark.parametrize("event", ["miss", "correction"])
async def test_no_state_of_an_alert_makes_a_reaction_fail(state: str, event: str) -> None:
    room = Room()
    if state in ("open", "acknowledged"):
        await room.hear(a_missed_wait())
    if state == "acknowledged":
        await acknowledge(room, WAIT, "staff-7")
    if state == "stood-down":
        await room.hear(its_correction())
    applied = await room.hear(a_missed_wait() if event == "miss" else its_correction())
    assert applied.quarantined == []
