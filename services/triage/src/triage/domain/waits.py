"""Waits and the promises they are measured against: NHSE's 4 hours and 24 hours, and the alliance's own 7 days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from triage.domain.codes import Priority, WaitClock


@dataclass(frozen=True, kw_only=True)
class Targets:
    """How long each wait may be, in hours (NHSE clinically-led review 2021: 4 h and 24 h; the alliance: a week)."""

    very_urgent_hours: float = 4
    urgent_hours: float = 24
    support_hours: float = 168

    def response(self, priority: Priority) -> tuple[WaitClock, timedelta] | None:
        """By which clock the first conversation is measured; a routine case has none of its own."""
        match priority:
            case Priority.EMERGENCY | Priority.VERY_URGENT:
                return WaitClock.VERY_URGENT_4H, timedelta(hours=self.very_urgent_hours)
            case Priority.URGENT:
                return WaitClock.URGENT_24H, timedelta(hours=self.urgent_hours)
            case _:
                return None


@dataclass(frozen=True, kw_only=True)
class Ends:
    """What has happened so far that ends a wait, each at its own time, however late it became known."""

    held: tuple[datetime, ...] = ()
    started: tuple[datetime, ...] = ()
    closed_at: datetime | None = None

    def of(self, clock: WaitClock, since: datetime) -> datetime | None:
        """When a wait ended: support by its start, an urgent one by a conversation after `since`, any by closing."""
        own = self.started if clock is WaitClock.SUPPORT_7D else [at for at in self.held if at >= since]
        return min([*own, *([self.closed_at] if self.closed_at else [])], default=None)


@dataclass(frozen=True, kw_only=True)
class Wait:
    """One promise: what is waited for since when, and until when it may last."""

    clock: WaitClock
    since: datetime
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class Miss:
    """A missed promise that has been announced, and whether that was taken back."""

    wait: Wait
    corrected: bool = False


def waits_of(received_at: datetime, demands: Iterable[tuple[Priority, datetime]], targets: Targets) -> list[Wait]:
    """The wait for support, and for every (priority, since when) the wait for a conversation; first due first."""
    week = timedelta(hours=targets.support_hours)
    waits = [Wait(clock=WaitClock.SUPPORT_7D, since=received_at, due_at=received_at + week)]
    for priority, since in demands:
        if promise := targets.response(priority):
            clock, longest = promise
            waits.append(Wait(clock=clock, since=since, due_at=since + longest))
    return sorted(waits, key=lambda wait: wait.due_at)


def running(waits: Iterable[Wait], ends: Ends) -> list[Wait]:
    """What is still being waited for, first due first; of two waits by one clock, the earlier counts."""
    first: dict[WaitClock, Wait] = {}
    for wait in waits:
        if ends.of(wait.clock, wait.since) is None:
            first.setdefault(wait.clock, wait)
    return list(first.values())
