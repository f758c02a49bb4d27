"""What the conversation says."""

from datetime import date

from pydantic import Field

from alliance.contracts.allocation import *  # noqa: F403 - one publisher, three files
from alliance.contracts.codes import (
    CaseOutcome,
    CorrectionReason,
    FilledInBy,
    Goal,
    HelpArea,
    MeasureFlag,
    MeasureScale,
    MeasureTool,
    Priority,
    ReliableChange,
    SafetyKind,
    Setting,
    SupportLevel,
    TeamType,
    WaitClock,
)
from alliance.contracts.common import Anchored, Forgotten, Gathered, Glass
from alliance.contracts.event import Code, Event, Id, PenceAmount, WireInstant, contract
from alliance.contracts.support import *  # noqa: F403 - one publisher, three files


@contract("triage.case-opened.v1", subject="case_id")
class CaseOpened(Event):
    """A case is open and its first wait is running."""

    case_id: Id
    introduction_id: Id
    person_id: Id
    priority: Priority
    clock: WaitClock
    clock_due_at: WireInstant
    spell: int = Field(default=1, ge=1, description="which opening of the introduction led to this case")


@contract("triage.priority-changed.v1", subject="case_id")
class PriorityChanged(Event):
    """The priority of a case was raised or lowered, with its reason."""

    case_id: Id
    person_id: Id
    priority_from: Priority
    priority_to: Priority
    reason_code: Code


@contract("triage.wait-target-missed.v1", subject="case_id", lane="urgent")
class WaitTargetMissed(Event):
    """A promise about waiting was not kept."""

    case_id: Id
    person_id: Id
    clock: WaitClock
    due_at: WireInstant
    priority: Priority


@contract("triage.wait-target-miss-corrected.v1", subject="case_id")
class WaitTargetMissCorrected(Event):
    """A miss that was announced never was one: what ended the wait became known late."""

    case_id: Id
    person_id: Id
    clock: WaitClock
    due_at: WireInstant
    ended_at: WireInstant


@contract("triage.conversation-held.v1", subject="case_id")
class ConversationHeld(Event):
    """The conversation about strengths and needs took place."""

    case_id: Id
    person_id: Id
    held_at: WireInstant
    goal_tags: tuple[Goal, ...] = ()
    need_areas: tuple[HelpArea, ...] = ()


@contract("triage.plan-agreed.v1", subject="plan_id")
class PlanAgreed(Event):
    """A plan, or a new version of it, was agreed with the person."""

    plan_id: Id
    case_id: Id
    person_id: Id
    number: int = Field(ge=1, description="of the version: 1 for the first plan of a case")
    at: WireInstant
    goal_tags: tuple[Goal, ...] = ()
    need_areas: tuple[HelpArea, ...] = ()
    review_on: date | None = None


@contract("triage.outcome-measured.v1", subject="measurement_id")
class OutcomeMeasured(Event):
    """A person's own answers were scored. Whoever counts pairs scores again: an earlier one may come later."""

    measurement_id: Id
    case_id: Id
    person_id: Id
    tool: MeasureTool
    scale: MeasureScale
    concept: Code | None = Field(default=None, description="SNOMED CT concept of the score, where the list has one")
    goal_id: Id | None = Field(default=None, description="which goal a goal-based score is about")
    goal_tag: Goal | None = None
    score: float = Field(ge=0, le=100)
    measured_on: date
    filled_in_by: FilledInBy
    change: float | None = Field(default=None, description="since the first valid score of the same, as known then")
    reliable: ReliableChange | None = Field(default=None, description="null where nothing says what is reliable")
    recovered: bool | None = Field(default=None, description="from the clinical range out of it, and reliably so")
    flags: tuple[MeasureFlag, ...] = ()


@contract("triage.outcome-corrected.v1", subject="measurement_id")
class OutcomeCorrected(Event):
    """A score or its day was wrong, or the score belongs to nobody here: what was said before is not so."""

    measurement_id: Id
    case_id: Id
    person_id: Id
    tool: MeasureTool
    scale: MeasureScale
    goal_id: Id | None = None
    score_before: float | None = Field(default=None, ge=0, le=100, description="null where it could not be scored")
    score: float | None = Field(default=None, ge=0, le=100, description="null: it does not count any more")
    measured_on_before: date
    measured_on: date
    reason_code: CorrectionReason
    at: WireInstant


@contract("triage.risk-flagged.v1", subject="measurement_id", lane="urgent")
class RiskFlagged(Event):
    """An answer says that somebody may be in danger, such as item 9 of PHQ-9: the conversation looks at once."""

    measurement_id: Id
    case_id: Id
    person_id: Id
    tool: MeasureTool
    kind: SafetyKind
    at: WireInstant


@contract("triage.secondary-care-introduced.v1", subject="case_id")
class SecondaryCareIntroduced(Event):
    """The person was introduced to a secondary-care team of the trust."""

    case_id: Id
    person_id: Id
    team_type: TeamType
    at: WireInstant


@contract("triage.ipsa-introduced.v1", subject="case_id")
class IpsaIntroduced(Event):
    """The person is to have a home of their own: housing opens a placement."""

    case_id: Id
    introduction_id: Id
    person_id: Id
    current_setting: Setting
    weekly_cost_pence: PenceAmount = Field(ge=0, description="what the present setting costs a week")
    support_level: SupportLevel
    section_117: bool = Field(description="aftercare under Mental Health Act 1983 s.117")
    at: WireInstant
    spell: int = Field(default=1, ge=1, description="which opening of the introduction led to the case")


@contract("triage.case-closed.v1", subject="case_id")
class CaseClosed(Event):
    """The case is closed, with its outcome."""

    case_id: Id
    introduction_id: Id
    person_id: Id
    outcome: CaseOutcome
    at: WireInstant
    repeated: bool = Field(default=False, description="said once more as an answer; what it tells was told before")
    spell: int = Field(default=1, ge=1, description="which opening of the introduction led to this case")


@contract("triage.glass-broken.v1", subject="person_id", lane="urgent")
class GlassBroken(Glass):
    """Somebody opened records here that their work alone would not open to them, for a reason and for a time."""


@contract("triage.audit-anchored.v1", subject="chain_id")
class AuditAnchored(Anchored):
    """How far the audit trail of triage had got: in its log at the broker, where the service cannot cut it."""


@contract("triage.person-forgotten.v1", subject="person_id")
class PersonForgotten(Forgotten):
    """Nothing that tells who an erased person is, is left at triage."""


@contract("triage.record-gathered.v1", subject="person_id", confidentiality="personal")
class RecordGathered(Gathered):
    """All that triage holds of a person, told to them through the front door."""
