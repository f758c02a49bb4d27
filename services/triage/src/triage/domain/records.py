"""What a case is made of: concerns, decisions about priority, conversations, and introductions to others."""

from dataclasses import dataclass, field
from datetime import datetime

from alliance.kernel import Pence
from triage.domain.codes import (
    CaseOutcome,
    Goal,
    HelpArea,
    Priority,
    SafetyKind,
    Setting,
    Strength,
    SupportLevel,
    TeamType,
)


@dataclass(frozen=True, kw_only=True)
class Concern:
    """Somebody may be in danger; `answered` once a worker has decided about the priority knowing of it."""

    kind: SafetyKind
    raised_at: datetime
    answered: bool = False


@dataclass(frozen=True, kw_only=True)
class Decision:
    """A worker's word on the priority. `since` is when its wait began: now if raised, as before if lowered."""

    priority: Priority
    reason_code: str
    at: datetime
    by: str
    since: datetime


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why a case has, or had, a priority."""

    priority: Priority
    reason_code: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Change:
    """One step in the history of a priority; `by` is None where no worker decided, `before` None at the beginning."""

    at: datetime
    before: Priority | None
    after: Priority
    reason_code: str
    by: str | None = None


@dataclass(frozen=True, kw_only=True)
class Closing:
    """A closing that was undone by reopening the case."""

    outcome: CaseOutcome
    reason_code: str | None
    by: str | None
    closed_at: datetime
    reopened_at: datetime
    reopened_by: str
    reopened_because: str
    search: int = 1
    """Which search for a home was the case's own when it was closed."""


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """What was talked about. The notes are free text: they stay in the case."""

    id: str = field(default="", compare=False)
    """That of the command which recorded it: sent again, it is the same conversation. Empty in the oldest ones."""
    held_at: datetime
    strengths: tuple[Strength, ...] = ()
    goals: tuple[Goal, ...] = ()
    needs: tuple[HelpArea, ...] = ()
    notes: str = ""


@dataclass(frozen=True, kw_only=True)
class SecondaryCare:
    team_type: TeamType
    at: datetime


@dataclass(frozen=True, kw_only=True)
class IpsaProfile:
    """What housing needs to know to look for a home."""

    current_setting: Setting
    weekly_cost_pence: Pence
    support_level: SupportLevel
    section_117: bool


@dataclass(frozen=True, kw_only=True)
class EarlierIpsa:
    """An introduction to IPSA whose search for a home is over, since another one has begun on the same case."""

    profile: IpsaProfile
    at: datetime
