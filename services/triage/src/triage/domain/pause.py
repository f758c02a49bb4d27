"""A pause: time that does not count, since it lies with the person. It always ends by itself."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from triage.domain.spans import Span
from triage.domain.wait_codes import PauseChange, WaitPauseReason

LONGEST = timedelta(days=28)
"""The most that one pause may last without anybody looking again (our own rule: nobody is parked for ever)."""


@dataclass(frozen=True, kw_only=True)
class EarlierPause:
    """What was recorded of a pause until somebody changed it."""

    start: datetime
    until: datetime
    cancelled: bool
    change: PauseChange
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Pause:
    """`review`: nobody knows how long it lasts. At `until` somebody looks again, and the clocks run meanwhile."""

    id: str
    reason: WaitPauseReason
    start: datetime
    until: datetime
    review: bool
    by: str
    at: datetime
    cancelled: bool = False
    earlier: tuple[EarlierPause, ...] = ()

    @property
    def span(self) -> Span:
        return Span(start=self.start, end=self.start if self.cancelled else self.until)

    def runs_at(self, moment: datetime) -> bool:
        return not self.cancelled and self.start <= moment < self.until

    def over_at(self, moment: datetime) -> bool:
        return self.cancelled or self.until <= moment

    def changed(
        self, change: PauseChange, *, start: datetime, until: datetime, cancelled: bool, by: str, at: datetime
    ) -> "Pause":
        """With what was recorded before kept."""
        before = EarlierPause(start=self.start, until=self.until, cancelled=self.cancelled, change=change, by=by, at=at)
        return replace(self, start=start, until=until, cancelled=cancelled, earlier=(*self.earlier, before))
