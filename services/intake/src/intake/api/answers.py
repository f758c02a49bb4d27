"""What the front door's API answers."""

from datetime import date, datetime
from typing import Self

from pydantic import BaseModel, ConfigDict

from alliance.store import Stored
from intake.domain.codes import ContactOutcome, Ending, HelpArea, Priority, SafetyKind, SourceCode, WayIn
from intake.domain.introduction import Introduction
from intake.domain.person import Person
from intake.domain.records import State

CALL_NOW = ["999 in an emergency", "111, option 2 (NHS, mental health crisis)", "116 123 (Samaritans)"]


class _Answer(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class Received(_Answer):
    """`status_key` opens the status page together with `reference`; `call_now` are the numbers for an emergency."""

    introduction_id: str
    person_id: str
    reference: str
    status_key: str
    call_now: list[str]

    @classmethod
    def of(cls, introduction: Introduction) -> Self:
        return cls(
            introduction_id=introduction.id,
            person_id=introduction.person_id,
            reference=introduction.reference,
            status_key=introduction.status_key,
            call_now=CALL_NOW if introduction.concerned_from_the_start else [],
        )


class IntroductionId(_Answer):
    introduction_id: str


class PersonId(_Answer):
    person_id: str


class ConcernAnswer(_Answer):
    kind: SafetyKind
    raised_at: datetime


class AttemptAnswer(_Answer):
    outcome: ContactOutcome
    at: datetime
    by: str


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
    help_areas: tuple[HelpArea, ...]
    concerns: list[ConcernAnswer]


class Queue(_Answer):
    items: list[InQueue]
    next: str | None


class IntroductionRecord(InQueue):
    version: int
    story: StoryAnswer | None
    attempts: list[AttemptAnswer]
    suggested_priority: Priority | None
    ending: Ending | None
    ended_at: datetime | None
    case_id: str | None
    case_closed_at: datetime | None

    @classmethod
    def of(cls, stored: Stored[Introduction], *, story: bool) -> Self:
        """`story`: whether the reader may see what the person told."""
        values = {name: getattr(stored.aggregate, name) for name in cls.model_fields if name != "version"}
        if not story:
            values["story"] = None
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
    organisation_id: str
    allowed: bool
    basis: str
    changed_at: datetime


class PersonRecord(_Answer):
    id: str
    version: int
    details: DetailsAnswer | None
    sharing: list[PreferenceAnswer]
    consent_sequence: int

    @classmethod
    def of(cls, stored: Stored[Person], *, details: bool) -> Self:
        """`details`: whether the reader may see who the person is."""
        values = {name: getattr(stored.aggregate, name) for name in cls.model_fields if name != "version"}
        if not details:
            values["details"] = None
        return cls.model_validate({**values, "version": stored.version}, from_attributes=True)


class SharingChoices(_Answer):
    """The organisations that hold details unless the person leaves them out."""

    organisations: list[str]
