"""A case: one person, one introduction, from the first conversation until it is closed."""

from dataclasses import dataclass
from datetime import datetime

from triage.domain import facts
from triage.domain.boarding import Boarding
from triage.domain.case_file import State
from triage.domain.codes import CaseOutcome, HelpArea, Priority
from triage.domain.conversing import Conversing
from triage.domain.offering import Offering
from triage.domain.pausing import Pausing
from triage.domain.reopening import Reopening
from triage.domain.waits import OPENING_CLOCKS


@dataclass(kw_only=True)
class Case(Conversing, Offering, Boarding, Pausing, Reopening):
    """News from the front door may come in any order: an ending heard first makes the later opening a no-op."""

    def due_at(self) -> datetime | None:
        moments = [*self.due_moments()]
        if waits := super().due_at():
            moments.append(waits)
        return min(moments, default=None)

    def on_due(self, now: datetime) -> None:
        super().on_due(now)
        self.lapse_transfer(now)
        self.remind_of_review(now)

    def open(self, *, received_at: datetime, suggested: Priority, help_areas: tuple[HelpArea, ...]) -> None:
        """The front door accepted the introduction. If its ending is known already, the case stays closed."""
        if self.received_at is not None:
            return
        self.received_at, self.suggested_priority, self.help_areas = received_at, suggested, help_areas
        if self.state is State.CLOSED:
            return
        self.state = State.OPEN
        first = next(wait for wait in self.waiting if wait.clock in OPENING_CLOCKS)
        self._say(
            facts.CaseOpened,
            introduction_id=self.introduction_id,
            priority=self.priority,
            clock=first.clock,
            clock_due_at=first.due_at,
            spell=self.spell,
            received_at=received_at,
        )

    def close(
        self, outcome: CaseOutcome, *, at: datetime, by: str | None = None, reason_code: str | None = None
    ) -> None:
        """The work is done, by a worker's word."""
        if self.state is State.CLOSED and self.outcome is outcome:
            return
        self._must_be_open()
        self._say_missed_before(at)
        self.closed_by, self.closing_reason = by, reason_code
        self._end(outcome, at)

    def end_with_introduction(self, outcome: CaseOutcome, *, at: datetime) -> None:
        """The introduction ended. Heard before its acceptance, it leaves a tombstone that keeps the case closed.

        A search for a home that outlived the case ends with it: housing knows by the front door of the first one only.
        """
        if self.state is State.OPEN:
            self._end(outcome, at)
        elif self.state is State.EXPECTED:
            self.state, self.outcome, self.closed_at = State.CLOSED, outcome, at
        elif outcome.ends_search and self.introduced_to_ipsa and self.search > 1:
            self._say_closed(repeated=True, outcome=outcome)

    def _end(self, outcome: CaseOutcome, at: datetime) -> None:
        self._end_offers(at)
        self.let_go(at)
        self.state, self.outcome, self.closed_at = State.CLOSED, outcome, at
        self._say_closed()
        self._settle_misses()
