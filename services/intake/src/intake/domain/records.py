"""What an introduction is made of: its state, the promise it was given, what the person told, concerns and attempts."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from intake.domain.codes import ContactOutcome, SafetyKind


class State(StrEnum):
    RECEIVED = "received"
    CLAIMED = "claimed"
    ACCEPTED = "accepted"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True)
class Promise:
    """What the front door promises: how soon somebody looks, and how often it tries before giving up."""

    look_within: timedelta = timedelta(hours=24)
    look_within_when_unsafe: timedelta = timedelta(hours=1)
    contact_attempts: int = 3


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
    outcome: ContactOutcome
    at: datetime
    by: str


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
