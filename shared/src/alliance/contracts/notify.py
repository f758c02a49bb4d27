"""What notify says: nobody is forgotten."""

from alliance.contracts.codes import AlertKind, Audience, Channel
from alliance.contracts.common import Anchored, Forgotten, Gathered, Glass
from alliance.contracts.event import Code, Event, Id, WireInstant, contract


@contract("notify.alert-raised.v1", subject="alert_id")
class AlertRaised(Event):
    """Somebody must look at this, and say so, by `acknowledge_by`."""

    alert_id: Id
    kind: AlertKind
    cause_event_id: Id
    person_id: Id | None = None
    audience: Audience
    acknowledge_by: WireInstant
    at: WireInstant


@contract("notify.alert-escalated.v1", subject="alert_id")
class AlertEscalated(Event):
    """Nobody acknowledged in time; the next audience is asked."""

    alert_id: Id
    kind: AlertKind
    person_id: Id | None = None
    level: int
    audience: Audience
    acknowledge_by: WireInstant | None
    at: WireInstant


@contract("notify.alert-acknowledged.v1", subject="alert_id")
class AlertAcknowledged(Event):
    """Somebody has taken the alert on."""

    alert_id: Id
    kind: AlertKind
    person_id: Id | None = None
    level: int
    at: WireInstant


@contract("notify.alert-stood-down.v1", subject="alert_id")
class AlertStoodDown(Event):
    """What was alerted turned out not to be so."""

    alert_id: Id
    kind: AlertKind
    person_id: Id | None = None
    reason_code: Code
    at: WireInstant


@contract("notify.alert-corrected.v1", subject="alert_id")
class AlertCorrected(Event):
    """What was alerted was not so, but somebody had already acknowledged it; they are at work on it and must hear."""

    alert_id: Id
    kind: AlertKind
    person_id: Id | None = None
    reason_code: Code
    at: WireInstant


@contract("notify.alert-raised.v2", subject="alert_id")
class AlertRaisedV2(Event):
    """As version 1, for every kind of alert: `kind` and `audience` are codes from a list that may grow."""

    alert_id: Id
    kind: Code
    cause_event_id: Id
    person_id: Id | None = None
    audience: Code
    acknowledge_by: WireInstant | None = None
    at: WireInstant


@contract("notify.alert-escalated.v2", subject="alert_id")
class AlertEscalatedV2(Event):
    """As version 1, for every kind of alert."""

    alert_id: Id
    kind: Code
    person_id: Id | None = None
    level: int
    audience: Code
    acknowledge_by: WireInstant | None
    at: WireInstant


@contract("notify.alert-acknowledged.v2", subject="alert_id")
class AlertAcknowledgedV2(Event):
    """As version 1, for every kind of alert."""

    alert_id: Id
    kind: Code
    person_id: Id | None = None
    level: int
    at: WireInstant


@contract("notify.alert-stood-down.v2", subject="alert_id")
class AlertStoodDownV2(Event):
    """As version 1, for every kind of alert."""

    alert_id: Id
    kind: Code
    person_id: Id | None = None
    reason_code: Code
    at: WireInstant


@contract("notify.alert-corrected.v2", subject="alert_id")
class AlertCorrectedV2(Event):
    """As version 1, for every kind of alert."""

    alert_id: Id
    kind: Code
    person_id: Id | None = None
    reason_code: Code
    at: WireInstant


@contract("notify.message-delivered.v1", subject="message_id")
class MessageDelivered(Event):
    """A message reached its channel."""

    message_id: Id
    person_id: Id | None = None
    channel: Channel
    template: Code
    at: WireInstant


@contract("notify.message-failed.v1", subject="message_id")
class MessageFailed(Event):
    """No safe way to reach the person, or the way failed for good."""

    message_id: Id
    person_id: Id | None = None
    channel: Channel | None = None
    template: Code
    reason_code: Code
    at: WireInstant


@contract("notify.access-alert-raised.v1", subject="alert_id")
class AccessAlertRaised(Event):
    """The governance lead must look at how somebody came to see a record, and nobody else is asked."""

    alert_id: Id
    kind: Code
    cause_event_id: Id
    person_id: Id | None = None
    at: WireInstant


@contract("notify.access-alert-acknowledged.v1", subject="alert_id")
class AccessAlertAcknowledged(Event):
    """The governance lead has looked into it."""

    alert_id: Id
    kind: Code
    person_id: Id | None = None
    at: WireInstant


@contract("notify.glass-broken.v1", subject="person_id", lane="urgent")
class GlassBroken(Glass):
    """Somebody opened records here that their work alone would not open to them, for a reason and for a time."""


@contract("notify.audit-anchored.v1", subject="chain_id")
class AuditAnchored(Anchored):
    """How far the audit trail of notify had got: in its log at the broker, where the service cannot cut it."""


@contract("notify.person-forgotten.v1", subject="person_id")
class PersonForgotten(Forgotten):
    """Nothing that tells who an erased person is, is left at notify."""


@contract("notify.record-gathered.v1", subject="person_id", confidentiality="personal")
class RecordGathered(Gathered):
    """All that notify holds of a person, told to them through the front door."""
