"""The stages of a placement, and what is known of its beginning and its ends."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from alliance.kernel import Pence
from housing.domain.codes import ClosingReason, CorrectionReason, Destination, MoveOnReason, Setting, SupportLevel


class Stage(StrEnum):
    INTRODUCED = "introduced"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    MOVED_IN = "moved-in"
    MOVED_ON = "moved-on"
    CLOSED = "closed"


@dataclass(frozen=True, kw_only=True)
class Beginning:
    """What the conversation told us when it introduced the person to IPSA."""

    case_id: str
    setting: Setting
    weekly_cost_pence: Pence
    support_level: SupportLevel
    section_117: bool
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Correction:
    """A day of moving in that was wrong, and the one that was put in its place."""

    before: date
    after: date
    reason_code: CorrectionReason
    at: datetime


@dataclass(frozen=True, kw_only=True)
class MoveOn:
    on: date
    destination: Destination
    reason_code: MoveOnReason


@dataclass(frozen=True, kw_only=True)
class Closing:
    reason_code: ClosingReason
    at: datetime
