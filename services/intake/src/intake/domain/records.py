"""What an introduction is made of: its state, the promise it was given, what the person told, concerns and attempts."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from intake.domain.codes import (
    ContactChannel,
    ContactOutcome,
    Elsewhere,
    Ending,
    IntroducerRole,
    PersonKnows,
    ReopenReason,
    SafetyKind,
)


class State(StrEnum):
    RECEIVED = "received"
    CLAIMED = "claimed"
    ACCEPTED = "accepted"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True)
class Promise:
    """What the front door promises: how soon somebody looks and gets in touch, and how long it tries before giving up.

    `contact_days`: on so many different days in London. `touch_within`: how long something taken on may be left alone.
    `contact_check_days`: after so many days somebody who waits is asked whether how to reach them has changed.
    """

    look_within: timedelta = timedelta(hours=24)
    look_within_when_unsafe: timedelta = timedelta(hours=1)
    contact_attempts: int = 3
    contact_days: int = 2
    contact_within: timedelta = timedelta(hours=24)
    contact_within_when_unsafe: timedelta = timedelta(hours=2)
    touch_within: timedelta = timedelta(hours=72)
    contact_check_days: int = 60

    def to_look(self, *, unsafe: bool) -> timedelta:
        return self.look_within_when_unsafe if unsafe else self.look_within

    def to_contact(self, *, unsafe: bool) -> timedelta:
        return self.contact_within_when_unsafe if unsafe else self.contact_within


@dataclass(frozen=True, kw_only=True)
class Story:
    """What the person told in their own words. Never leaves this document in an event."""

    going_on: str = ""
    matters_to_me: str = ""
    good_at: str = ""
    would_help: str = ""


@dataclass(frozen=True, kw_only=True)
class Concern:
    kind: SafetyKind
    raised_at: datetime


@dataclass(frozen=True, kw_only=True)
class ContactAttempt:
    """`message`: what the person reads on their status page, where that was the way."""

    outcome: ContactOutcome
    at: datetime
    by: str
    channel: ContactChannel | None = None
    """None: noted when the way was not asked for yet."""
    message: str = ""

    @property
    def reached(self) -> bool:
        return self.outcome in (ContactOutcome.SPOKE, ContactOutcome.THEY_CAME)


@dataclass(frozen=True, kw_only=True)
class Note:
    """What one shift tells the next. For staff only."""

    text: str
    at: datetime
    by: str


@dataclass(frozen=True, kw_only=True)
class Turn:
    """Who had an introduction in hand from when on; `to` None: nobody."""

    to: str | None
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Introducer:
    """Whoever introduces somebody else. Personal: never leaves this document in an event."""

    role: IntroducerRole
    name: str = ""
    organisation: str = ""
    phone: str = ""
    email: str = ""
    person_knows: PersonKnows = PersonKnows.KNOWS

    @property
    def can_be_asked(self) -> bool:
        """There is a way back to them."""
        return bool(self.phone or self.email)


@dataclass(frozen=True, kw_only=True)
class HandOver:
    """To the service of another area. Until that confirms, the person is still ours."""

    area: str
    service: str
    by: str
    at: datetime
    confirmed_by: str = ""
    confirmed_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Ended:
    """How an introduction is closed, with what that ending must say."""

    ending: Ending
    elsewhere: Elsewhere | None = None
    duplicate_of: str | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Reopening:
    """One opening again: why, and what had been before. `ending` None: the person had withdrawn."""

    reason: ReopenReason
    by: str
    at: datetime
    ended_at: datetime
    closed: Ended | None = None


@dataclass(frozen=True, kw_only=True)
class Addition:
    """What the person told later, on their status page."""

    text: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Move:
    """From which record an introduction came to another, by which merge."""

    merge_id: str
    from_person_id: str
