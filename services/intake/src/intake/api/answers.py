"""What the front door's API answers."""

from datetime import date, datetime
from typing import Self

from pydantic import BaseModel, ConfigDict

from alliance.store import Stored
from intake.application.working import Claimed
from intake.domain.codes import (
    ContactChannel,
    ContactOutcome,
    Elsewhere,
    Ending,
    HelpArea,
    IntroducerRole,
    LawfulBasis,
    PersonKnows,
    Priority,
    ReopenReason,
    SafetyKind,
    SharingBasis,
    SourceCode,
    WayIn,
)
from intake.domain.introducing import ToldToIntroducer, read_by, told_to_introducer
from intake.domain.introduction import Introduction
from intake.domain.person import Person
from intake.domain.records import State

CALL_NOW = ["999 in an emergency", "111, option 2 (NHS, mental health crisis)", "116 123 (Samaritans)"]


class _Answer(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class Received(_Answer):
    """`status_key` opens the person's status page with `reference`; `call_now` are the numbers for an emergency.

    `introducer_key` is for the professional, or their system, who introduced somebody else: it tells how far it is.
    """

    introduction_id: str
    person_id: str
    reference: str
    status_key: str
    introducer_key: str | None
    call_now: list[str]

    @classmethod
    def of(cls, introduction: Introduction) -> Self:
        return cls(
            introduction_id=introduction.id,
            person_id=introduction.person_id,
            reference=introduction.reference,
            status_key=introduction.status_key,
            introducer_key=introduction.introducer_key or None,
            call_now=CALL_NOW if introduction.concerned_from_the_start else [],
        )


class Introduced(_Answer):
    """`taken-on` only where the person agreed to be introduced; `read_by` while nobody has read it and that holds."""

    reference: str
    told: ToldToIntroducer
    read_by: datetime | None

    @classmethod
    def of(cls, introduction: Introduction) -> Self:
        return cls(
            reference=introduction.reference,
            told=told_to_introducer(introduction),
            read_by=read_by(introduction),
        )


class IntroductionId(_Answer):
    introduction_id: str


class PersonId(_Answer):
    person_id: str


class ConcernAnswer(_Answer):
    kind: SafetyKind
    raised_at: datetime


class AttemptAnswer(_Answer):
    channel: ContactChannel | None
    outcome: ContactOutcome
    at: datetime
    by: str


class NoteAnswer(_Answer):
    text: str
    at: datetime
    by: str


class TurnAnswer(_Answer):
    to: str | None
    by: str
    at: datetime


class IntroducerAnswer(_Answer):
    role: IntroducerRole
    name: str
    organisation: str
    phone: str
    email: str
    person_knows: PersonKnows


class HandOverAnswer(_Answer):
    area: str
    service: str
    at: datetime
    by: str
    confirmed_by: str
    confirmed_at: datetime | None


class EndedAnswer(_Answer):
    ending: Ending
    elsewhere: Elsewhere | None
    duplicate_of: str | None
    note: str


class ReopeningAnswer(_Answer):
    """`closed`: how it had been closed; nothing where the person had withdrawn."""

    reason: ReopenReason
    by: str
    at: datetime
    ended_at: datetime
    closed: EndedAnswer | None


class ClaimedAnswer(_Answer):
    """`refusal` and `why` where it was not taken on."""

    introduction_id: str
    claimed: bool
    refusal: str | None
    why: str | None

    @classmethod
    def of(cls, claimed: Claimed) -> Self:
        refusal = claimed.refusal
        return cls(
            introduction_id=claimed.introduction_id,
            claimed=refusal is None,
            refusal=refusal.name if refusal else None,
            why=str(refusal) if refusal else None,
        )


class ClaimedSeveral(_Answer):
    results: list[ClaimedAnswer]


class StoryAnswer(_Answer):
    going_on: str
    matters_to_me: str
    good_at: str
    would_help: str


class InQueue(_Answer):
    id: str
    reference: str
    person_id: str
    state: State
    way_in: WayIn
    source_code: SourceCode
    received_at: datetime
    look_by: datetime
    overdue: bool
    looks_automated: bool
    claimed_by: str | None
    claimed_at: datetime | None
    contact_by: datetime | None
    left_alone: bool
    spell: int
    help_areas: tuple[HelpArea, ...]
    concerns: list[ConcernAnswer]


class Queue(_Answer):
    items: list[InQueue]
    next: str | None


class IntroductionRecord(InQueue):
    version: int
    story: StoryAnswer | None
    introducer: IntroducerAnswer | None
    attempts: list[AttemptAnswer]
    turns: list[TurnAnswer]
    notes: list[NoteAnswer] | None
    hand_over: HandOverAnswer | None
    ended: EndedAnswer | None
    duplicates: list[str]
    reopenings: list[ReopeningAnswer]
    suggested_priority: Priority | None
    ending: Ending | None
    ended_at: datetime | None
    case_id: str | None
    case_closed_at: datetime | None

    @classmethod
    def of(cls, stored: Stored[Introduction], *, story: bool, notes: bool) -> Self:
        """`story`: whether the reader may see what the person told, and who introduced them; `notes`: the shifts'."""
        values = {name: getattr(stored.aggregate, name) for name in cls.model_fields if name != "version"}
        if not story:
            values["story"] = values["introducer"] = None
        if not notes:
            values["notes"] = None
        return cls.model_validate({**values, "version": stored.version}, from_attributes=True)


class ContactPointAnswer(_Answer):
    kind: str
    value: str
    safe: bool
    voicemail_ok: bool


class DetailsAnswer(_Answer):
    full_name: str | None
    call_me: str | None
    date_of_birth: date | None
    nhs_number: str | None
    nhs_number_status: str | None
    contact_points: tuple[ContactPointAnswer, ...]
    interpreter_language: str | None
    adjustments: tuple[str, ...]


class PreferenceAnswer(_Answer):
    """`basis`: the duty of confidence; `lawful_basis`: the UK GDPR's; `override_reason`: for who may see details."""

    organisation_id: str
    allowed: bool
    basis: SharingBasis
    lawful_basis: LawfulBasis | None
    agreement: str | None
    by: str | None
    by_organisation: str | None
    override_reason: str | None
    changed_at: datetime


class PersonRecord(_Answer):
    id: str
    version: int
    details: DetailsAnswer | None
    sharing: list[PreferenceAnswer]
    earlier_sharing: list[PreferenceAnswer]
    consent_sequence: int
    contact_confirmed_on: date | None

    @classmethod
    def of(cls, stored: Stored[Person], *, details: bool) -> Self:
        """`details`: whether the reader may see who the person is."""
        values = {name: getattr(stored.aggregate, name) for name in cls.model_fields if name != "version"}
        answer = cls.model_validate({**values, "version": stored.version}, from_attributes=True)
        if not details:
            answer.details = None
            for wish in (*answer.sharing, *answer.earlier_sharing):
                wish.override_reason = None
        return answer


class PersonFound(_Answer):
    id: str
    details: DetailsAnswer


class PeopleFound(_Answer):
    items: list[PersonFound]


class SharingChoices(_Answer):
    """The organisations that hold details unless the person leaves them out."""

    organisations: list[str]
