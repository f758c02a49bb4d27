"""What notify's API answers."""

from datetime import datetime
from typing import Self

from pydantic import BaseModel, ConfigDict

from notify.application.messages import MessageRecord
from notify.domain.alert import Alert, Standing
from notify.domain.codes import AlertKind, Audience, Channel, Failure, Template
from notify.domain.message import Message, Progress


class _Answer(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class AlertId(_Answer):
    alert_id: str


class GlassAnswer(_Answer):
    """Who opened records that their work alone would not open to them."""

    service: str
    record: str
    reason_code: str
    opened_by: str
    organisation: str
    until: datetime


class CauseAnswer(_Answer):
    event_id: str
    happened_at: datetime
    subject_id: str
    person_id: str | None
    glass: GlassAnswer | None


class AlertAnswer(_Answer):
    """`cause` is missing only while a correction has arrived before what it corrects."""

    id: str
    kind: AlertKind
    standing: Standing
    cause: CauseAnswer | None
    level: int
    audience: Audience
    raised_at: datetime | None
    acknowledge_by: datetime | None
    acknowledged_by: str | None
    acknowledged_at: datetime | None
    corrected_at: datetime | None

    @classmethod
    def of(cls, alert: Alert) -> Self:
        return cls.model_validate(alert)


class AlertPage(_Answer):
    items: list[AlertAnswer]
    next: str | None


class MessageAnswer(_Answer):
    """`language`: in which it went, as a code of ISO 639; missing until it has."""

    id: str
    person_id: str
    template: Template
    cause_event_id: str
    progress: Progress
    channel: Channel | None
    language: str | None
    reason_code: Failure | None
    written_at: datetime
    give_up_at: datetime
    settled_at: datetime | None

    @classmethod
    def of(cls, message: Message) -> Self:
        return cls.model_validate(message)


class MessagePage(_Answer):
    items: list[MessageAnswer]
    next: str | None


class WholeMessage(MessageAnswer):
    """`address` is shown to an administrator alone."""

    address: str | None

    @classmethod
    def from_record(cls, record: MessageRecord, *, with_address: bool) -> Self:
        shown = MessageAnswer.of(record.message).model_dump()
        return cls(**shown, address=record.address if with_address else None)
