"""How pressing a case is, what the person waits for, and which promises are at risk or were missed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from triage.domain import facts, refusals, wait_facts
from triage.domain.case_file import CaseFile, State
from triage.domain.codes import Priority, SafetyKind
from triage.domain.records import Concern, Decision
from triage.domain.scores import Scores
from triage.domain.waits import Miss, Wait


@dataclass(kw_only=True)
class Waiting(CaseFile):
    """Priorities, safety concerns and clocks."""

    def on_due(self, now: datetime) -> None:
        self._say_missed([wait for wait in self.unannounced if wait.due_at <= now])
        for wait in self.not_yet_at_risk:
            if wait.at_risk_at is not None and wait.at_risk_at <= now:
                self.risks.append(wait)
                self._say(
                    wait_facts.WaitAtRisk,
                    clock=wait.clock,
                    since=wait.since,
                    due_at=wait.due_at,
                    priority=self.priority,
                )

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
        current, since = min(self.demands, key=lambda demand: (demand[0].rank, demand[1]))
        since = at if priority.rank < current.rank else since

        self._say_missed_before(at)

        def decide() -> None:
            self.concerns = [replace(concern, answered=True) for concern in self.concerns]
            self.decisions.append(Decision(priority=priority, reason_code=reason_code, at=at, by=by, since=since))

        self._reprioritise(decide, reason_code)

    def note_scores(self, scores: Scores) -> None:
        """Outcomes were measured, or put right; the first is the baseline that the national measure asks for."""
        self.scores = self.scores.with_(scores)
        self._settle_misses()

    def _late(self, waits: Iterable[Wait]) -> list[Wait]:
        """Those that have ended after they were due."""
        ended = [(wait, self.ends.of(wait.clock, wait.since)) for wait in waits]
        return [wait for wait, at in ended if at is not None and at > wait.due_at]

    def _say_missed_before(self, moment: datetime) -> None:
        """What ends a wait too late may be told before the clock comes by; the miss is said all the same."""
        self._say_missed([wait for wait in self.unannounced if wait.due_at < moment])

    def _say_missed(self, waits: Iterable[Wait]) -> None:
        for wait in waits:
            repeat = sum(miss.wait.same_as(wait) and miss.wait.due_at == wait.due_at for miss in self.misses)
            self.misses.append(Miss(wait=wait, repeat=repeat))
            self._say(
                facts.WaitTargetMissed,
                clock=wait.clock,
                since=wait.since,
                due_at=wait.due_at,
                priority=self.priority,
                repeat=repeat,
            )

    def _settle_misses(self, now: datetime | None = None) -> None:
        """Take back what was no miss, as is known by now, and say what was one.

        A miss was none if its wait ended in time or, where `now` is given, is not due yet.
        """
        for place, miss in enumerate(self.misses):
            wait, ended_at = self._as_known_now(miss.wait), self.ends.of(miss.wait.clock, miss.wait.since)
            until = ended_at or now
            if not miss.corrected and until is not None and until <= wait.due_at:
                self.misses[place] = replace(miss, corrected=True)
                self._say_corrected(miss, wait.due_at, ended_at)
        self._say_missed([wait for wait in self._late(self.lasting) if not self._is_missed(wait)])
        if now is not None:
            self._say_missed([wait for wait in self.unannounced if wait.due_at <= now])

    def _say_corrected(self, miss: Miss, due_at_now: datetime, ended_at: datetime | None) -> None:
        self._say(
            facts.WaitTargetMissCorrected,
            clock=miss.wait.clock,
            since=miss.wait.since,
            due_at=miss.wait.due_at,
            ended_at=ended_at,
            due_at_now=due_at_now,
            repeat=miss.repeat,
            stopped_at=ended_at or self._stood_still_before(miss.wait.due_at),
        )

    def _as_known_now(self, wait: Wait) -> Wait:
        return next((each for each in self.lasting if each.same_as(wait)), wait)

    def _stood_still_before(self, moment: datetime) -> datetime:
        """When the clock stood still at last before `moment`."""
        return max((span.start for span in self.paused if span.start < moment), default=moment)

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
