"""How pressing a case is, what the person waits for, and which promises were missed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from triage.domain import facts, refusals
from triage.domain.case_file import CaseFile, State
from triage.domain.codes import Priority, SafetyKind
from triage.domain.priority import demands_of
from triage.domain.records import Concern, Decision
from triage.domain.waits import Miss, Wait


@dataclass(kw_only=True)
class Waiting(CaseFile):
    """Priorities, safety concerns and clocks."""

    def on_due(self, now: datetime) -> None:
        self._say_missed([wait for wait in self.unannounced if wait.due_at <= now])

    def raise_concern(self, kind: SafetyKind, *, at: datetime) -> None:
        """Somebody may be in danger: to the top. Refused when nobody works on the case any more."""
        if self._knows(kind, at):
            return
        if self.state is State.CLOSED and self.received_at is not None:
            raise refusals.CaseAlreadyClosed("The case is closed.")
        self._reprioritise(lambda: self._add_concern(kind, at), "safety-concern")

    def answer_concern_after_closing(self, kind: SafetyKind, *, at: datetime) -> None:
        """Keep the concern and say once more that the case is closed, so that nobody believes triage is on it."""
        if self.state is not State.CLOSED:
            return self.raise_concern(kind, at=at)
        self._add_concern(kind, at)
        return self._say_closed(repeated=True)

    def decide_priority(self, priority: Priority, *, reason_code: str, by: str, at: datetime) -> None:
        """A worker's word, which also answers the safety concerns known so far. A raised one starts its wait now."""
        self._must_be_open()
        if priority is self.priority and all(concern.answered for concern in self.concerns):
            return
        demands = demands_of(self.suggested_priority, self.received_at or at, self.decisions, self.concerns)
        current, since = min(demands, key=lambda demand: (demand[0].rank, demand[1]))
        since = at if priority.rank < current.rank else since

        self._say_missed_before(at)

        def decide() -> None:
            self.concerns = [replace(concern, answered=True) for concern in self.concerns]
            self.decisions.append(Decision(priority=priority, reason_code=reason_code, at=at, by=by, since=since))

        self._reprioritise(decide, reason_code)

    def _say_missed_before(self, moment: datetime) -> None:
        """What ends a wait too late may be told before the clock comes by; the miss is said all the same."""
        self._say_missed([wait for wait in self.unannounced if wait.due_at < moment])

    def _say_missed(self, waits: Sequence[Wait]) -> None:
        for wait in waits:
            self.misses.append(Miss(wait=wait))
            self._say(facts.WaitTargetMissed, clock=wait.clock, due_at=wait.due_at, priority=self.priority)

    def _take_back_misses(self) -> None:
        for place, miss in enumerate(self.misses):
            wait, ended_at = miss.wait, self.ends.of(miss.wait.clock, miss.wait.since)
            if not miss.corrected and ended_at is not None and ended_at <= wait.due_at:
                self.misses[place] = replace(miss, corrected=True)
                self._say(facts.WaitTargetMissCorrected, clock=wait.clock, due_at=wait.due_at, ended_at=ended_at)

    def _reprioritise(self, change: Callable[[], None], reason_code: str) -> None:
        before = self.priority
        change()
        if self.state is State.OPEN and self.priority is not before:
            self._say(facts.PriorityChanged, priority_from=before, priority_to=self.priority, reason_code=reason_code)

    def _knows(self, kind: SafetyKind, at: datetime) -> bool:
        return any((concern.kind, concern.raised_at) == (kind, at) for concern in self.concerns)

    def _add_concern(self, kind: SafetyKind, at: datetime) -> None:
        if not self._knows(kind, at):
            self.concerns.append(Concern(kind=kind, raised_at=at))
            self.concerns.sort(key=lambda concern: (concern.raised_at, concern.kind))
