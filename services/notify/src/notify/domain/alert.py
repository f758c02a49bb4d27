"""An alert: raised to whoever must answer it, acknowledged once, or escalated step by step until somebody does."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from alliance.kernel import Aggregate, to_text
from notify.domain.codes import AlertKind, Audience
from notify.domain.facts import (
    AccessAlertAcknowledged,
    AccessAlertRaised,
    AlertAcknowledged,
    AlertCorrected,
    AlertEscalated,
    AlertRaised,
    AlertStoodDown,
)
from notify.domain.refusals import AlertNoLongerStands, AlreadyAcknowledged

_HIGHEST = 3


class Standing(StrEnum):
    NEW = "new"
    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    STOOD_DOWN = "stood-down"


@dataclass(frozen=True, kw_only=True)
class Glass:
    """Who opened records that their work alone would not open to them, where, why and until when."""

    service: str
    record: str
    reason_code: str
    opened_by: str
    organisation: str
    until: datetime


@dataclass(frozen=True, kw_only=True)
class Cause:
    """What an alert is about: the event that raised it, and where staff go to see it."""

    event_id: str
    happened_at: datetime
    subject_id: str
    person_id: str | None = None
    worker: str | None = None
    """The person's key worker, by subject: the first to be asked where there is one."""
    glass: Glass | None = None


@dataclass(kw_only=True)
class Alert(Aggregate):
    """Never escalated after it was acknowledged or stood down; acknowledged by one person only."""

    indexed: ClassVar[tuple[str, ...]] = ("queue", "inbox", "worker_inbox", "about_person")

    kind: AlertKind
    standing: Standing = Standing.NEW
    cause: Cause | None = None
    steps_seconds: tuple[int, ...] = ()
    level: int = 0
    raised_at: datetime | None = None
    acknowledge_by: datetime | None = None
    acknowledged_by: str | None = None
    acknowledged_at: datetime | None = None
    corrected_at: datetime | None = None
    escalated_at: tuple[datetime, ...] = ()
    """When each further audience was asked."""
    stood_down_at: datetime | None = None

    @property
    def audience(self) -> Audience:
        """Who is asked now."""
        return self.kind.audiences[self.level]

    @property
    def asked(self) -> tuple[Audience, ...]:
        """All who have been asked so far."""
        return self.kind.audiences[: self.level + 1]

    @property
    def asked_worker(self) -> str | None:
        """The key worker, while nobody further has been asked: then it is theirs to answer, not any duty worker's."""
        return self.cause.worker if self.cause and self.level == 0 else None

    @property
    def is_about_access(self) -> bool:
        """Only the governance lead sees it."""
        return Audience.GOVERNANCE_LEAD in self.kind.audiences

    @property
    def person_id(self) -> str | None:
        return self.cause.person_id if self.cause else None

    @property
    def about_person(self) -> str | None:
        """For a person's own copy of their record."""
        return self.person_id

    @property
    def queue(self) -> str | None:
        """Open alerts, most pressing first: kind, then how far it has escalated, then the oldest.

        Those about access are in no list but the governance lead's inbox.
        """
        return f"open:{self._pressing}" if self.standing is Standing.OPEN and not self.is_about_access else None

    @property
    def inbox(self) -> str | None:
        """The same for the audience that is asked now."""
        return f"{self.audience}:{self._pressing}" if self.standing is Standing.OPEN else None

    @property
    def worker_inbox(self) -> str | None:
        """The same for the key worker who is asked now."""
        return f"{self.asked_worker} {self._pressing}" if self.standing is Standing.OPEN and self.asked_worker else None

    @property
    def _pressing(self) -> str:
        raised = to_text(self.raised_at) if self.raised_at else ""
        return f"{self.kind.rank:02}:{_HIGHEST - self.level}:{raised}:{self.id}"

    def raise_for(self, cause: Cause, *, steps_seconds: tuple[int, ...], at: datetime) -> None:
        """Ask the first audience. One that was stood down before it was raised only learns its cause.

        `steps_seconds` is how long each audience has before the next is asked; the last audience has no limit.
        """
        if self.cause is not None:
            return
        self.cause, self.raised_at, self.steps_seconds = cause, at, steps_seconds
        if self.standing is Standing.STOOD_DOWN:
            return
        self.standing = Standing.OPEN
        if self.is_about_access:
            self.record(
                AccessAlertRaised(
                    alert_id=self.id,
                    kind=self.kind,
                    cause_event_id=cause.event_id,
                    person_id=cause.person_id,
                    at=at,
                )
            )
            return
        if len(self.kind.audiences) > 1:
            self.acknowledge_by = at + timedelta(seconds=steps_seconds[0])
        self.record(
            AlertRaised(
                alert_id=self.id,
                kind=self.kind,
                cause_event_id=cause.event_id,
                person_id=cause.person_id,
                audience=self.audience,
                acknowledge_by=self.acknowledge_by,
                at=at,
            )
        )

    def acknowledge(self, *, by: str, at: datetime) -> None:
        """Take it on. Raises `AlreadyAcknowledged` (by somebody else) or `AlertNoLongerStands`."""
        if self.standing is Standing.ACKNOWLEDGED:
            if self.acknowledged_by != by:
                raise AlreadyAcknowledged
            return
        if self.standing is not Standing.OPEN:
            raise AlertNoLongerStands
        self.standing, self.acknowledge_by = Standing.ACKNOWLEDGED, None
        self.acknowledged_by, self.acknowledged_at = by, at
        if self.is_about_access:
            self.record(AccessAlertAcknowledged(alert_id=self.id, kind=self.kind, person_id=self.person_id, at=at))
            return
        self.record(
            AlertAcknowledged(alert_id=self.id, kind=self.kind, person_id=self.person_id, level=self.level, at=at)
        )

    def stand_down(self, reason_code: str, *, at: datetime) -> None:
        """It was not so. Raises `AlreadyAcknowledged`: then somebody is at work on it and must be told instead."""
        if self.standing is Standing.ACKNOWLEDGED:
            raise AlreadyAcknowledged
        if self.standing is Standing.OPEN:
            self.record(
                AlertStoodDown(
                    alert_id=self.id, kind=self.kind, person_id=self.person_id, reason_code=reason_code, at=at
                )
            )
        self.standing, self.acknowledge_by = Standing.STOOD_DOWN, None
        self.stood_down_at = self.stood_down_at or at

    def note_correction(self, reason_code: str, *, at: datetime) -> None:
        """Tell whoever acknowledged it that it was not so."""
        if self.corrected_at is not None:
            return
        self.corrected_at = at
        self.record(
            AlertCorrected(alert_id=self.id, kind=self.kind, person_id=self.person_id, reason_code=reason_code, at=at)
        )

    def due_at(self) -> datetime | None:
        return self.acknowledge_by

    def on_due(self, now: datetime) -> None:
        """Nobody acknowledged in time: the next audience is asked, and has its own full time from now."""
        if self.acknowledge_by is None or now < self.acknowledge_by:
            return
        self.level += 1
        self.escalated_at = (*self.escalated_at, now)
        last = self.level >= min(len(self.steps_seconds), len(self.kind.audiences) - 1)
        self.acknowledge_by = None if last else now + timedelta(seconds=self.steps_seconds[self.level])
        self.record(
            AlertEscalated(
                alert_id=self.id,
                kind=self.kind,
                person_id=self.person_id,
                level=self.level,
                audience=self.audience,
                acknowledge_by=self.acknowledge_by,
                at=now,
            )
        )
