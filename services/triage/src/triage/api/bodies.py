"""What triage's API takes."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from alliance.web import Body, Id, Instant, Passage, Pence, refuse
from alliance.web.fields import Day, Line
from triage.domain.codes import (
    CaseOutcome,
    DeclinedBy,
    DeclineReason,
    Goal,
    HelpArea,
    OfferWithdrawal,
    Priority,
    ReviewOutcome,
    Setting,
    Strength,
    Support,
    SupportEnding,
    SupportLevel,
    TeamType,
)
from triage.domain.records import Conversation, IpsaProfile
from triage.domain.team import Member
from triage.domain.transfer import Agreement, HandedOver, Override, ReturnReason, RevokeReason, TransferReason
from triage.domain.transferring import Request
from triage.domain.wait_codes import PauseChange, WaitPauseReason

ListedCode = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")]


class ConversationBody(Body):
    """`held_at` may be some while ago. The notes stay in the case: no event carries them."""

    held_at: Instant
    strengths: list[Strength] = Field(default_factory=list, max_length=12)
    goals: list[Goal] = Field(default_factory=list, max_length=3)
    needs: list[HelpArea] = Field(default_factory=list, max_length=8)
    notes: Passage | None = None

    def conversation(self, id_: str) -> Conversation:
        return Conversation(
            id=id_,
            held_at=self.held_at,
            strengths=tuple(self.strengths),
            goals=tuple(self.goals),
            needs=tuple(self.needs),
            notes=self.notes or "",
        )


class OfferBody(Body):
    """An entry of the directory by `service_id`, or a kind and its provider where the directory has none.

    `anyway`: also if it is full or closed, or was declined not long ago.
    """

    service_id: Id | None = None
    kind: Support | None = None
    provider_id: ListedCode | None = None
    anyway: bool = False

    @model_validator(mode="after")
    def _one_or_the_other(self) -> Self:
        if (self.service_id is None) is (self.kind is None or self.provider_id is None):
            raise refuse("Name an entry of the directory, or a kind of support and who gives it.")
        return self


class Decline(Body):
    """Who may say which reason is in `domain/declining.py`. The note stays in the case: no event carries it."""

    by: DeclinedBy
    reason_code: DeclineReason
    note: Passage | None = None


class Withdrawal(Body):
    reason_code: OfferWithdrawal


class End(Body):
    """Left out: the support is completed."""

    reason_code: SupportEnding = SupportEnding.COMPLETED


class Start(Body):
    """Left out: support starts now."""

    started_at: Instant | None = None


class SecondaryCareBody(Body):
    team_type: TeamType


class IpsaBody(Body):
    """`weekly_cost_pence` is what the present setting costs a week."""

    current_setting: Setting
    weekly_cost_pence: Pence
    support_level: SupportLevel
    section_117: bool = False

    def profile(self) -> IpsaProfile:
        return IpsaProfile(**dict(self))


class PriorityBody(Body):
    priority: Priority
    reason_code: ListedCode


class Closing(Body):
    outcome: CaseOutcome
    reason_code: ListedCode | None = None


class PauseBody(Body):
    """`review`: nobody knows how long it lasts, so somebody looks again at `until`; the clocks run from then on."""

    reason: WaitPauseReason
    start: Instant | None = Field(default=None, description="left out: now")
    until: Instant
    review: bool = False


class PauseCorrectionBody(Body):
    """With `never-was` there was no pause, and the times are not needed."""

    change: Literal[PauseChange.EXTENDED, PauseChange.WRONG_TIME, PauseChange.NEVER_WAS]
    start: Instant | None = Field(default=None, description="left out: as it was")
    until: Instant | None = Field(default=None, description="left out: as it was")


class ReopenBody(Body):
    priority: Priority
    reason_code: ListedCode


StaffSubject = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9:._-]{0,63}$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]


class NamingBody(Body):
    """A member of that team, of whichever organisation."""

    subject: StaffSubject
    team_id: Id


class TransferBody(Body):
    """`override` says on what it rests where the person has not agreed. The note is for whoever decides about it."""

    to_organisation: ListedCode
    to_team: Id | None = None
    reason_code: TransferReason
    handed_over: list[HandedOver] = Field(default_factory=list, max_length=4)
    note: Passage | None = None
    agreed: bool
    override: Override | None = None

    def request(self) -> Request:
        return Request(
            to_organisation=self.to_organisation,
            to_team=self.to_team,
            reason_code=self.reason_code,
            handed_over=tuple(self.handed_over),
            note=self.note or "",
            agreement=Agreement(given=self.agreed, override=None if self.agreed else self.override),
        )


class AcceptTransferBody(Body):
    """`key_worker`: the caller themselves, or with `team_id` a member of one of their teams; left out: nobody yet."""

    key_worker: StaffSubject | None = None
    team_id: Id | None = None


class ReturnBody(Body):
    reason_code: ReturnReason


class RevokeBody(Body):
    transfer_id: Id
    reason_code: RevokeReason


class ReviewBody(Body):
    """`attendees` are subjects of staff."""

    due_on: Day
    attendees: list[StaffSubject] = Field(default_factory=list, max_length=12)


class HeldReviewBody(Body):
    review_id: Id
    held_on: Day
    outcome: ReviewOutcome
    next_on: Day | None = None


class TeamBody(Body):
    name: Line
    organisation: ListedCode
    team_type: TeamType
    areas: list[HelpArea] = Field(default_factory=list, max_length=8)


class TeamDescription(Body):
    name: Line
    team_type: TeamType
    areas: list[HelpArea] = Field(default_factory=list, max_length=8)


class MemberBody(Body):
    """`capacity` in points: so many routine cases. `away_until`: the first day on which they are back."""

    subject: StaffSubject
    capacity: int = Field(ge=0, le=200)
    languages: list[Language] = Field(default_factory=list, max_length=20)
    lead: bool = False
    away_until: Day | None = None

    def member(self) -> Member:
        return Member(
            subject=self.subject,
            capacity=self.capacity,
            languages=tuple(self.languages),
            lead=self.lead,
            away_until=self.away_until,
        )


class LeavingBody(Body):
    subject: StaffSubject


class HandOnBody(Body):
    """From one key worker to a member of the team, case by case."""

    of: StaffSubject
    to: StaffSubject
    case_ids: list[Id] = Field(min_length=1, max_length=100)
