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
from alliance.contracts.wait_codes import PauseChange, WaitClockV2, WaitPauseReason


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
    received_at: WireInstant | None = Field(default=None, description="when the person asked; the wait counts from it")


@contract("triage.priority-changed.v1", subject="case_id")
class PriorityChanged(Event):
    """The priority of a case was raised or lowered, with its reason."""

    case_id: Id
    person_id: Id
    priority_from: Priority
    priority_to: Priority
    reason_code: Code


@contract("triage.wait-at-risk.v1", subject="case_id")
class WaitAtRisk(Event):
    """Most of the time of a promise has gone and it is not kept yet; said once for each wait."""

    case_id: Id
    person_id: Id
    clock: WaitClockV2
    since: WireInstant
    due_at: WireInstant
    priority: Priority


@contract("triage.wait-target-missed.v1", subject="case_id", lane="urgent")
class WaitTargetMissed(Event):
    """A promise about waiting was not kept. Superseded by v2, which knows every clock."""

    case_id: Id
    person_id: Id
    clock: WaitClock
    due_at: WireInstant
    priority: Priority


@contract("triage.wait-target-miss-corrected.v1", subject="case_id")
class WaitTargetMissCorrected(Event):
    """A miss that was announced never was one: what ended the wait became known late. Superseded by v2."""

    case_id: Id
    person_id: Id
    clock: WaitClock
    due_at: WireInstant
    ended_at: WireInstant


@contract("triage.wait-target-missed.v2", subject="case_id", lane="urgent")
class WaitTargetMissedV2(Event):
    """A promise about waiting was not kept, by any of the clocks."""

    case_id: Id
    person_id: Id
    clock: WaitClockV2
    since: WireInstant
    due_at: WireInstant
    priority: Priority
    repeat: int = Field(default=0, ge=0, description="how often this very miss was announced and taken back before")


@contract("triage.wait-target-miss-corrected.v2", subject="case_id")
class WaitTargetMissCorrectedV2(Event):
    """A miss that was announced never was one: an ending became known late, or the clock had been paused."""

    case_id: Id
    person_id: Id
    clock: WaitClockV2
    since: WireInstant
    due_at: WireInstant = Field(description="as the miss was announced")
    ended_at: WireInstant | None = Field(default=None, description="when the wait ended; null while it runs")
    due_at_now: WireInstant | None = Field(default=None, description="when it is due, as is known now")
    repeat: int = Field(default=0, ge=0, description="which announcement of this miss is taken back")


@contract("triage.wait-paused.v1", subject="case_id")
class WaitPaused(Event):
    """The waits that may be paused do not count for a while. Offers that are live stay live."""

    case_id: Id
    person_id: Id
    pause_id: Id
    reason: WaitPauseReason
    paused_from: WireInstant
    paused_until: WireInstant = Field(description="from then on the clocks run again by themselves")
    review: bool = Field(description="nobody knows yet how long it lasts: somebody looks again at paused_until")


@contract("triage.pause-changed.v1", subject="case_id")
class PauseChanged(Event):
    """A pause is another than was recorded: ended early, made longer, or put right after the fact."""

    case_id: Id
    person_id: Id
    pause_id: Id
    change: PauseChange
    paused_from: WireInstant
    paused_until: WireInstant
    cancelled: bool = Field(default=False, description="there was no pause at all")
    at: WireInstant


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
    search: int = Field(default=1, ge=1, description="which search for a home on this case")


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
    search: int = Field(default=1, ge=1, description="which search for a home was the case's own then")
    reason_code: Code | None = None


@contract("triage.case-reopened.v1", subject="case_id")
class CaseReopened(Event):
    """The same case is open again, soon after it was closed; its waits go on where they stood."""

    case_id: Id
    introduction_id: Id
    person_id: Id
    priority: Priority
    reason_code: Code
    closed_at: WireInstant = Field(description="when it had been closed: that closing does not count")
    at: WireInstant
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
