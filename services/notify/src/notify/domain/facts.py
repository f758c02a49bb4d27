"""What can happen to alerts and messages."""

from dataclasses import dataclass
from datetime import datetime

from alliance.kernel import Fact
from notify.domain.codes import AlertKind, Audience, Channel, Failure, Template


@dataclass(frozen=True, kw_only=True)
class AlertRaised(Fact):
    alert_id: str
    kind: AlertKind
    cause_event_id: str
    person_id: str | None
    audience: Audience
    acknowledge_by: datetime | None
    """None where nobody else is asked after this audience."""
    at: datetime


@dataclass(frozen=True, kw_only=True)
class AlertEscalated(Fact):
    alert_id: str
    kind: AlertKind
    person_id: str | None
    level: int
    audience: Audience
    acknowledge_by: datetime | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class AlertAcknowledged(Fact):
    alert_id: str
    kind: AlertKind
    person_id: str | None
    level: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class AlertStoodDown(Fact):
    alert_id: str
    kind: AlertKind
    person_id: str | None
    reason_code: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class AlertCorrected(Fact):
    """What was alerted was not so, but somebody had already acknowledged it and must be told."""

    alert_id: str
    kind: AlertKind
    person_id: str | None
    reason_code: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class AccessAlertRaised(Fact):
    alert_id: str
    kind: AlertKind
    cause_event_id: str
    person_id: str | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class AccessAlertAcknowledged(Fact):
    alert_id: str
    kind: AlertKind
    person_id: str | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class MessageDelivered(Fact):
    message_id: str
    person_id: str
    channel: Channel
    template: Template
    at: datetime


@dataclass(frozen=True, kw_only=True)
class MessageFailed(Fact):
    message_id: str
    person_id: str
    channel: Channel | None
    template: Template
    reason_code: Failure
    at: datetime
