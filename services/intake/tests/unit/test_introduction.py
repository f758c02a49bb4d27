"""What may become of an introduction."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import pytest

from intake.domain import facts, refusals
from intake.domain.codes import CorrectionReason, Elsewhere, Ending, Priority, SafetyKind, SourceCode, WayIn
from intake.domain.introduction import MOST_ADDITIONS, Introduction
from intake.domain.records import Ended, State, Story

from ..builders import NINE, PROMISE, an_introduction

TEN = NINE + timedelta(hours=1)


def accept(introduction: Introduction) -> None:
    introduction.accept(Priority.ROUTINE, at=TEN)


def close(introduction: Introduction) -> None:
    introduction.close(Ended(ending=Ending.SIGNPOSTED, elsewhere=Elsewhere.GP), at=TEN, promise=PROMISE)


def claim(introduction: Introduction) -> None:
    introduction.claim(by="staff-1", at=TEN, promise=PROMISE)


def withdraw(introduction: Introduction) -> None:
    introduction.withdraw(at=TEN)


def test_an_introduction_says_that_it_was_received_and_nothing_of_the_story() -> None:
    introduction = Introduction.receive(
        id="i",
        person_id="p",
        status_key="k",
        way_in=WayIn.PHONE,
        source_code=SourceCode.GP,
        help_areas=(),
        story=Story(going_on="SECRET-STORY"),
        danger=None,
        at=NINE,
        promise=PROMISE,
    )
    (fact,) = introduction.take_facts()
    assert isinstance(fact, facts.IntroductionReceived)
    assert fact.source_code is SourceCode.GP
    assert "SECRET-STORY" not in repr(fact)


@pytest.mark.parametrize(
    ("first", "second", "refusal"),
    [
        (accept, close, refusals.IntroductionAlreadyAccepted),
        (close, accept, refusals.IntroductionAlreadyClosed),
        (close, withdraw, refusals.IntroductionAlreadyClosed),
        (withdraw, accept, refusals.IntroductionAlreadyWithdrawn),
        (withdraw, close, refusals.IntroductionAlreadyWithdrawn),
    ],
)
def test_an_introduction_ends_once(
    first: Callable[[Introduction], None], second: Callable[[Introduction], None], refusal: type[Exception]
) -> None:
    introduction = an_introduction()
    first(introduction)
    with pytest.raises(refusal):
        second(introduction)
    assert len(introduction.take_facts()) == 1


@pytest.mark.parametrize("verb", [accept, close, withdraw])
def test_the_same_ending_again_is_silent(verb: Callable[[Introduction], None]) -> None:
    introduction = an_introduction()
    verb(introduction)
    verb(introduction)
    assert len(introduction.take_facts()) == 1


def test_a_person_can_withdraw_after_acceptance() -> None:
    introduction = an_introduction()
    accept(introduction)
    withdraw(introduction)
    assert introduction.state is State.WITHDRAWN
    assert [type(fact) for fact in introduction.take_facts()] == [
        facts.IntroductionAccepted,
        facts.IntroductionWithdrawn,
    ]


def test_a_colleague_cannot_claim_what_is_claimed() -> None:
    introduction = an_introduction()
    introduction.claim(by="staff-1", at=TEN, promise=PROMISE)
    introduction.claim(by="staff-1", at=TEN, promise=PROMISE)
    with pytest.raises(refusals.ClaimedBySomebodyElse):
        introduction.claim(by="staff-2", at=TEN, promise=PROMISE)


def test_an_introduction_nobody_looked_at_is_overdue_once() -> None:
    introduction = an_introduction()
    due = introduction.due_at()
    assert due == NINE + timedelta(hours=24)
    introduction.on_due(due - timedelta(seconds=1))
    assert introduction.take_facts() == ()
    introduction.on_due(due)
    introduction.on_due(due)
    (fact,) = introduction.take_facts()
    assert isinstance(fact, facts.IntroductionOverdue)
    assert introduction.due_at() is None


def test_a_safety_concern_is_to_be_looked_at_within_an_hour() -> None:
    assert an_introduction(SafetyKind.SELF_HARM).due_at() == NINE + timedelta(hours=1)


def test_a_new_concern_about_an_overdue_introduction_starts_a_new_hour() -> None:
    introduction = an_introduction()
    later = NINE + timedelta(days=2)
    introduction.on_due(later)
    introduction.raise_safety_concern(SafetyKind.NOT_SAID, at=later, promise=PROMISE)
    assert introduction.due_at() == later + timedelta(hours=1)


@pytest.mark.parametrize("verb", [accept, close, withdraw])
def test_whoever_ends_it_stops_the_clock(verb: Callable[[Introduction], None]) -> None:
    introduction = an_introduction()
    verb(introduction)
    assert introduction.attend_by is None
    assert not introduction.is_late(NINE + timedelta(days=100))


@pytest.mark.parametrize("verb", [accept, close, withdraw])
def test_a_safety_concern_can_be_raised_whatever_became_of_the_introduction(
    verb: Callable[[Introduction], None],
) -> None:
    introduction = an_introduction()
    verb(introduction)
    introduction.take_facts()
    introduction.raise_safety_concern(SafetyKind.SUICIDAL_THOUGHTS, at=TEN, promise=PROMISE)
    (fact,) = introduction.take_facts()
    assert isinstance(fact, facts.SafetyConcernRaised)


def test_the_queue_has_safety_first_then_unassigned_then_oldest() -> None:
    unsafe = an_introduction(SafetyKind.NOT_SAID, at=TEN)
    old, young, claimed = an_introduction(), an_introduction(at=TEN), an_introduction()
    claimed.claim(by="staff-1", at=TEN, promise=PROMISE)
    ordered = sorted([claimed, young, old, unsafe], key=lambda introduction: introduction.queue or "")
    assert ordered == [unsafe, old, young, claimed]


def test_a_wrong_source_is_corrected_and_said_with_what_it_was() -> None:
    introduction = an_introduction()
    introduction.correct_source(SourceCode.CARER, reason=CorrectionReason.TYPING_ERROR)
    introduction.correct_source(SourceCode.CARER, reason=CorrectionReason.TYPING_ERROR)
    (fact,) = introduction.take_facts()
    assert isinstance(fact, facts.SourceCorrected)
    assert (fact.source_code_before, fact.source_code) == (SourceCode.SELF, SourceCode.CARER)


def test_a_case_opened_in_spite_of_a_withdrawal_is_refused_and_answered_by_saying_it_again() -> None:
    introduction = an_introduction()
    withdraw(introduction)
    (withdrawal,) = introduction.take_facts()
    assert isinstance(withdrawal, facts.IntroductionWithdrawn)
    with pytest.raises(refusals.IntroductionAlreadyWithdrawn):
        introduction.note_case("case")
    introduction.repeat_withdrawal("case")
    assert introduction.take_facts() == (replace(withdrawal, repeated=True),)


def test_a_case_known_to_be_closed_needs_no_second_withdrawal() -> None:
    introduction = an_introduction()
    withdraw(introduction)
    introduction.note_case_closed("case", at=TEN)
    introduction.note_case("case")
    assert introduction.case_id == "case"


def test_a_closing_that_was_undone_does_not_count_whatever_was_told_first() -> None:
    for order in permutations(("opened", "closed", "closed for good", "reopened")):
        introduction = an_introduction()
        for news in order:
            match news:
                case "opened":
                    introduction.note_case("case")
                case "closed":
                    introduction.note_case_closed("case", at=NINE)
                case "closed for good":
                    introduction.note_case_closed("case", at=TEN)
                case _:
                    introduction.note_case_reopened("case", closed_at=NINE)
        assert (introduction.case_id, introduction.case_closed_at) == ("case", TEN)


def test_a_case_opened_again_in_spite_of_a_withdrawal_is_refused_and_answered_by_saying_it_again() -> None:
    introduction = an_introduction()
    introduction.note_case_closed("case", at=NINE)
    withdraw(introduction)
    introduction.take_facts()
    with pytest.raises(refusals.IntroductionAlreadyWithdrawn):
        introduction.note_case_reopened("case", closed_at=NINE)
    introduction.repeat_withdrawal("case", reopened_after=NINE)
    (withdrawal,) = introduction.take_facts()
    assert isinstance(withdrawal, facts.IntroductionWithdrawn)
    assert withdrawal.repeated
    assert introduction.case_closed_at is None


def test_a_withdrawal_is_about_the_case_that_triage_opened_last() -> None:
    """Triage opens another case where the last was closed long ago; it counts the openings on."""
    introduction = an_introduction()
    introduction.accept(Priority.ROUTINE, at=NINE)
    introduction.note_case("first", 1)
    introduction.note_case_closed("first", 1, at=NINE)
    introduction.note_case("second", 2)
    introduction.note_case_closed("first", 1, at=TEN)
    introduction.take_facts()
    assert (introduction.case_id, introduction.case_closed_at) == ("second", None)
    withdraw(introduction)
    (withdrawal,) = introduction.take_facts()
    assert isinstance(withdrawal, facts.IntroductionWithdrawn)
    assert (withdrawal.spell, withdrawal.repeated) == (2, False)


def test_a_withdrawal_said_before_triage_told_of_its_other_case_is_said_again_of_that() -> None:
    introduction = an_introduction()
    introduction.accept(Priority.ROUTINE, at=NINE)
    introduction.note_case_closed("first", 1, at=NINE)
    withdraw(introduction)
    introduction.take_facts()
    with pytest.raises(refusals.IntroductionAlreadyWithdrawn):
        introduction.note_case("second", 2)
    introduction.repeat_withdrawal("second", 2)
    (withdrawal,) = introduction.take_facts()
    assert isinstance(withdrawal, facts.IntroductionWithdrawn)
    assert (withdrawal.spell, withdrawal.repeated) == (2, True)


def test_what_the_person_adds_later_is_kept_and_said_to_nobody() -> None:
    introduction = an_introduction()
    introduction.add("made-up words", at=TEN)
    assert [(each.text, each.at) for each in introduction.additions] == [("made-up words", TEN)]
    assert introduction.take_facts() == ()


def test_nothing_is_added_where_nobody_would_read_it() -> None:
    introduction = an_introduction()
    accept(introduction)
    with pytest.raises(refusals.IntroductionAlreadyAccepted):
        introduction.add("made-up words", at=TEN)


def test_there_is_an_end_to_adding() -> None:
    introduction = an_introduction()
    for _ in range(MOST_ADDITIONS):
        introduction.add("made-up words", at=TEN)
    with pytest.raises(refusals.EnoughAdded):
        introduction.add("made-up words", at=TEN)


def test_lists_find_what_somebody_has_in_hand_and_what_nobody_has_looked_at() -> None:
    introduction = an_introduction()
    assert (introduction.in_hand, bool(introduction.unlooked)) == (None, True)
    claim(introduction)
    assert (introduction.in_hand or "").startswith("staff-1:")
    assert introduction.unlooked is None
    accept(introduction)
    assert introduction.in_hand is None
