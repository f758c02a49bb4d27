"""What may become of a plan, of goals, of risks, and of a conversation that is not finished."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliance.kernel import new_id
from triage.domain import facts, refusals
from triage.domain.codes import Goal, HelpArea, SafetyKind
from triage.domain.measurement import FilledIn, Measurement
from triage.domain.pairing import by_concept, pair_of
from triage.domain.personal_goal import PersonalGoal, Progress
from triage.domain.plan import Connection, Need, Plan, Proposal, Step, Version, plan_id_of
from triage.domain.risk import Particulars, Risk
from triage.domain.talk_codes import ConnectionKind, CopyGiven, DoneBy, GoalState, NeedLevel, RiskKind
from triage.domain.unfinished import Notes, Unfinished

from ..builders import NINE, a_case, at
from .test_measures import MILD, a_measurement, an_entry

CASE, PERSON = new_id(), new_id()
PUT = Proposal(
    summary="made-up summary",
    steps=(Step(who=DoneBy.PERSON, what="made-up step"),),
    goals=("made-up goal",),
    goal_tags=(Goal.OWN_CHOICES,),
    review_on=NINE.date() + timedelta(days=90),
)


def a_plan() -> Plan:
    return Plan.of(CASE, PERSON)


def put(plan: Plan, proposal: Proposal = PUT, *, agreed: bool = True, hours: float = 0, because: str = "") -> None:
    plan.put_to_person(proposal, agreed=agreed, because=because, by="staff-7", at=at(hours), now=at(hours))


def a_goal() -> PersonalGoal:
    return PersonalGoal(
        id=new_id(),
        case_id=CASE,
        person_id=PERSON,
        words="a door of my own",
        tag=Goal.OWN_CHOICES,
        set_at=NINE,
        set_by="staff-7",
    )


def test_a_plan_that_the_person_agrees_with_is_said_in_codes_alone() -> None:
    plan = a_plan()
    plan.tell_needs(
        [
            Need(area=HelpArea.MONEY, level=NeedLevel.A_LOT_OF_HELP, words="made-up words"),
            Need(area=HelpArea.HOME, level=NeedLevel.GOING_WELL),
        ]
    )
    put(plan)
    (said,) = plan.take_facts()
    assert isinstance(said, facts.PlanAgreed)
    assert (said.number, said.goal_tags, said.need_areas) == (1, (Goal.OWN_CHOICES,), (HelpArea.MONEY,))
    assert "made-up" not in repr(said)
    assert plan.id == plan_id_of(CASE)


def test_a_changed_plan_is_a_new_version_and_the_old_one_stays() -> None:
    plan = a_plan()
    put(plan)
    put(plan, Proposal(summary="something else"), hours=2)
    assert [version.number for version in plan.versions] == [1, 2]
    assert plan.versions[0].proposal == PUT
    assert plan.agreed is plan.versions[1]


def test_a_plan_that_the_person_does_not_agree_with_does_not_hold_and_says_why() -> None:
    plan = a_plan()
    put(plan)
    plan.take_facts()
    with pytest.raises(refusals.NotAgreed):
        put(plan, Proposal(summary="ours"), agreed=False, hours=1)
    put(plan, Proposal(summary="ours"), agreed=False, hours=1, because="too fast")
    assert plan.take_facts() == ()
    assert plan.agreed is plan.versions[0]
    assert plan.versions[1].not_agreed_because == "too fast"


def test_the_same_plan_recorded_twice_is_one_version() -> None:
    plan = a_plan()
    put(plan)
    put(plan)
    assert len(plan.versions) == 1


def test_a_plan_cannot_be_agreed_tomorrow_nor_reviewed_before_it_was_made() -> None:
    with pytest.raises(refusals.InTheFuture):
        a_plan().put_to_person(PUT, agreed=True, by="staff-7", at=at(1), now=at(0))
    with pytest.raises(refusals.ReviewInThePast):
        put(a_plan(), Proposal(review_on=NINE.date() - timedelta(days=1)))


def test_a_draft_is_kept_until_the_plan_is_gone_through() -> None:
    plan = a_plan()
    plan.save_draft(Proposal(summary="half"), at=at(1))
    assert plan.draft is not None
    put(plan, hours=2)
    assert plan.draft_saved_at is None
    assert a_plan().draft == plan.draft


def test_a_copy_given_later_changes_nothing_else_of_what_was_agreed() -> None:
    plan = a_plan()
    put(plan)
    plan.give_copy(CopyGiven.ON_PAPER)
    agreed = plan.agreed
    assert agreed is not None
    assert (agreed.proposal.copy_given, agreed.proposal.summary, agreed.at) == (CopyGiven.ON_PAPER, PUT.summary, NINE)


def test_people_and_places_come_and_go_and_the_same_one_is_there_once() -> None:
    plan = a_plan()
    aunt = Connection(id=new_id(), kind=ConnectionKind.PERSON, name="Auntie Made-up")
    plan.add_connection(aunt)
    plan.add_connection(aunt)
    assert plan.connections == (aunt,)
    for _ in range(2):
        plan.remove_connection(aunt.id)
    assert len(plan.connections) == 0


def test_how_a_goal_went_is_never_lost_and_a_met_goal_has_ended() -> None:
    goal = a_goal()
    goal.note_progress(Progress(words="slowly", at=at(1), by="staff-7"))
    goal.note_progress(Progress(words="there", at=at(2), by="staff-7", state=GoalState.MET))
    assert [told.words for told in goal.progress] == ["slowly", "there"]
    assert goal.state is GoalState.MET
    with pytest.raises(refusals.GoalEnded):
        goal.note_progress(Progress(words="and more", at=at(3), by="staff-7"))


def test_what_was_written_of_a_risk_stays_and_a_closed_one_is_closed() -> None:
    first = Particulars(kind=RiskKind.SUICIDE, who="Tess", what="made up")
    risk = Risk(id=new_id(), case_id=CASE, person_id=PERSON, now=first, found_at=NINE, found_by="staff-7")
    second = Particulars(kind=RiskKind.SUICIDE, who="Tess", what="less so")
    risk.review(second, "calmer", by="staff-8", at=at(5))
    risk.review(second, "gone", by="staff-8", at=at(9), close=True)
    assert ([look.before for look in risk.looks], risk.closed, risk.looked_at) == ([first, second], True, at(9))
    with pytest.raises(refusals.RiskClosed):
        risk.review(first, "back", by="staff-8", at=at(10))


def test_what_was_saved_is_forgotten_when_it_is_recorded_but_not_what_was_saved_after_that() -> None:
    talk = Unfinished(id=new_id(), case_id=CASE, person_id=PERSON)
    talk.save(Notes(notes="half"), at=at(1))
    talk.finish(recorded_at=at(0))
    assert talk.notes is not None
    talk.finish(recorded_at=at(1))
    assert talk.notes is None


def test_a_case_knows_when_plans_were_agreed_whatever_the_order_in_which_it_is_told() -> None:
    case = a_case()
    for hours in (5, 2, 5):
        case.note_plan_agreed(at(hours))
    assert case.plans_agreed_at == [at(2), at(5)]
    assert case.take_facts() == ()


def test_a_measured_concern_is_a_concern_like_any_other() -> None:
    case = a_case()
    case.raise_concern(SafetyKind.SUICIDAL_THOUGHTS, at=at(1))
    assert [concern.kind for concern in case.unanswered_concerns] == [SafetyKind.SUICIDAL_THOUGHTS]


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(["agree", "refuse", "draft", "needs"]), st.text(min_size=1)), max_size=12))
def test_no_version_of_a_plan_is_ever_lost_or_changed(moves: list[tuple[str, str]]) -> None:
    plan = a_plan()
    seen: list[Version] = []
    for hours, (move, words) in enumerate(moves):
        if move in ("agree", "refuse"):
            put(plan, Proposal(summary=words), agreed=move == "agree", hours=hours, because="because")
        elif move == "draft":
            plan.save_draft(Proposal(summary=words), at=at(hours))
        else:
            plan.tell_needs([Need(area=HelpArea.HOME, level=NeedLevel.A_LITTLE_HELP, words=words)])
        assert plan.versions[: len(seen)] == seen
        seen = list(plan.versions)
    assert [version.number for version in plan.versions] == list(range(1, len(plan.versions) + 1))
    agreed = [version for version in plan.versions if version.agreed]
    assert plan.agreed is (agreed[-1] if agreed else None)
    assert len(plan.take_facts()) == len(agreed)


SCORES = st.lists(st.tuples(st.integers(0, 27), st.integers(0, 60)), min_size=1, max_size=8)


@settings(max_examples=60)
@given(SCORES, st.randoms(use_true_random=False))
def test_the_order_in_which_measures_are_entered_does_not_matter(found: list[tuple[int, int]], chance: object) -> None:
    def entered(total: int, days: int, place: int) -> Measurement:
        measure = a_measurement()
        given_ = tuple(min(3, max(0, total - 3 * item)) for item in range(9))
        measure.enter(an_entry(*given_, days=days, later=place), earlier=[])
        return measure

    measures = [entered(total, days, place) for place, (total, days) in enumerate(found)]
    shuffled = sorted(measures, key=lambda _: chance.random())  # type: ignore[attr-defined]
    (one,) = by_concept(score for each in measures for score in each.scores).values()
    (other,) = by_concept(score for each in shuffled for score in each.scores).values()
    assert one == other
    assert all(0 <= score.score <= 27 for score in one)
    pair = pair_of(one)
    first, last = min(days for _, days in found), max(days for _, days in found)
    assert (pair is None) == (first == last)
    if pair:
        assert (pair.baseline.on - NINE.date()).days == first
        assert (pair.follow_up.on - NINE.date()).days == last


@settings(max_examples=40)
@given(st.lists(st.lists(st.integers(0, 3), min_size=9, max_size=9), min_size=1, max_size=6))
def test_no_correction_loses_what_was_typed_in(corrections: list[list[int]]) -> None:
    measure: Measurement = a_measurement()
    measure.enter(an_entry(*MILD), earlier=[])
    typed: list[tuple[int, ...]] = [MILD]
    for place, given_ in enumerate(corrections, 1):
        entry: FilledIn = an_entry(*given_, later=place)
        measure.correct(entry)
        if tuple(given_) != typed[-1]:
            typed.append(tuple(given_))
        assert [entry.answers for entry in measure.entries] == typed
    assert measure.scores[0].score == sum(typed[-1])
