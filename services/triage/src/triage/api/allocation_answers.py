"""What triage's API answers about teams, transfers, reviews and the board."""

from datetime import date, datetime
from typing import Self

from pydantic import BaseModel, ConfigDict

from triage.api.answers import InQueue
from triage.application.teams import Carried
from triage.domain.boarding import Stage
from triage.domain.case import Case
from triage.domain.codes import HelpArea, TeamType
from triage.domain.suggesting import Suggestion
from triage.domain.team import Team
from triage.domain.transfer import HandedOver, Override, Transfer, TransferReason, TransferState


class _Answer(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class Named(_Answer):
    """`asked`: the colleague is of another organisation and has to say yes first."""

    case_id: str
    asked: bool


class SuggestionAnswer(_Answer):
    """`reasons` speak for them, `doubts` against; sentences without personal data."""

    subject: str
    team_id: str
    organisation: str
    reasons: tuple[str, ...]
    doubts: tuple[str, ...]

    @classmethod
    def of(cls, found: Suggestion) -> Self:
        who = found.candidate
        return cls(
            subject=who.subject,
            team_id=who.team_id,
            organisation=who.organisation,
            reasons=found.reasons,
            doubts=found.doubts,
        )


class Suggestions(_Answer):
    items: list[SuggestionAnswer]


class TransferId(_Answer):
    case_id: str
    transfer_id: str


class AgreementAnswer(_Answer):
    given: bool
    override: Override | None


class TransferAnswer(_Answer):
    """`note` is for whoever decides about it."""

    id: str
    case_id: str
    from_organisation: str
    to_organisation: str
    to_team: str | None
    reason_code: TransferReason
    handed_over: tuple[HandedOver, ...]
    note: str
    agreement: AgreementAnswer
    asked_at: datetime
    answer_by: datetime
    state: TransferState
    ended_at: datetime | None
    ending_code: str | None

    @classmethod
    def of(cls, case: Case, transfer: Transfer) -> Self:
        return cls.model_validate({**vars(transfer), "case_id": case.id}, from_attributes=True)


class Transfers(_Answer):
    items: list[TransferAnswer]
    next: str | None


class TransferredCase(_Answer):
    """Enough to decide by: what is asked and where the case stands; no name, no notes of conversations."""

    transfer: TransferAnswer
    case: InQueue


class ReviewId(_Answer):
    case_id: str
    review_id: str


class MemberAnswer(_Answer):
    subject: str
    capacity: int
    languages: tuple[str, ...]
    lead: bool
    away_until: date | None
    left: bool
    cases: int | None = None
    points: int | None = None
    missed: int | None = None
    at_risk: int | None = None
    reviews_due: int | None = None

    @classmethod
    def of(cls, each: Carried) -> Self:
        return cls.model_validate({**vars(each.member), **vars(each.load)})


class TeamAnswer(_Answer):
    id: str
    name: str
    organisation: str
    team_type: TeamType
    areas: tuple[HelpArea, ...]

    @classmethod
    def of(cls, team: Team) -> Self:
        return cls.model_validate(team, from_attributes=True)


class TeamsAnswer(_Answer):
    items: list[TeamAnswer]


class WholeTeam(TeamAnswer):
    version: int
    members: list[MemberAnswer]


class TeamId(_Answer):
    team_id: str


class HandedOnAnswer(_Answer):
    """`refusal` and `detail` where this case was not handed on."""

    case_id: str
    refusal: str | None
    detail: str | None


class HandingOn(_Answer):
    items: list[HandedOnAnswer]


class Card(InQueue):
    stage: Stage
    organisation: str
    team_id: str | None


class ColumnAnswer(_Answer):
    stage: Stage
    items: list[Card]
    next: str | None


class BoardAnswer(_Answer):
    columns: list[ColumnAnswer]
