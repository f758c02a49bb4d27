"""The clocks: what is promised, what ends a wait, what is said when it was missed, and taken back when it was not."""

from collections.abc import Callable
from datetime import datetime

import pytest

from alliance.kernel import Fact
from triage.domain import facts
from triage.domain.case import Case
from triage.domain.codes import CaseOutcome, Priority, SafetyKind, WaitClock
from triage.domain.waits import Targets

from ..builders import COSTS, NINE, a_case, a_conversation, an_offer, at

FOUR_WEEKS = WaitClock.COMMUNITY_4W


def misses(case: Case) -> list[tuple[str, WaitClock, datetime]]:
    found: list[Fact] = [*case.take_facts()]
    return [
        ("missed" if isinstance(fact, facts.WaitTargetMissed) else "corrected", fact.clock, fact.due_at)
        for fact in found
        if isinstance(fact, facts.WaitTargetMissed | facts.WaitTargetMissCorrected)
    ]


def next_due(case: Case) -> datetime | None:
    """When the next miss would be said, the four weeks left out: they have tests of their own."""
    return min((wait.due_at for wait in case.unannounced if wait.clock is not FOUR_WEEKS), default=None)


@pytest.mark.parametrize(
    ("suggested", "clock", "hours"),
    [
        (Priority.EMERGENCY, WaitClock.VERY_URGENT_4H, 4),
        (Priority.VERY_URGENT, WaitClock.VERY_URGENT_4H, 4),
        (Priority.URGENT, WaitClock.URGENT_24H, 24),
        (Priority.ROUTINE, WaitClock.SUPPORT_7D, 168),
    ],
)
def test_the_first_clock_follows_from_the_priority(suggested: Priority, clock: WaitClock, hours: float) -> None:
    case = Case.expected("i", "p", Targets())
    case.open(received_at=NINE, suggested=suggested, help_areas=())
    (opened,) = case.take_facts()
    assert isinstance(opened, facts.CaseOpened)
    assert (opened.clock, opened.clock_due_at) == (clock, at(hours))
    assert next_due(case) == at(hours)


def test_a_missed_target_is_said_once() -> None:
    case = a_case(Priority.URGENT)
    case.on_due(at(23.9))
    assert misses(case) == []
    case.on_due(at(24))
    case.on_due(at(25))
    assert misses(case) == [("missed", WaitClock.URGENT_24H, at(24))]
    assert next_due(case) == at(168)


def test_a_conversation_in_time_ends_the_urgent_wait() -> None:
    case = a_case(Priority.VERY_URGENT)
    case.hold_conversation(a_conversation(at(3)), now=at(3))
    assert [wait.clock for wait in case.waiting] == [WaitClock.SUPPORT_7D, FOUR_WEEKS]
    case.on_due(at(5))
    assert misses(case) == []


def test_a_conversation_in_time_that_became_known_late_takes_the_miss_back() -> None:
    case = a_case(Priority.VERY_URGENT)
    case.on_due(at(4))
    case.hold_conversation(a_conversation(at(3)), now=at(6))
    case.hold_conversation(a_conversation(at(2)), now=at(7))
    assert misses(case) == [
        ("missed", WaitClock.VERY_URGENT_4H, at(4)),
        ("corrected", WaitClock.VERY_URGENT_4H, at(4)),
    ]


def test_a_late_conversation_ends_the_wait_and_the_miss_stands() -> None:
    case = a_case(Priority.VERY_URGENT)
    case.on_due(at(4))
    case.hold_conversation(a_conversation(at(5)), now=at(5))
    assert misses(case) == [("missed", WaitClock.VERY_URGENT_4H, at(4))]
    assert [wait.clock for wait in case.waiting] == [WaitClock.SUPPORT_7D, FOUR_WEEKS]


@pytest.mark.parametrize(
    "act",
    [
        lambda case: case.hold_conversation(a_conversation(at(5)), now=at(5)),
        lambda case: case.decide_priority(Priority.ROUTINE, reason_code="reviewed", by="staff-1", at=at(5)),
        lambda case: case.close(CaseOutcome.GOALS_MET, at=at(5)),
    ],
)
def test_a_miss_is_said_also_when_its_end_comes_before_the_clock_does(act: Callable[[Case], None]) -> None:
    case = a_case(Priority.VERY_URGENT)
    act(case)
    case.on_due(at(6))
    assert misses(case) == [("missed", WaitClock.VERY_URGENT_4H, at(4))]


def test_late_support_is_a_miss_also_when_the_clock_has_not_come_by() -> None:
    case = a_case()
    offer = an_offer(case)
    case.accept_offer(offer, at=at(48))
    case.start_support(offer, started_at=at(169), costs=COSTS, now=at(170))
    assert misses(case) == [("missed", WaitClock.SUPPORT_7D, at(168))]


def test_a_withdrawal_in_time_that_became_known_late_takes_the_miss_back() -> None:
    case = a_case(Priority.VERY_URGENT)
    case.on_due(at(4))
    case.end_with_introduction(CaseOutcome.WITHDRAWN, at=at(3))
    assert [said for said, _, _ in misses(case)] == ["missed", "corrected"]


def test_the_miss_is_taken_back_even_if_the_priority_was_lowered_meanwhile() -> None:
    case = a_case(Priority.VERY_URGENT)
    case.on_due(at(4))
    case.decide_priority(Priority.ROUTINE, reason_code="reviewed", by="staff-1", at=at(5))
    case.hold_conversation(a_conversation(at(3)), now=at(6))
    assert [said for said, _, _ in misses(case)] == ["missed", "corrected"]


def test_the_start_of_support_ends_the_week() -> None:
    case = a_case()
    offer = an_offer(case)
    case.accept_offer(offer, at=at(48))
    assert next_due(case) == at(168)
    case.start_support(offer, started_at=at(100), costs=COSTS, now=at(101))
    assert next_due(case) is None


def test_support_that_started_in_time_but_became_known_late_takes_the_miss_back() -> None:
    case = a_case()
    offer = an_offer(case)
    case.accept_offer(offer, at=at(48))
    case.on_due(at(168))
    case.start_support(offer, started_at=at(167), costs=COSTS, now=at(170))
    assert [said for said, _, _ in misses(case)] == ["missed", "corrected"]


def test_a_safety_concern_starts_its_own_four_hours() -> None:
    case = a_case()
    case.raise_concern(SafetyKind.SELF_HARM, at=at(30))
    assert next_due(case) == at(34)
    case.hold_conversation(a_conversation(at(29)), now=at(31))
    assert next_due(case) == at(34), "an earlier conversation does not answer it"
    case.hold_conversation(a_conversation(at(32)), now=at(32))
    assert next_due(case) == at(168)


def test_a_raised_priority_starts_its_wait_then_and_a_lowered_one_keeps_its_start() -> None:
    case = a_case()
    case.decide_priority(Priority.URGENT, reason_code="worse", by="staff-1", at=at(72))
    assert next_due(case) == at(96)
    case.decide_priority(Priority.VERY_URGENT, reason_code="worse", by="staff-1", at=at(73))
    assert next_due(case) == at(77)
    case.decide_priority(Priority.URGENT, reason_code="better", by="staff-1", at=at(74))
    assert next_due(case) == at(97)


def test_a_closed_case_waits_for_nothing() -> None:
    case = a_case(Priority.VERY_URGENT)
    case.close(CaseOutcome.LOST_CONTACT, at=at(1))
    assert next_due(case) is None
    case.on_due(at(200))
    assert misses(case) == []


def test_targets_can_be_shortened_for_a_demonstration() -> None:
    case = Case.expected("i", "p", Targets(urgent_hours=0.001))
    case.open(received_at=NINE, suggested=Priority.URGENT, help_areas=())
    assert next_due(case) == at(0.001)
