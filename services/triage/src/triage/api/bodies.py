"""What triage's API takes."""

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from alliance.web import Body, Id, Instant, Passage, Pence, refuse
from triage.domain.codes import (
    CaseOutcome,
    DeclinedBy,
    DeclineReason,
    Goal,
    HelpArea,
    OfferWithdrawal,
    Priority,
    Setting,
    Strength,
    Support,
    SupportEnding,
    SupportLevel,
    TeamType,
)
from triage.domain.records import Conversation, IpsaProfile

ListedCode = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")]


class ConversationBody(Body):
    """`held_at` may be some while ago. The notes stay in the case: no event carries them."""

    held_at: Instant
    strengths: list[Strength] = Field(default_factory=list, max_length=12)
    goals: list[Goal] = Field(default_factory=list, max_length=3)
    needs: list[HelpArea] = Field(default_factory=list, max_length=8)
    notes: Passage | None = None

    def conversation(self) -> Conversation:
        return Conversation(
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
