"""What happens in the conversation, in its own words; free text never."""

from dataclasses import dataclass
from datetime import date, datetime

from alliance.kernel import Fact, Pence
from triage.domain.codes import (
    CaseOutcome,
    CorrectionReason,
    DeclinedBy,
    FilledInBy,
    Goal,
    HelpArea,
    MeasureFlag,
    MeasureScale,
    MeasureTool,
    Priority,
    ReliableChange,
    ReviewOutcome,
    SafetyKind,
    Setting,
    Support,
    SupportLevel,
    TeamType,
    WaitClock,
)


@dataclass(frozen=True, kw_only=True)
class OfCase(Fact):
    case_id: str
    person_id: str


@dataclass(frozen=True, kw_only=True)
class CaseOpened(OfCase):
    introduction_id: str
    priority: Priority
    clock: WaitClock
    clock_due_at: datetime
    spell: int
    received_at: datetime


@dataclass(frozen=True, kw_only=True)
class PriorityChanged(OfCase):
    priority_from: Priority
    priority_to: Priority
    reason_code: str


@dataclass(frozen=True, kw_only=True)
class WaitTargetMissed(OfCase):
    clock: WaitClock
    since: datetime
    due_at: datetime
    priority: Priority
    repeat: int


@dataclass(frozen=True, kw_only=True)
class WaitTargetMissCorrected(OfCase):
    """`stopped_at`: when the wait ended or, if it has not, when the clock last stood still before it was due."""

    clock: WaitClock
    since: datetime
    due_at: datetime
    ended_at: datetime | None
    due_at_now: datetime
    repeat: int
    stopped_at: datetime


@dataclass(frozen=True, kw_only=True)
class ConversationHeld(OfCase):
    held_at: datetime
    goal_tags: tuple[Goal, ...]
    need_areas: tuple[HelpArea, ...]


@dataclass(frozen=True, kw_only=True)
class PlanAgreed(OfCase):
    plan_id: str
    number: int
    at: datetime
    goal_tags: tuple[Goal, ...]
    need_areas: tuple[HelpArea, ...]
    review_on: date | None


@dataclass(frozen=True, kw_only=True)
class _OfMeasurement(OfCase):
    measurement_id: str
    tool: MeasureTool


@dataclass(frozen=True, kw_only=True)
class OutcomeMeasured(_OfMeasurement):
    scale: MeasureScale
    concept: str | None
    goal_id: str | None
    goal_tag: Goal | None
    score: float
    measured_on: date
    filled_in_by: FilledInBy
    change: float | None
    reliable: ReliableChange | None
    recovered: bool | None
    flags: tuple[MeasureFlag, ...]


@dataclass(frozen=True, kw_only=True)
class OutcomeCorrected(_OfMeasurement):
    scale: MeasureScale
    goal_id: str | None
    score_before: float | None
    score: float | None
    measured_on_before: date
    measured_on: date
    reason_code: CorrectionReason
    at: datetime


@dataclass(frozen=True, kw_only=True)
class RiskFlagged(_OfMeasurement):
    kind: SafetyKind
    at: datetime


@dataclass(frozen=True, kw_only=True)
class _OfOffer(OfCase):
    offer_id: str
    offer_kind: Support
    provider_id: str
    service_id: str | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class SupportOffered(_OfOffer):
    answer_by: datetime | None


@dataclass(frozen=True, kw_only=True)
class SupportAccepted(_OfOffer):
    pass


@dataclass(frozen=True, kw_only=True)
class SupportDeclined(_OfOffer):
    by: DeclinedBy
    reason_code: str
    late: bool


@dataclass(frozen=True, kw_only=True)
class SupportLapsed(_OfOffer):
    """Nobody answered in time."""


@dataclass(frozen=True, kw_only=True)
class SupportWithdrawn(_OfOffer):
    reason_code: str


@dataclass(frozen=True, kw_only=True)
class SupportStarted(_OfOffer):
    waited_days: int
    weekly_cost_pence: Pence


@dataclass(frozen=True, kw_only=True)
class SupportEnded(_OfOffer):
    reason_code: str


@dataclass(frozen=True, kw_only=True)
class SecondaryCareIntroduced(OfCase):
    team_type: TeamType
    at: datetime


@dataclass(frozen=True, kw_only=True)
class IpsaIntroduced(OfCase):
    introduction_id: str
    current_setting: Setting
    weekly_cost_pence: Pence
    support_level: SupportLevel
    section_117: bool
    at: datetime
    spell: int
    search: int


@dataclass(frozen=True, kw_only=True)
class CaseClosed(OfCase):
    introduction_id: str
    outcome: CaseOutcome
    at: datetime
    spell: int
    search: int = 1
    repeated: bool = False
    reason_code: str | None = None


@dataclass(frozen=True, kw_only=True)
class DirectoryAssuranceLapsed(Fact):
    service_id: str
    provider_id: str
    assured_at: datetime | None
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class KeyWorkerNamed(OfCase):
    worker: str
    organisation_id: str
    team_id: str | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class _OfTransfer(OfCase):
    transfer_id: str
    from_organisation_id: str
    to_organisation_id: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class TransferAsked(_OfTransfer):
    reason_code: str


@dataclass(frozen=True, kw_only=True)
class TransferAccepted(_OfTransfer):
    reason_code: str


@dataclass(frozen=True, kw_only=True)
class TransferReturned(_OfTransfer):
    reason_code: str


@dataclass(frozen=True, kw_only=True)
class TransferRevoked(_OfTransfer):
    reason_code: str


@dataclass(frozen=True, kw_only=True)
class TransferLapsed(_OfTransfer):
    pass


@dataclass(frozen=True, kw_only=True)
class _OfReview(OfCase):
    review_id: str
    due_on: date


@dataclass(frozen=True, kw_only=True)
class ReviewDue(_OfReview):
    pass


@dataclass(frozen=True, kw_only=True)
class ReviewOverdue(_OfReview):
    pass


@dataclass(frozen=True, kw_only=True)
class ReviewHeld(_OfReview):
    held_on: date
    outcome: ReviewOutcome
    next_on: date | None
