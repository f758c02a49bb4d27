"""A closed case that is opened again: the same case soon afterwards, another one later."""

from dataclasses import dataclass
from datetime import datetime

from alliance.kernel import Refusal
from triage.domain import refusals, wait_facts
from triage.domain.case_file import State
from triage.domain.codes import CaseOutcome, Priority
from triage.domain.national import days_between
from triage.domain.records import Closing, Decision
from triage.domain.waiting import Waiting

REOPEN_DAYS = 5
"""Referral-spell method since September 2024: what opens within five days of the prior ending belongs to the same
spell (NHS England Digital, quick guide). Calendar days, not working days.
"""
FRONT_DOOR_ENDINGS = frozenset({CaseOutcome.INTRODUCTION_ENDED, CaseOutcome.WITHDRAWN})
"""Endings that the front door tells of; a worker may also record a withdrawal, and then the case can be reopened."""


@dataclass(kw_only=True)
class Reopening(Waiting):
    """The lasting waits go on where they stood: the time in which the case was closed does not count. A conversation
    is wanted anew, from the reopening on.
    """

    def reopens_as_itself(self, now: datetime, days: int = REOPEN_DAYS) -> bool:
        """Whether it is still the same case; later, the person's next case is opened instead."""
        return self.closed_at is not None and days_between(self.closed_at, now) <= days

    def must_be_another(self, now: datetime, days: int = REOPEN_DAYS) -> bool:
        """Whether the person's next case has to be opened instead. Raises what keeps any from being opened."""
        if self.state is State.OPEN:
            return False
        self.must_be_reopenable()
        return not self.reopens_as_itself(now, days)

    def reopen(self, priority: Priority, *, reason_code: str, by: str, at: datetime, days: int = REOPEN_DAYS) -> None:
        """By a worker's word. Raises `ClosedTooLongAgo` where it has to be another case."""
        if self.state is State.OPEN and self.closings:
            return
        self.must_be_reopenable()
        if not self.reopens_as_itself(at, days):
            raise refusals.ClosedTooLongAgo(f"The case was closed more than {days} days ago.")
        if self.closed_at is None or self.outcome is None:
            return
        closed_at = self.closed_at
        self.closings.append(
            Closing(
                outcome=self.outcome,
                reason_code=self.closing_reason,
                by=self.closed_by,
                closed_at=closed_at,
                reopened_at=at,
                reopened_by=by,
                reopened_because=reason_code,
                search=self.search,
            )
        )
        self.state, self.outcome, self.closed_at, self.closed_by, self.closing_reason = (
            State.OPEN,
            None,
            None,
            None,
            None,
        )
        self.decisions.append(Decision(priority=priority, reason_code=reason_code, at=at, by=by, since=at))
        self._say(
            wait_facts.CaseReopened,
            introduction_id=self.introduction_id,
            priority=self.priority,
            reason_code=reason_code,
            closed_at=closed_at,
            at=at,
            spell=self.spell,
        )
        self._settle_misses()

    @property
    def reopenable(self) -> bool:
        """Whether a worker may open the case again, as itself or as the next one."""
        try:
            self.must_be_reopenable()
        except Refusal:
            return False
        return True

    def must_be_reopenable(self) -> None:
        """Raises the refusal that says why the case cannot be opened again, as itself or as the next one."""
        if self.state is not State.CLOSED:
            raise refusals.CaseNotOpen("The case is not closed.")
        if self.received_at is None:
            raise refusals.NeverOpened("The introduction ended before it was accepted, so there was no case.")
        if self.closed_by is None and self.outcome in FRONT_DOOR_ENDINGS:
            raise refusals.EndedAtTheFrontDoor("The introduction ended at the front door. Ask them to open it again.")
