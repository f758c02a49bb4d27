"""What happens at the front door, in its own words."""

from dataclasses import dataclass
from datetime import date, datetime

from alliance.kernel import Fact
from intake.domain.codes import (
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
from intake.domain.equality_codes import (
    AgeBand,
    Disability,
    EthnicCategory,
    GenderIdentity,
    Religion,
    SameAsAtBirth,
    SexualOrientation,
)


@dataclass(frozen=True, kw_only=True)
class _OfIntroduction(Fact):
    introduction_id: str
    person_id: str


@dataclass(frozen=True, kw_only=True)
class IntroductionReceived(_OfIntroduction):
    way_in: WayIn
    source_code: SourceCode
    received_at: datetime
    safety_concern: bool
    help_areas: tuple[HelpArea, ...]


@dataclass(frozen=True, kw_only=True)
class IntroductionAccepted(_OfIntroduction):
    suggested_priority: Priority
    help_areas: tuple[HelpArea, ...]
    received_at: datetime
    accepted_at: datetime
    spell: int


@dataclass(frozen=True, kw_only=True)
class IntroductionClosed(_OfIntroduction):
    ending: Ending
    closed_at: datetime
    spell: int
    duplicate_of: str | None = None


@dataclass(frozen=True, kw_only=True)
class IntroductionWithdrawn(_OfIntroduction):
    withdrawn_at: datetime
    spell: int
    repeated: bool = False


@dataclass(frozen=True, kw_only=True)
class IntroductionReopened(_OfIntroduction):
    spell: int
    reason_code: ReopenReason
    reopened_at: datetime
    waiting_since: datetime


@dataclass(frozen=True, kw_only=True)
class IntroductionOverdue(_OfIntroduction):
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class IntroductionLeftAlone(_OfIntroduction):
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class ContactCheckDue(_OfIntroduction):
    known_since: date
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class SourceCorrected(_OfIntroduction):
    source_code_before: SourceCode
    source_code: SourceCode
    received_at: datetime
    reason_code: CorrectionReason


@dataclass(frozen=True, kw_only=True)
class SafetyConcernRaised(_OfIntroduction):
    kind: SafetyKind
    raised_at: datetime
    spell: int


@dataclass(frozen=True, kw_only=True)
class SharingChanged(Fact):
    person_id: str
    organisation_id: str
    allowed: bool
    basis: SharingBasis
    consent_sequence: int
    changed_at: datetime


@dataclass(frozen=True, kw_only=True)
class EqualityRecorded(Fact):
    person_id: str
    ethnicity: EthnicCategory
    age_band: AgeBand
    gender: GenderIdentity
    same_as_at_birth: SameAsAtBirth
    orientation: SexualOrientation
    religion: Religion
    disability: Disability
    answer_sequence: int
    recorded_on: date


@dataclass(frozen=True, kw_only=True)
class ContactPoint:
    """One way to reach somebody: `phone`, `email` or `address`, and whether it is safe to use."""

    kind: str
    value: str
    safe: bool
    voicemail_ok: bool = False


@dataclass(frozen=True, kw_only=True)
class PersonShared(Fact):
    """The whole of a person's details, for one service of one organisation that may hold them."""

    recipient: str
    person_id: str
    organisation_id: str
    consent_sequence: int
    full_name: str | None
    call_me: str | None
    date_of_birth: date | None
    nhs_number: str | None
    nhs_number_status: str | None
    contact_points: tuple[ContactPoint, ...]
    interpreter_language: str | None
    adjustments: tuple[str, ...]
    contact_confirmed_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class _OfMerge(Fact):
    person_id: str
    """The survivor."""
    merged_person_id: str
    merge_id: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class PeopleMerged(_OfMerge):
    pass


@dataclass(frozen=True, kw_only=True)
class PeopleUnmerged(_OfMerge):
    pass


@dataclass(frozen=True, kw_only=True)
class PersonDied(Fact):
    person_id: str
    died_on: date
    death_sequence: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class PersonDeathCorrected(Fact):
    person_id: str
    death_sequence: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class PersonErased(Fact):
    person_id: str
    request_id: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class RecordRequested(Fact):
    request_id: str
    person_id: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class _Overdue(Fact):
    request_id: str
    person_id: str
    waiting_for: tuple[str, ...]
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class ErasureOverdue(_Overdue):
    """Not every service has confirmed that it has forgotten the person."""


@dataclass(frozen=True, kw_only=True)
class RecordOverdue(_Overdue):
    """The person has waited for the copy of their record for longer than a month."""
