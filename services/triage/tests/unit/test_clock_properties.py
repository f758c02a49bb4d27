"""No sequence of steps breaks a clock: what is due, said and taken back always fits what is on record."""

from datetime import date, datetime, timedelta
from itertools import pairwise

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from alliance.kernel import new_id
from triage.domain import facts
from triage.domain.case import Case
from triage.domain.case_file import State
from triage.domain.codes import CaseOutcome, HelpArea, Priority, SafetyKind
from triage.domain.records import Conversation
from triage.domain.scores import Scores
from triage.domain.spans import merged
from triage.domain.wait_codes import PauseChange, WaitPauseReason

from ..builders import NINE, a_case, an_offer

HOURS = st.integers(min_value=1, max_value=24 * 9)


class Clocks(RuleBasedStateMachine):
    """One case; time goes forward, and the clock comes by before anything else happens, as in the service."""

    def __init__(self) -> None:
        super().__init__()
        self.case: Case = a_case()
        self.now = NINE
        self.said: dict[tuple[str, datetime, datetime, int], list[str]] = {}
        self.at_risk: list[tuple[str, datetime]] = []

    def _listen(self) -> None:
        for fact in self.case.take_facts():
            if isinstance(fact, facts.WaitTargetMissed | facts.WaitTargetMissCorrected):
                key = (str(fact.clock), fact.since, fact.due_at, fact.repeat)
                missed = isinstance(fact, facts.WaitTargetMissed)
                self.said.setdefault(key, []).append("missed" if missed else "corrected")
            elif type(fact).__name__ == "WaitAtRisk":
                self.at_risk.append((str(getattr(fact, "clock", "")), getattr(fact, "since", NINE)))

    @rule(hours=HOURS)
    def time_passes(self, hours: int) -> None:
        until = self.now + timedelta(hours=hours)
        while (due := self.case.due_at()) is not None and due <= until:
            self.case.on_due(max(due, self.now))
            after = self.case.due_at()
            assert after is None or after != due, "the clock would call for ever"
        self.now = until
        self._listen()

    @precondition(lambda self: self.case.state is State.OPEN and len(self.case.pauses) < 20)
    @rule(begins=st.integers(-24 * 8, 48), lasts=st.integers(1, 24 * 10))
    def pause(self, begins: int, lasts: int) -> None:
        start = max(self.now + timedelta(hours=begins), NINE)
        self.case.pause_waits(
            new_id(),
            WaitPauseReason.AWAY,
            start=start,
            until=start + timedelta(hours=lasts),
            review=False,
            by="staff-1",
            at=self.now,
        )
        self._listen()

    @precondition(lambda self: self.case.state is State.OPEN and self.case.pauses)
    @rule(data=st.data(), never=st.booleans(), lasts=st.integers(1, 24 * 10))
    def correct(self, data: st.DataObject, never: bool, lasts: int) -> None:
        pause = data.draw(st.sampled_from(self.case.pauses))
        self.case.correct_pause(
            pause.id,
            PauseChange.NEVER_WAS if never else PauseChange.WRONG_TIME,
            start=pause.start,
            until=pause.start + timedelta(hours=lasts),
            by="staff-1",
            at=self.now,
        )
        self._listen()

    @precondition(lambda self: self.case.state is State.OPEN)
    @rule(ago=st.integers(0, 48), needs=st.booleans())
    def talk(self, ago: int, needs: bool) -> None:
        held_at = max(self.now - timedelta(hours=ago), NINE)
        areas = (HelpArea.HOME,) if needs else ()
        self.case.hold_conversation(Conversation(held_at=held_at, needs=areas, notes=new_id()), now=self.now)
        self._listen()

    @rule(ago=st.integers(0, 10), counts=st.booleans(), sequence=st.integers(1, 5))
    def measure(self, ago: int, counts: bool, sequence: int) -> None:
        on: date | None = max(self.now - timedelta(days=ago), NINE).date() if counts else None
        self.case.note_scores(Scores.one("measure", on, sequence=sequence))
        self._listen()

    @rule()
    def plan(self) -> None:
        self.case.note_plan_agreed(self.now)
        self._listen()

    @precondition(lambda self: self.case.state is State.OPEN)
    @rule(priority=st.sampled_from(Priority))
    def decide(self, priority: Priority) -> None:
        self.case.decide_priority(priority, reason_code="reviewed", by="staff-1", at=self.now)
        self._listen()

    @precondition(lambda self: self.case.state is State.OPEN)
    @rule()
    def worry(self) -> None:
        self.case.raise_concern(SafetyKind.SELF_HARM, at=self.now)
        self._listen()

    @precondition(lambda self: self.case.state is State.OPEN)
    @rule()
    def close(self) -> None:
        self.case.close(CaseOutcome.LOST_CONTACT, at=self.now, by="staff-1")
        self._listen()

    @precondition(lambda self: self.case.state is State.CLOSED and not self.case.must_be_another(self.now))
    @rule(priority=st.sampled_from(Priority))
    def reopen(self, priority: Priority) -> None:
        self.case.reopen(priority, reason_code="person-came-back", by="staff-1", at=self.now)
        self._listen()

    @invariant()
    def nothing_is_due_before_it_began(self) -> None:
        assert all(wait.due_at >= wait.since for wait in self.case.waiting)

    @invariant()
    def paused_time_counts_once(self) -> None:
        spans = merged(self.case.paused)
        assert all(one.end < two.start for one, two in pairwise(spans))
        for wait in self.case.lasting:
            longest = self.case.targets.longest(wait.clock, wait.since)
            still = sum((span.end - span.start for span in spans), timedelta())
            assert wait.since + longest <= wait.due_at <= wait.since + longest + still

    @invariant()
    def each_miss_is_said_once_and_taken_back_at_most_once(self) -> None:
        assert all(words in (["missed"], ["missed", "corrected"]) for words in self.said.values())

    @invariant()
    def a_miss_of_a_lasting_wait_stands_if_and_only_if_it_was_one(self) -> None:
        for wait in self.case.lasting:
            ended_at = self.case.ends.of(wait.clock, wait.since)
            standing = any(miss.wait.same_as(wait) and not miss.corrected for miss in self.case.misses)
            late = ended_at > wait.due_at if ended_at else wait.due_at < self.now
            if wait.due_at != self.now and (ended_at is None or ended_at <= self.now):
                assert standing == late, wait

    @invariant()
    def a_wait_is_at_risk_once(self) -> None:
        assert len(set(self.at_risk)) == len(self.at_risk)

    @invariant()
    def the_case_is_in_its_list_or_closed(self) -> None:
        assert (self.case.place is None) == (self.case.state is State.CLOSED)


TestClocks = Clocks.TestCase
TestClocks.settings = settings(
    max_examples=12, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
)


def test_a_pause_never_touches_an_offer() -> None:
    """Boston #36: parking cancelled live matches though the screen said otherwise."""
    case = a_case()
    an_offer(case)
    before = [(offer.id, offer.state) for offer in case.offers]
    day = timedelta(days=1)
    case.pause_waits(
        "p", WaitPauseReason.IN_HOSPITAL, start=NINE + day, until=NINE + 9 * day, review=True, by="staff-1", at=NINE
    )
    case.resume_waits("p", by="staff-1", at=NINE + 3 * day)
    assert [(offer.id, offer.state) for offer in case.offers] == before
