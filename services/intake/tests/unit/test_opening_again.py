"""What was closed or withdrawn is opened again: in the queue, with the wait that is fair, and a case of its own."""

from datetime import timedelta

import pytest

from intake.domain import facts
from intake.domain.codes import Elsewhere, Ending, Priority, ReopenReason, SafetyKind
from intake.domain.introduction import Introduction
from intake.domain.records import Ended, State

from ..builders import NINE, PROMISE, an_introduction

LATER = NINE + timedelta(days=9)
SIGNPOSTED = Ended(ending=Ending.SIGNPOSTED, elsewhere=Elsewhere.GP)


def closed(danger: SafetyKind | None = None) -> Introduction:
    introduction = an_introduction(danger)
    introduction.close(SIGNPOSTED, at=NINE, promise=PROMISE)
    introduction.take_facts()
    return introduction


def reopened(introduction: Introduction, reason: ReopenReason = ReopenReason.PERSON_CAME_BACK) -> Introduction:
    introduction.reopen(reason, by="staff-1", at=LATER, promise=PROMISE)
    return introduction


def test_it_is_in_the_queue_again_with_a_new_promise_and_says_which_opening_it_is() -> None:
    introduction = reopened(closed())
    assert (introduction.state, introduction.due_at()) == (State.RECEIVED, LATER + PROMISE.look_within)
    assert introduction.queue
    (fact,) = introduction.take_facts()
    assert isinstance(fact, facts.IntroductionReopened)
    assert (fact.spell, fact.reason_code, fact.waiting_since) == (2, ReopenReason.PERSON_CAME_BACK, LATER)
    assert introduction.reopenings[0].closed == SIGNPOSTED


@pytest.mark.parametrize(
    ("reason", "since"),
    [
        (ReopenReason.PERSON_CAME_BACK, LATER),
        (ReopenReason.REACHED_AFTER_ALL, LATER),
        (ReopenReason.DID_NOT_HELP, LATER),
        (ReopenReason.HANDED_BACK, NINE),
        (ReopenReason.NOT_A_DUPLICATE, NINE),
        (ReopenReason.CLOSED_BY_MISTAKE, NINE),
    ],
)
def test_the_wait_counts_from_the_beginning_where_it_was_we_who_were_wrong(reason: ReopenReason, since: object) -> None:
    introduction = reopened(closed(), reason)
    introduction.accept(Priority.ROUTINE, at=LATER)
    _, accepted = introduction.take_facts()
    assert isinstance(accepted, facts.IntroductionAccepted)
    assert (accepted.received_at, accepted.spell) == (since, 2)


def test_a_safety_concern_stands_again_so_that_the_next_case_hears_of_it() -> None:
    introduction = reopened(closed(SafetyKind.SELF_HARM))
    concern = introduction.take_facts()[-1]
    assert isinstance(concern, facts.SafetyConcernRaised)
    assert (concern.kind, concern.spell) == (SafetyKind.SELF_HARM, 2)
    assert introduction.due_at() == LATER + PROMISE.look_within_when_unsafe


def test_old_news_of_an_earlier_case_changes_nothing() -> None:
    introduction = an_introduction()
    introduction.accept(Priority.ROUTINE, at=NINE)
    introduction.note_case("first", 1)
    introduction.withdraw(at=NINE)
    reopened(introduction)
    introduction.note_case("first", 1)
    introduction.note_case_closed("first", 1, at=LATER)
    assert (introduction.case_id, introduction.case_closed_at) == (None, None)
    introduction.accept(Priority.ROUTINE, at=LATER)
    introduction.note_case("second", 2)
    assert introduction.case_id == "second"


def test_attempts_of_before_do_not_count_towards_giving_up_again() -> None:
    introduction = reopened(closed())
    assert introduction.missed == []


def test_two_that_were_closed_for_one_another_open_again_both() -> None:
    one, other = (an_introduction(id_=f"00000000-0000-4000-8000-00000000000{n}") for n in (1, 2))
    for this, that in ((one, other), (other, one)):
        this.close(
            Ended(ending=Ending.DUPLICATE, duplicate_of=that.id), at=NINE, promise=PROMISE, other=an_introduction()
        )
    for this, that in ((one, other), (other, one)):
        this.note_duplicate(that.id, at=NINE, promise=PROMISE)
    assert [each.state for each in (one, other)] == [State.RECEIVED, State.RECEIVED]
    assert one.duplicates == [other.id]
