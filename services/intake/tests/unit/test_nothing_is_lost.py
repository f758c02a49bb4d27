"""No sequence of verbs loses an introduction, or brings it to two states: whatever staff, people and time do."""

from copy import deepcopy
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from alliance.kernel import Fact, Refusal
from intake.domain import facts
from intake.domain.codes import (
    ContactChannel,
    ContactOutcome,
    Elsewhere,
    Ending,
    Priority,
    ReopenReason,
    SafetyKind,
)
from intake.domain.contacting import Ways
from intake.domain.introduction import Introduction
from intake.domain.records import Ended, State

from ..builders import NINE, PROMISE, an_introduction

WAYS = [Ways(), Ways(safe=frozenset({"phone"})), Ways(safe=frozenset({"phone", "email"}), voicemail_ok=True)]
IDS = [f"00000000-0000-4000-8000-00000000000{number}" for number in (1, 2)]
which = some.integers(0, 1)
worker = some.sampled_from(["staff-1", "staff-2"])
ENDS = (facts.IntroductionAccepted, facts.IntroductionClosed)


class FrontDoor(RuleBasedStateMachine):
    """Two introductions that may be duplicates of one another; news of that takes its time, and reads may be stale."""

    @initialize(unsafe=some.booleans(), ways=some.sampled_from(WAYS))
    def open(self, *, unsafe: bool, ways: Ways) -> None:
        danger = SafetyKind.NOT_SAID if unsafe else None
        self.now, self.ways = NINE, ways
        self.doors = [an_introduction(danger, id_=id_) for id_ in IDS]
        self.seen = deepcopy(self.doors)
        self.told: list[list[Fact]] = [[], []]
        self.on_the_way: list[facts.IntroductionClosed] = []

    def do(self, number: int, verb: str, /, *args: Any, **more: Any) -> None:
        """A verb of one of the two. A refusal changes nothing."""
        introduction, before = self.doors[number], deepcopy(self.doors[number])
        try:
            getattr(introduction, verb)(*args, **more)
        except Refusal:
            assert introduction == before
            assert not introduction.take_facts()
        self.note(number)

    def note(self, at: int) -> None:
        for fact in self.doors[at].take_facts():
            self.told[at].append(fact)
            if isinstance(fact, facts.IntroductionClosed) and fact.duplicate_of:
                self.on_the_way.append(fact)

    @rule(hours=some.sampled_from([0.1, 1, 3, 25, 80]))
    def time_passes(self, hours: float) -> None:
        self.now += timedelta(hours=hours)
        for at, introduction in enumerate(self.doors):
            if (due := introduction.due_at()) is not None and due <= self.now:
                introduction.on_due(self.now)
                after = introduction.due_at()
                assert after is None or after > self.now, "the clock would never stop"
            self.note(at)

    @rule(at=which)
    def somebody_looks(self, at: int) -> None:
        self.seen[at] = deepcopy(self.doors[at])

    @rule(at=which, by=worker)
    def claim(self, at: int, by: str) -> None:
        self.do(at, "claim", by=by, at=self.now, promise=PROMISE)

    @rule(at=which, by=worker)
    def release(self, at: int, by: str) -> None:
        self.do(at, "release", by=by, at=self.now, promise=PROMISE, note="made-up words")

    @rule(at=which, by=worker, to=worker)
    def reassign(self, at: int, by: str, to: str) -> None:
        self.do(at, "reassign", to, by=by, at=self.now, promise=PROMISE)

    @rule(at=which, channel=some.sampled_from(ContactChannel), outcome=some.sampled_from(ContactOutcome))
    def attempt(self, at: int, channel: ContactChannel, outcome: ContactOutcome) -> None:
        message = "made-up words" if channel is ContactChannel.STATUS_PAGE else ""
        how = {"by": "staff-1", "at": self.now, "ways": self.ways, "promise": PROMISE, "message": message}
        self.do(at, "note_contact_attempt", channel, outcome, **how)

    @rule(at=which, priority=some.sampled_from(Priority))
    def accept(self, at: int, priority: Priority) -> None:
        self.do(at, "accept", priority, at=self.now)

    @rule(at=which, ending=some.sampled_from(Ending), elsewhere=some.none() | some.sampled_from(Elsewhere))
    def close(self, at: int, ending: Ending, elsewhere: Elsewhere | None) -> None:
        other = self.seen[1 - at] if ending is Ending.DUPLICATE else None
        ended = Ended(ending=ending, elsewhere=elsewhere, duplicate_of=other.id if other else None)
        self.do(at, "close", ended, at=self.now, promise=PROMISE, ways=self.ways, other=other)

    @rule(at=which)
    def hand_over(self, at: int) -> None:
        self.do(at, "hand_over_to", "Southwark", "made-up service", by="staff-1", at=self.now, promise=PROMISE)

    @rule(at=which)
    def confirm(self, at: int) -> None:
        self.do(at, "confirm_hand_over", "Somebody made up", at=self.now)

    @rule(at=which)
    def withdraw(self, at: int) -> None:
        self.do(at, "withdraw", at=self.now)

    @rule(at=which, reason=some.sampled_from(ReopenReason))
    def reopen(self, at: int, reason: ReopenReason) -> None:
        self.do(at, "reopen", reason, by="staff-1", at=self.now, promise=PROMISE)

    @rule(at=which, kind=some.sampled_from(SafetyKind))
    def raise_concern(self, at: int, kind: SafetyKind) -> None:
        self.do(at, "raise_safety_concern", kind, at=self.now, promise=PROMISE)

    @rule(late=some.booleans())
    def news_of_a_duplicate_arrives(self, *, late: bool) -> None:
        if self.on_the_way:
            news = self.on_the_way.pop(-1 if late else 0)
            at = IDS.index(news.duplicate_of or "")
            self.do(at, "note_duplicate", news.introduction_id, at=news.closed_at, promise=PROMISE)

    @invariant()
    def each_is_in_the_queue_or_says_how_it_ended(self) -> None:
        for introduction in self.doors:
            if introduction.at_the_door:
                assert introduction.queue
                assert introduction.attend_by is not None, "somebody at the door would be forgotten"
                assert (introduction.claimed_by is not None) is (introduction.state is State.CLAIMED)
                assert not any((introduction.ended_at, introduction.ending, introduction.ended))
            else:
                assert not any((introduction.queue, introduction.in_hand, introduction.unlooked))
                assert not any((introduction.attend, introduction.to_contact))
                assert (introduction.due_at() is not None) is (introduction.state is State.ACCEPTED)
                assert introduction.ended_at is not None
            assert (introduction.ended is not None) is (introduction.state is State.CLOSED)

    @invariant()
    def each_opening_ends_at_the_door_at_most_once(self) -> None:
        for introduction, told in zip(self.doors, self.told, strict=True):
            ends = [fact.spell for fact in told if isinstance(fact, ENDS)]
            assert len(ends) == len(set(ends)), "two states at once"
            withdrawn = [fact.spell for fact in told if isinstance(fact, facts.IntroductionWithdrawn)]
            assert len(withdrawn) == len(set(withdrawn))
            assert introduction.spell == 1 + sum(isinstance(fact, facts.IntroductionReopened) for fact in told)

    @invariant()
    def nobody_out_of_area_is_unconfirmed(self) -> None:
        for introduction in self.doors:
            if introduction.ending is Ending.OUT_OF_AREA:
                assert introduction.hand_over
                assert introduction.hand_over.confirmed_at

    def teardown(self) -> None:
        """Once all news has arrived, two are not closed for the sake of one another."""
        if not hasattr(self, "doors"):
            return
        while self.on_the_way:
            self.news_of_a_duplicate_arrives(late=False)
        closed_for = [one.ended.duplicate_of if one.ended else None for one in self.doors]
        assert closed_for != [self.doors[1].id, self.doors[0].id], "nobody would go on with either"


TestFrontDoor = FrontDoor.TestCase
TestFrontDoor.settings = settings(
    max_examples=40, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)


def test_the_machine_can_fail() -> None:
    """A closed introduction without an ending is what it looks for."""
    machine = FrontDoor()
    machine.open(unsafe=False, ways=WAYS[0])
    broken: Introduction = machine.doors[0]
    broken.state = State.CLOSED
    try:
        machine.each_is_in_the_queue_or_says_how_it_ended()
    except AssertionError:
        return
    raise AssertionError("the machine does not bite")
