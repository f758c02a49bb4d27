"""What the conversation says."""

from pydantic import Field

from alliance.contracts.codes import (
    CaseOutcome,
    DeclinedBy,
    Goal,
    HelpArea,
    Priority,
    Setting,
    Support,
    SupportLevel,
    TeamType,
    WaitClock,
)
from alliance.contracts.common import Anchored, Glass
from alliance.contracts.event import Code, Event, Id, PenceAmount, WireInstant, contract


@contract("triage.case-opened.v1", subject="case_id")
class CaseOpened(Event):
    """A case is open and its first wait is running."""

    case_id: Id
    introduction_id: Id
    person_id: Id
    priority: Priority
    clock: WaitClock
    clock_due_at: WireInstant


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


@contract("triage.support-offered.v1", subject="case_id")
class SupportOffered(Event):
    """A kind of support from the directory was offered."""

    offer_id: Id
    case_id: Id
    person_id: Id
    offer_kind: Support
    provider_id: Code
    at: WireInstant


@contract("triage.support-accepted.v1", subject="case_id")
class SupportAccepted(Event):
    """The person accepted the offer."""

    offer_id: Id
    case_id: Id
    person_id: Id
    offer_kind: Support
    provider_id: Code
    at: WireInstant


@contract("triage.support-declined.v1", subject="case_id")
class SupportDeclined(Event):
    """The offer came to nothing; the case is back in the queue."""

    offer_id: Id
    case_id: Id
    person_id: Id
    offer_kind: Support
    provider_id: Code
    by: DeclinedBy
    reason_code: Code
    at: WireInstant


@contract("triage.support-started.v1", subject="case_id")
class SupportStarted(Event):
    """Support began. Superseded by v2, which says how long the person waited and what it costs."""

    offer_id: Id
    case_id: Id
    person_id: Id
    offer_kind: Support
    provider_id: Code
    at: WireInstant


@contract("triage.support-started.v2", subject="case_id")
class SupportStartedV2(Event):
    """Support began, after so many days of waiting since the introduction, at so much a week."""

    offer_id: Id
    case_id: Id
    person_id: Id
    offer_kind: Support
    provider_id: Code
    started_at: WireInstant
    waited_days: int = Field(ge=0, description="whole days from the introduction to the start of support")
    weekly_cost_pence: PenceAmount = Field(ge=0)


@contract("triage.support-ended.v1", subject="case_id")
class SupportEnded(Event):
    """Support came to its end."""

    offer_id: Id
    case_id: Id
    person_id: Id
    offer_kind: Support
    provider_id: Code
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


@contract("triage.case-closed.v1", subject="case_id")
class CaseClosed(Event):
    """The case is closed, with its outcome."""

    case_id: Id
    introduction_id: Id
    person_id: Id
    outcome: CaseOutcome
    at: WireInstant
    repeated: bool = Field(default=False, description="said once more as an answer; what it tells was told before")


@contract("triage.glass-broken.v1", subject="person_id", lane="urgent")
class GlassBroken(Glass):
    """Somebody opened records here that their work alone would not open to them, for a reason and for a time."""


@contract("triage.audit-anchored.v1", subject="chain_id")
class AuditAnchored(Anchored):
    """How far the audit trail of triage had got: in its log at the broker, where the service cannot cut it."""
