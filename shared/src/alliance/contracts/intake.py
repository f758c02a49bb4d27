"""What the front door says."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from alliance.contracts.codes import (
    CorrectionReason,
    Ending,
    HelpArea,
    Priority,
    ReopenReason,
    SafetyKind,
    SharingBasis,
    SourceCode,
    WayIn,
)
from alliance.contracts.common import Anchored, Forgotten, Gathered, Glass
from alliance.contracts.contact_checks import *  # noqa: F403 - one publisher, three files
from alliance.contracts.deaths import *  # noqa: F403
from alliance.contracts.equality_codes import (
    AgeBand,
    Disability,
    EthnicCategory,
    GenderIdentity,
    Religion,
    SameAsAtBirth,
    SexualOrientation,
)
from alliance.contracts.event import Code, Event, Id, WireInstant, contract

Spell = Field(
    default=1, ge=1, description="which opening of the introduction: 1, and one more each time it is reopened"
)


@contract("intake.introduction-received.v1", subject="introduction_id")
class IntroductionReceived(Event):
    """Somebody introduced themselves or was introduced."""

    introduction_id: Id
    person_id: Id
    way_in: WayIn
    source_code: SourceCode
    received_at: WireInstant
    safety_concern: bool
    help_areas: tuple[HelpArea, ...] = ()


@contract("intake.introduction-accepted.v1", subject="introduction_id")
class IntroductionAccepted(Event):
    """The front door has taken an introduction on; a conversation follows."""

    introduction_id: Id
    person_id: Id
    suggested_priority: Priority
    help_areas: tuple[HelpArea, ...] = ()
    received_at: WireInstant = Field(description="from when the person's wait counts")
    accepted_at: WireInstant
    spell: int = Spell


@contract("intake.introduction-closed.v1", subject="introduction_id")
class IntroductionClosed(Event):
    """An introduction ended at the front door, by one of the published endings."""

    introduction_id: Id
    person_id: Id
    ending: Ending
    closed_at: WireInstant
    spell: int = Spell
    duplicate_of: Id | None = Field(default=None, description="the other introduction, where the ending is duplicate")


@contract("intake.introduction-withdrawn.v1", subject="introduction_id")
class IntroductionWithdrawn(Event):
    """The person does not want to go on; whoever holds something open for this introduction closes it."""

    introduction_id: Id
    person_id: Id
    withdrawn_at: WireInstant
    repeated: bool = Field(default=False, description="said once more as an answer; what it tells was told before")
    spell: int = Spell


@contract("intake.introduction-reopened.v1", subject="introduction_id")
class IntroductionReopened(Event):
    """A closed or withdrawn introduction is at the front door again; if it is accepted, that leads to another case."""

    introduction_id: Id
    person_id: Id
    spell: int = Field(ge=2, description="which opening this is: 2 the first time")
    reason_code: ReopenReason
    reopened_at: WireInstant
    waiting_since: WireInstant = Field(description="from when the person's wait counts")


@contract("intake.introduction-overdue.v1", subject="introduction_id", lane="urgent")
class IntroductionOverdue(Event):
    """Nobody at the front door has looked at an introduction within the time the alliance promises."""

    introduction_id: Id
    person_id: Id
    due_at: WireInstant


@contract("intake.introduction-left-alone.v1", subject="introduction_id", lane="urgent")
class IntroductionLeftAlone(Event):
    """Somebody has taken an introduction on and then done nothing about it for longer than the alliance promises."""

    introduction_id: Id
    person_id: Id
    due_at: WireInstant


@contract("intake.source-corrected.v1", subject="introduction_id")
class SourceCorrected(Event):
    """Who introduced the person had been recorded wrongly."""

    introduction_id: Id
    person_id: Id
    source_code_before: SourceCode
    source_code: SourceCode
    received_at: WireInstant
    reason_code: CorrectionReason


@contract("intake.safety-concern-raised.v1", subject="introduction_id", lane="urgent")
class SafetyConcernRaised(Event):
    """Somebody may be in danger now."""

    introduction_id: Id
    person_id: Id
    kind: SafetyKind
    raised_at: WireInstant
    spell: int = Spell


@contract("intake.sharing-changed.v1", subject="person_id")
class SharingChanged(Event):
    """The person allows or stops an organisation's services to hold their details. Of somebody new, only what they
    do not allow is said: the details themselves tell the others.
    """

    person_id: Id
    organisation_id: Code
    allowed: bool
    basis: SharingBasis
    consent_sequence: int = Field(ge=1, description="grows with every change of this person's details or preferences")
    changed_at: WireInstant


class ContactPoint(BaseModel):
    """One way to reach somebody, and whether it is safe to use."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    kind: Literal["phone", "email", "address"]
    value: str = Field(max_length=320)
    safe: bool
    voicemail_ok: bool = False


@contract("intake.person-shared.v1", subject="person_id", confidentiality="personal")
class PersonShared(Event):
    """A whole snapshot of a person's details, one message per recipient that the person's preferences allow."""

    person_id: Id
    organisation_id: Code
    consent_sequence: int = Field(ge=1)
    full_name: str | None = Field(default=None, max_length=200)
    call_me: str | None = Field(default=None, max_length=100)
    date_of_birth: date | None = None
    nhs_number: str | None = Field(default=None, pattern=r"^[0-9]{10}$")
    nhs_number_status: Code | None = None
    contact_points: tuple[ContactPoint, ...] = ()
    interpreter_language: Code | None = None
    adjustments: tuple[Code, ...] = ()
    contact_confirmed_on: date | None = Field(
        default=None, description="when the person last said how to reach them, or found it to be right still"
    )


@contract("intake.people-merged.v1", subject="person_id")
class PeopleMerged(Event):
    """A human found that two records are of one person: whatever hangs on the merged one now belongs to the survivor.

    The survivor may be merged into a third record, before or after this is heard: follow the chain. Each merge has an
    id of its own, and `people-unmerged` names the merge that it ends; one that has been ended never begins again.
    """

    person_id: Id = Field(description="the survivor: the older record")
    merged_person_id: Id
    merge_id: Id
    at: WireInstant


@contract("intake.people-unmerged.v1", subject="person_id")
class PeopleUnmerged(Event):
    """That merge was wrong: both records are again as they were, and what hung on the merged one goes back to it."""

    person_id: Id = Field(description="the survivor of the merge that is undone")
    merged_person_id: Id
    merge_id: Id
    at: WireInstant


@contract("intake.equality-recorded.v1", subject="person_id", confidentiality="restricted")
class EqualityRecorded(Event):
    """What a person said for equality monitoring, as a whole. In no log, and never for those who decide about them."""

    person_id: Id
    ethnicity: EthnicCategory
    age_band: AgeBand
    gender: GenderIdentity
    same_as_at_birth: SameAsAtBirth
    answer_sequence: int = Field(ge=1, description="grows with every answer of this person; the latest counts")
    recorded_on: date
    orientation: SexualOrientation = SexualOrientation.NOT_KNOWN
    religion: Religion = Religion.NOT_KNOWN
    disability: Disability = Disability.NOT_KNOWN


@contract("intake.restriction-changed.v1", subject="person_id", lane="urgent")
class RestrictionChanged(Event):
    """From now on only those who work with the person see their records, or everybody whom the table lets again.

    Urgent: until it is heard, a service shows more than it should.
    """

    person_id: Id
    restricted: bool
    restriction_sequence: int = Field(ge=1, description="grows with every change; holders ignore anything older")
    at: WireInstant


@contract("intake.glass-broken.v1", subject="person_id", lane="urgent")
class GlassBroken(Glass):
    """Somebody opened records here that their work alone would not open to them, for a reason and for a time."""


@contract("intake.audit-anchored.v1", subject="chain_id")
class AuditAnchored(Anchored):
    """How far the audit trail of intake had got: in its log at the broker, where the service cannot cut it."""


@contract("intake.person-forgotten.v1", subject="person_id")
class PersonForgotten(Forgotten):
    """Nothing that tells who an erased person is, is left at the front door."""


@contract("intake.record-gathered.v1", subject="person_id", confidentiality="personal")
class RecordGathered(Gathered):
    """All that the front door holds of a person, told to them through the front door."""


@contract("intake.person-erased.v1", subject="person_id", lane="urgent")
class PersonErased(Event):
    """Who this person is, is to be forgotten everywhere, for good. Every service says when nothing is left there.

    Whoever was merged into the person is told of by an event of their own, with the same request.
    """

    person_id: Id
    request_id: Id
    at: WireInstant


@contract("intake.erasure-overdue.v1", subject="request_id")
class ErasureOverdue(Event):
    """Not every service has confirmed in time that it has forgotten an erased person."""

    request_id: Id
    person_id: Id
    waiting_for: tuple[Code, ...] = Field(description="the services that have not confirmed")
    due_at: WireInstant


@contract("intake.record-requested.v1", subject="request_id")
class RecordRequested(Event):
    """A person wants a copy of all that is held of them: every service gathers its part and sends it to intake."""

    request_id: Id
    person_id: Id
    at: WireInstant


@contract("intake.record-overdue.v1", subject="request_id")
class RecordOverdue(Event):
    """A person has waited for the copy of their record for longer than the law allows (UK GDPR Article 12(3))."""

    request_id: Id
    person_id: Id
    waiting_for: tuple[Code, ...] = Field(description="who has not sent their part; nobody: it waits for its release")
    due_at: WireInstant
