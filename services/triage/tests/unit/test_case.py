"""What may become of a case."""

from dataclasses import replace

import pytest

from alliance.kernel import new_id
from triage.domain import facts, refusals
from triage.domain.case import Case
from triage.domain.case_file import State
from triage.domain.codes import CaseOutcome, DeclinedBy, Priority, SafetyKind, Setting, Support, SupportLevel, TeamType
from triage.domain.offer import OfferState
from triage.domain.records import IpsaProfile
from triage.domain.waits import Targets

from ..builders import COSTS, NINE, a_case, a_conversation, an_offer, at, take_on

PROFILE = IpsaProfile(
    current_setting=Setting.RESIDENTIAL_CARE,
    weekly_cost_pence=153_800,
    support_level=SupportLevel.MEDIUM,
    section_117=True,
)


def expected() -> Case:
    return Case.expected(new_id(), new_id(), Targets())


def test_a_withdrawal_heard_first_keeps_the_case_closed() -> None:
    case = expected()
    case.end_with_introduction(CaseOutcome.WITHDRAWN, at=at(2))
    case.open(received_at=NINE, suggested=Priority.URGENT, help_areas=())
    assert case.state is State.CLOSED
    assert case.take_facts() == ()


def test_a_safety_concern_heard_first_is_in_the_queue_and_opens_the_case_at_the_top() -> None:
    case = expected()
    case.raise_concern(SafetyKind.SELF_HARM, at=at(0))
    assert case.take_facts() == ()
    assert case.queue is not None
    case.open(received_at=NINE, suggested=Priority.ROUTINE, help_areas=())
    (opened,) = case.take_facts()
    assert isinstance(opened, facts.CaseOpened)
    assert (opened.priority, opened.clock_due_at) == (Priority.EMERGENCY, at(4))


def test_a_safety_concern_raises_the_priority_and_says_why() -> None:
    case = a_case()
    case.raise_concern(SafetyKind.SELF_HARM, at=at(1))
    (changed,) = case.take_facts()
    assert isinstance(changed, facts.PriorityChanged)
    assert (changed.priority_from, changed.priority_to) == (Priority.ROUTINE, Priority.EMERGENCY)
    assert [reason.reason_code for reason in case.reasons] == ["introduced", "safety-concern"]


def test_an_emergency_stays_one_and_nothing_is_said() -> None:
    case = a_case(Priority.EMERGENCY)
    case.raise_concern(SafetyKind.SELF_HARM, at=at(1))
    assert case.priority is Priority.EMERGENCY
    assert case.take_facts() == ()


def test_a_worker_who_knows_of_the_concern_may_lower_the_priority_and_a_new_concern_raises_it_again() -> None:
    case = a_case()
    case.raise_concern(SafetyKind.SELF_HARM, at=at(1))
    case.decide_priority(Priority.ROUTINE, reason_code="spoken-with", by="staff-1", at=at(2))
    lowered = case.priority
    case.raise_concern(SafetyKind.SELF_HARM, at=at(3))
    assert (lowered, case.priority) == (Priority.ROUTINE, Priority.EMERGENCY)


def test_deciding_what_is_so_already_is_silent() -> None:
    case = a_case(Priority.URGENT)
    case.decide_priority(Priority.URGENT, reason_code="same", by="staff-1", at=at(2))
    assert case.take_facts() == ()
    assert case.decisions == []


def test_a_concern_about_a_closed_case_is_refused_and_answered_by_saying_closed_again() -> None:
    case = a_case()
    case.close(CaseOutcome.GOALS_MET, at=at(1))
    (closing,) = case.take_facts()
    assert isinstance(closing, facts.CaseClosed)
    with pytest.raises(refusals.CaseAlreadyClosed):
        case.raise_concern(SafetyKind.SELF_HARM, at=at(2))
    case.answer_concern_after_closing(SafetyKind.SELF_HARM, at=at(2))
    assert case.take_facts() == (replace(closing, repeated=True),)
    assert [concern.kind for concern in case.concerns] == [SafetyKind.SELF_HARM]


def test_an_offer_is_accepted_started_and_ended() -> None:
    case = a_case()
    offer = an_offer(case)
    case.accept_offer(offer, at=at(30))
    case.start_support(offer, started_at=at(50), costs=COSTS, now=at(51))
    case.end_support(offer, at=at(900))
    accepted, started, ended = case.take_facts()
    assert isinstance(accepted, facts.SupportAccepted)
    assert isinstance(started, facts.SupportStarted)
    assert isinstance(ended, facts.SupportEnded)
    assert (started.waited_days, started.weekly_cost_pence) == (2, 6_000)


def test_a_case_holds_one_live_offer_of_a_kind() -> None:
    case = a_case()
    an_offer(case)
    with pytest.raises(refusals.SupportAlreadyOffered):
        an_offer(case)
    an_offer(case, Support.CLUBHOUSE)


@pytest.mark.parametrize("by", DeclinedBy)
def test_a_decline_puts_the_case_back_in_the_queue(by: DeclinedBy) -> None:
    case = a_case()
    place = case.queue
    offer = an_offer(case)
    assert case.queue is None
    case.accept_offer(offer, at=at(2))
    reason = {DeclinedBy.PERSON: "changed-mind", DeclinedBy.PROVIDER: "not-reached"}[by]
    case.decline_offer(offer, by=by, reason_code=reason, at=at(3))
    assert case.queue == place
    an_offer(case)


def test_steps_of_an_offer_cannot_be_jumped_or_taken_back() -> None:
    case = a_case()
    offer = an_offer(case)
    with pytest.raises(refusals.OfferNotOpen):
        case.start_support(offer, started_at=at(2), costs=COSTS, now=at(2))
    case.decline_offer(offer, by=DeclinedBy.PERSON, reason_code="no", at=at(2))
    with pytest.raises(refusals.OfferNotOpen):
        case.accept_offer(offer, at=at(3))
    with pytest.raises(refusals.OfferNotThere):
        case.accept_offer(new_id(), at=at(3))


def test_a_step_taken_twice_is_silent() -> None:
    case = a_case()
    offer = an_offer(case)
    case.accept_offer(offer, at=at(2))
    case.accept_offer(offer, at=at(3))
    assert len(case.take_facts()) == 1


def test_closing_ends_what_runs_and_takes_back_what_was_offered() -> None:
    case = a_case()
    running, offered = an_offer(case), an_offer(case, Support.CLUBHOUSE)
    case.accept_offer(running, at=at(2))
    case.start_support(running, started_at=at(3), costs=COSTS, now=at(3))
    case.take_facts()
    case.close(CaseOutcome.GOALS_MET, at=at(50))
    assert [type(fact) for fact in case.take_facts()] == [
        facts.SupportEnded,
        facts.SupportWithdrawn,
        facts.CaseClosed,
    ]
    assert {offer.id: offer.state for offer in case.offers} == {
        running: OfferState.ENDED,
        offered: OfferState.WITHDRAWN,
    }


def test_nothing_can_be_offered_on_a_closed_case_nor_on_one_not_yet_open() -> None:
    case = a_case()
    case.close(CaseOutcome.GOALS_MET, at=at(1))
    with pytest.raises(refusals.CaseAlreadyClosed):
        an_offer(case)
    with pytest.raises(refusals.CaseNotOpen):
        an_offer(expected())


def test_a_case_is_closed_once() -> None:
    case = a_case()
    case.close(CaseOutcome.GOALS_MET, at=at(1))
    case.close(CaseOutcome.GOALS_MET, at=at(2))
    case.end_with_introduction(CaseOutcome.WITHDRAWN, at=at(3))
    assert len(case.take_facts()) == 1
    with pytest.raises(refusals.CaseAlreadyClosed):
        case.close(CaseOutcome.LOST_CONTACT, at=at(2))


def test_a_conversation_cannot_have_been_held_in_the_future() -> None:
    with pytest.raises(refusals.InTheFuture):
        a_case().hold_conversation(a_conversation(at(2)), now=at(1))


def test_the_notes_of_a_conversation_are_not_said() -> None:
    case = a_case()
    case.hold_conversation(a_conversation(at(1)), now=at(1))
    assert case.conversations[0].notes == "made-up notes"
    assert "made-up notes" not in repr(case.take_facts())


def test_a_person_is_introduced_to_ipsa_once() -> None:
    case = a_case()
    case.introduce_to_ipsa(PROFILE, at=at(1))
    case.introduce_to_ipsa(PROFILE, at=at(2))
    assert len(case.take_facts()) == 1
    other = IpsaProfile(**{**vars(PROFILE), "section_117": False})
    with pytest.raises(refusals.AlreadyIntroducedToIpsa):
        case.introduce_to_ipsa(other, at=at(3))


@pytest.mark.parametrize(
    ("outcome", "search"),
    [(CaseOutcome.WITHDRAWN, 2), (CaseOutcome.GOALS_MET, 1), (CaseOutcome.LOST_CONTACT, 1)],
)
def test_a_closing_that_ends_the_search_for_a_home_makes_room_for_the_next(outcome: CaseOutcome, search: int) -> None:
    case = a_case()
    case.introduce_to_ipsa(PROFILE, at=at(1))
    case.close(outcome, at=at(2), by="staff-1")
    case.reopen(Priority.ROUTINE, reason_code="person-came-back", by="staff-1", at=at(3))
    case.take_facts()
    assert (case.search, case.introduced_to_ipsa) == (search, search == 1)
    case.introduce_to_ipsa(PROFILE, at=at(4))
    assert [fact.search for fact in case.take_facts() if isinstance(fact, facts.IpsaIntroduced)] == [2] * (search - 1)
    case.close(CaseOutcome.WITHDRAWN, at=at(5), by="staff-1")
    assert [fact.search for fact in case.take_facts() if isinstance(fact, facts.CaseClosed)] == [search]


def test_a_search_that_housing_ended_is_followed_by_another_also_with_the_same_particulars() -> None:
    case = a_case()
    case.introduce_to_ipsa(PROFILE, at=at(1), again=True)
    case.introduce_to_ipsa(PROFILE, at=at(2), again=True)
    said = [fact for fact in case.take_facts() if isinstance(fact, facts.IpsaIntroduced)]
    assert [(fact.search, fact.at) for fact in said] == [(1, at(1)), (2, at(2))]
    assert [each.at for each in case.ipsa_earlier] == [at(1)]


def test_a_person_is_introduced_to_each_kind_of_team_once() -> None:
    case = a_case()
    for team in (TeamType.COMMUNITY_MH, TeamType.COMMUNITY_MH, TeamType.COMMUNITY_REHAB):
        case.introduce_to_secondary_care(team, at=at(1))
    assert len(case.take_facts()) == 2


def test_a_worker_takes_a_case_on_once_and_it_is_then_on_their_list_alone() -> None:
    case = a_case(Priority.URGENT)
    take_on(case, "staff-1")
    take_on(case, "staff-1")
    assert case.workers == ["staff-1"]
    assert case.first_worker == f"staff-1 {case.place}"
    assert (case.second_worker, case.third_worker) == (None, None)
    assert [type(fact) for fact in case.take_facts()] == [facts.KeyWorkerNamed]


def test_three_colleagues_at_most_work_with_one_person() -> None:
    case = a_case()
    for worker in ("staff-1", "staff-2", "staff-3"):
        take_on(case, worker)
    with pytest.raises(refusals.EnoughWorkers):
        take_on(case, "staff-4")
    case.step_back(by="staff-1", at=at(2))
    take_on(case, "staff-4")
    assert case.workers == ["staff-2", "staff-3", "staff-4"]


def test_the_last_named_worker_cannot_step_back() -> None:
    case = a_case()
    case.step_back(by="staff-9", at=at(2))
    take_on(case, "staff-1")
    with pytest.raises(refusals.LastWorker):
        case.step_back(by="staff-1", at=at(2))
    assert case.workers == ["staff-1"]


def test_a_case_that_is_not_open_is_not_taken_on_and_a_closed_one_is_on_nobodys_list() -> None:
    with pytest.raises(refusals.CaseNotOpen):
        take_on(expected(), "staff-1")
    case = a_case()
    take_on(case, "staff-1")
    case.close(CaseOutcome.GOALS_MET, at=at(1))
    assert case.first_worker is None
    with pytest.raises(refusals.CaseAlreadyClosed):
        take_on(case, "staff-2")


def test_an_unanswered_safety_concern_keeps_a_case_in_the_queue_although_support_is_running() -> None:
    case = a_case()
    offer = an_offer(case)
    case.accept_offer(offer, at=at(2))
    case.start_support(offer, started_at=at(3), costs=COSTS, now=at(3))
    case.raise_concern(SafetyKind.SELF_HARM, at=at(4))
    assert (case.queue or "").startswith("open:0:")
    assert (case.unanswered or "").startswith("unanswered:")
    case.decide_priority(Priority.ROUTINE, reason_code="safety-plan-agreed", by="staff-1", at=at(5))
    assert (case.queue, case.unanswered) == (None, None)


def test_the_queue_is_ordered_by_rank_and_never_by_code() -> None:
    cases = [a_case(priority) for priority in sorted(Priority)]
    ordered = sorted(cases, key=lambda case: case.queue or "")
    assert [case.priority for case in ordered] == list(Priority)
