"""What happens to waits and to a case that was closed, in the domain's own words."""

from dataclasses import dataclass
from datetime import datetime

from triage.domain.codes import Priority, WaitClock
from triage.domain.facts import OfCase
from triage.domain.wait_codes import PauseChange, WaitPauseReason


@dataclass(frozen=True, kw_only=True)
class WaitAtRisk(OfCase):
    clock: WaitClock
    since: datetime
    due_at: datetime
    priority: Priority


@dataclass(frozen=True, kw_only=True)
class WaitPaused(OfCase):
    pause_id: str
    reason: WaitPauseReason
    paused_from: datetime
    paused_until: datetime
    review: bool


@dataclass(frozen=True, kw_only=True)
class PauseChanged(OfCase):
    pause_id: str
    change: PauseChange
    paused_from: datetime
    paused_until: datetime
    cancelled: bool
    at: datetime


@dataclass(frozen=True, kw_only=True)
class CaseReopened(OfCase):
    introduction_id: str
    priority: Priority
    reason_code: str
    closed_at: datetime
    at: datetime
    spell: int
