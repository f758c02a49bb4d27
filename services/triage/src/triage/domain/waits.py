"""Waits and the promises they are measured against: NHSE's 4 hours and 24 hours, the alliance's week, four weeks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from triage.domain.codes import Priority, WaitClock
from triage.domain.national import Evidence, FullStop, last_moment
from triage.domain.spans import Span, arrives_at

PAUSABLE = frozenset({WaitClock.SUPPORT_7D, WaitClock.COMMUNITY_4W})
"""Clocks that stand still while the person is not there to be helped. Those of 4 and 24 hours run on: the standard is
that somebody responds to danger, and it knows no pause (NHSE clinically-led review 2021).
"""
OPENING_CLOCKS = frozenset(WaitClock) - {WaitClock.COMMUNITY_4W}
"""By which clocks a case may be announced as opened: those of `case-opened` v1."""
AT_RISK_PERCENT = 75
"""How much of a promise's time may go before it is at risk, where nothing else is set."""


@dataclass(frozen=True, kw_only=True)
class Targets:
    """How long each wait may be (NHSE clinically-led review 2021: 4 h, 24 h and 4 weeks; the alliance: a week).

    Hours are hours that pass, whatever the clock on the wall does; the four weeks are days: the day count stays below
    `community_days`.
    """

    very_urgent_hours: float = 4
    urgent_hours: float = 24
    support_hours: float = 168
    community_days: int = 28
    full_stop: FullStop = field(default_factory=FullStop)
    at_risk_percents: Mapping[WaitClock, int] = field(default_factory=dict)

    def response(self, priority: Priority) -> tuple[WaitClock, timedelta] | None:
        """By which clock the first conversation is measured; a routine case has none of its own."""
        match priority:
            case Priority.EMERGENCY | Priority.VERY_URGENT:
                return WaitClock.VERY_URGENT_4H, timedelta(hours=self.very_urgent_hours)
            case Priority.URGENT:
                return WaitClock.URGENT_24H, timedelta(hours=self.urgent_hours)
            case _:
                return None

    def longest(self, clock: WaitClock, since: datetime) -> timedelta:
        """How long a wait that began at `since` may run."""
        match clock:
            case WaitClock.VERY_URGENT_4H:
                return timedelta(hours=self.very_urgent_hours)
            case WaitClock.URGENT_24H:
                return timedelta(hours=self.urgent_hours)
            case WaitClock.SUPPORT_7D:
                return timedelta(hours=self.support_hours)
            case WaitClock.COMMUNITY_4W:
                return last_moment(since, self.community_days) - since

    def wait(self, clock: WaitClock, since: datetime, paused: Iterable[Span]) -> "Wait":
        """One promise with its moments, the paused time left out where the clock may be paused."""
        longest, spans = self.longest(clock, since), list(paused) if clock in PAUSABLE else []
        share = self.at_risk_percents.get(clock, AT_RISK_PERCENT) / 100
        return Wait(
            clock=clock,
            since=since,
            due_at=arrives_at(since, longest, spans),
            at_risk_at=arrives_at(since, longest * share, spans),
        )


@dataclass(frozen=True, kw_only=True)
class Ends:
    """What has happened so far that ends a wait, each at its own time, however late it became known."""

    evidence: Evidence = field(default_factory=Evidence)
    rule: FullStop = field(default_factory=FullStop)
    closed_at: datetime | None = None

    def of(self, clock: WaitClock, since: datetime) -> datetime | None:
        """When a wait ended: support by its start, four weeks by a full stop, an urgent one by a conversation after
        `since`, any by closing.
        """
        closed = [self.closed_at] if self.closed_at else []
        return min([*self._own(clock, since), *closed], default=None)

    def _own(self, clock: WaitClock, since: datetime) -> list[datetime]:
        match clock:
            case WaitClock.SUPPORT_7D:
                return list(self.evidence.started)
            case WaitClock.COMMUNITY_4W:
                stopped = self.evidence.stopped_at(self.rule)
                return [stopped] if stopped else []
            case _:
                return [at for at in self.evidence.contacts if at >= since]


@dataclass(frozen=True, kw_only=True)
class Wait:
    """One promise: what is waited for since when, and until when it may last."""

    clock: WaitClock
    since: datetime
    due_at: datetime
    at_risk_at: datetime | None = None
    """Not known of waits that were missed before this was recorded."""

    def same_as(self, other: "Wait") -> bool:
        """The same wait, perhaps due at another moment: a pause moves what is due."""
        return (self.clock, self.since) == (other.clock, other.since)


@dataclass(frozen=True, kw_only=True)
class Miss:
    """A missed promise that has been announced, and whether that was taken back. `repeat`: see the event."""

    wait: Wait
    corrected: bool = False
    repeat: int = 0


def lasting(received_at: datetime, targets: Targets, paused: Iterable[Span]) -> list[Wait]:
    """The waits that every case has from the introduction on, ended or not; first due first."""
    spans = list(paused)
    waits = [targets.wait(clock, received_at, spans) for clock in (WaitClock.SUPPORT_7D, WaitClock.COMMUNITY_4W)]
    return sorted(waits, key=lambda wait: wait.due_at)


def waits_of(
    received_at: datetime,
    demands: Iterable[tuple[Priority, datetime]],
    targets: Targets,
    paused: Iterable[Span] = (),
) -> list[Wait]:
    """The lasting waits, and for every (priority, since when) the wait for a conversation; first due first."""
    waits = lasting(received_at, targets, paused)
    for priority, since in demands:
        if promise := targets.response(priority):
            waits.append(targets.wait(promise[0], since, ()))
    return sorted(waits, key=lambda wait: wait.due_at)


def running(waits: Iterable[Wait], ends: Ends) -> list[Wait]:
    """What is still being waited for, first due first; of two waits by one clock, the earlier counts."""
    first: dict[WaitClock, Wait] = {}
    for wait in waits:
        if ends.of(wait.clock, wait.since) is None:
            first.setdefault(wait.clock, wait)
    return list(first.values())
