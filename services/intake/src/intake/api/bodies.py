"""What the front door's API takes. Nearly everything is optional: a person in distress fills it in."""

from datetime import UTC, date, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, ValidationInfo, field_validator

from alliance.web import Body, Day, Id, Line, NhsNumber, Passage, Phone, Text, refuse
from intake.application.searching import Wanted
from intake.application.working import MOST_AT_ONCE
from intake.domain.codes import (
    ContactChannel,
    ContactOutcome,
    CorrectionReason,
    Elsewhere,
    Ending,
    HelpArea,
    IntroducerRole,
    NhsNumberStatus,
    NumberReason,
    PersonKnows,
    Priority,
    ReopenReason,
    SafetyKind,
    SharingBasis,
    SourceCode,
    WayIn,
)
from intake.domain.facts import ContactPoint
from intake.domain.person import Details
from intake.domain.records import Ended, Introducer, Story


def _past(day: date) -> date:
    if day > datetime.now(UTC).date():
        raise refuse("This date is in the future.")
    return day


Subject = Annotated[str, Text(200)]
Organisation = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,63}$")]
ListedCode = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")]


class ContactPointBody(Body):
    """`safe`: nobody else sees or hears what arrives there."""

    kind: Literal["phone", "email", "address"]
    value: Annotated[str, Text(320)]
    safe: bool
    voicemail_ok: bool = False


class DetailsBody(Body):
    full_name: Line | None = None
    call_me: Annotated[str, Text(100)] | None = None
    date_of_birth: Annotated[Day, AfterValidator(_past)] | None = None
    nhs_number: NhsNumber | None = None
    contact_points: list[ContactPointBody] = Field(default_factory=list, max_length=10)
    interpreter_language: ListedCode | None = None
    adjustments: list[ListedCode] = Field(default_factory=list, max_length=20)

    def details(self) -> Details:
        return Details(
            full_name=self.full_name,
            call_me=self.call_me,
            date_of_birth=self.date_of_birth,
            nhs_number=self.nhs_number,
            nhs_number_status=NhsNumberStatus.NOT_TRACED if self.nhs_number else None,
            contact_points=tuple(ContactPoint(**point.model_dump()) for point in self.contact_points),
            interpreter_language=self.interpreter_language,
            adjustments=tuple(self.adjustments),
        )


class StoryBody(Body):
    """In the person's own words."""

    going_on: Passage | None = None
    matters_to_me: Passage | None = None
    good_at: Passage | None = None
    would_help: Passage | None = None

    def story(self) -> Story:
        return Story(**{name: text or "" for name, text in self.model_dump().items()})


class _IntroductionBody(Body):
    help_areas: list[HelpArea] = Field(default_factory=list, max_length=8)
    story: StoryBody = StoryBody()
    in_danger_now: bool = False
    danger: SafetyKind | None = None
    may_hold_details: Annotated[list[Organisation], Field(max_length=50)] | None = Field(
        default=None, description="organisations that may hold the details; left out: all on `sharing-choices`"
    )

    def concern(self) -> SafetyKind | None:
        return (self.danger or SafetyKind.NOT_SAID) if self.in_danger_now or self.danger else None


class SelfIntroduction(_IntroductionBody):
    person: DetailsBody = DetailsBody()
    for_somebody_else: bool = False


class IntroducerBody(Body):
    """Whoever introduces somebody else: as what, from where, and how to reach them safely."""

    role: IntroducerRole
    name: Line | None = None
    organisation: Line | None = None
    phone: Phone | None = None
    email: Annotated[str, Text(320)] | None = None
    person_knows: PersonKnows = PersonKnows.KNOWS

    def introducer(self) -> Introducer:
        said = self.model_dump(exclude={"role", "person_knows"})
        return Introducer(
            role=self.role, person_knows=self.person_knows, **{name: text or "" for name, text in said.items()}
        )


class StaffIntroduction(_IntroductionBody):
    """`person` for somebody new, `person_id` for somebody known already."""

    introducer: IntroducerBody | None = None

    way_in: WayIn
    source_code: SourceCode
    person: DetailsBody | None = None
    person_id: Id | None = None

    @field_validator("person_id")
    @classmethod
    def _one_of_the_two(cls, person_id: str | None, info: ValidationInfo) -> str | None:
        if person_id is not None and info.data.get("person") is not None:
            raise refuse("Say either who the person is or the id of somebody known, not both.")
        return person_id


class Attempt(Body):
    """`message`: for the person's status page, where that is the channel; else left out."""

    channel: ContactChannel
    outcome: ContactOutcome
    message: Passage | None = None


class NoteBody(Body):
    text: Passage


class GivenBack(Body):
    note: Passage | None = None


class GivenTo(Body):
    """`subject`: the colleague's id at the issuer, as `claimed_by` shows it."""

    subject: Subject
    note: Passage | None = None


class Several(Body):
    introduction_ids: Annotated[list[Id], Field(min_length=1, max_length=MOST_AT_ONCE)]


class HandedOver(Body):
    area: Line
    service: Line


class Confirmed(Body):
    confirmed_by: Line


class Reopened(Body):
    reason_code: ReopenReason


class Acceptance(Body):
    suggested_priority: Priority = Priority.ROUTINE


class Closing(Body):
    """`elsewhere` where the person is signposted; `duplicate_of`, the other introduction, where this is a duplicate."""

    ending: Ending
    elsewhere: Elsewhere | None = None
    duplicate_of: Id | None = None
    note: Passage | None = None

    def ended(self) -> Ended:
        return Ended(
            ending=self.ending,
            elsewhere=self.elsewhere if self.ending is Ending.SIGNPOSTED else None,
            duplicate_of=self.duplicate_of if self.ending is Ending.DUPLICATE else None,
            note=self.note or "",
        )


class Safety(Body):
    kind: SafetyKind = SafetyKind.NOT_SAID


class SourceCorrection(Body):
    source_code: SourceCode
    reason_code: CorrectionReason


class Preference(Body):
    organisation_id: Organisation
    allowed: bool
    basis: SharingBasis = Field(
        default=SharingBasis.EXPLICIT_AGREEMENT, description="why it is allowed; stopping is always an objection"
    )
    reason: Annotated[str, Text(500, lines=True)] = Field(
        default="", description="needed for a vital interest, which outweighs the person's wish; it is in no event"
    )


class WantedBody(Body):
    """What is known of somebody who is looked for."""

    name: Line | None = None
    date_of_birth: Day | None = None
    nhs_number: NhsNumber | None = None
    phone: Phone | None = None

    def wanted(self) -> Wanted:
        return Wanted(**self.model_dump())


class NhsNumberStatusBody(Body):
    status: NhsNumberStatus
    reason: NumberReason
