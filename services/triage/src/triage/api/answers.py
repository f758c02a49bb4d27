"""What triage's API answers."""

from collections.abc import Container
from dataclasses import replace
from datetime import date, datetime
from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from alliance.access import Access
from triage.application.queries import CaseRecord, why_here
from triage.domain.case import Case
from triage.domain.case_file import State
from triage.domain.codes import (
    CaseOutcome,
    DeclinedBy,
    Goal,
    HelpArea,
    Priority,
    SafetyKind,
    Setting,
    Strength,
    Support,
    SupportLevel,
    TeamType,
    WaitClock,
)
from triage.domain.offer import Offer, OfferState
from triage.domain.records import Conversation
from triage.domain.wait_codes import WaitPauseReason


class _Answer(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class CaseId(_Answer):
    case_id: str


class OfferId(_Answer):
    case_id: str
    offer_id: str


class ReasonAnswer(_Answer):
    priority: Priority
    reason_code: str
    at: datetime


class WaitAnswer(_Answer):
    clock: WaitClock
    since: datetime
    due_at: datetime


class MissAnswer(_Answer):
    wait: WaitAnswer
    corrected: bool


class PauseAnswer(_Answer):
    id: str
    reason: WaitPauseReason
    start: datetime
    until: datetime
    review: bool
    cancelled: bool


class ChangeAnswer(_Answer):
    """`before` is null at the beginning, `by` where no worker decided."""

    at: datetime
    before: Priority | None
    after: Priority
    reason_code: str
    by: str | None


class ConcernAnswer(_Answer):
    kind: SafetyKind
    raised_at: datetime
    answered: bool


class InQueue(_Answer):
    """`why_here` says in sentences why the case is at its place."""

    id: str
    introduction_id: str
    person_id: str
    state: State
    priority: Priority
    received_at: datetime | None
    help_areas: tuple[HelpArea, ...]
    waiting: list[WaitAnswer]
    last_contact_at: datetime | None
    why_here: list[str]
    has_died: bool = Field(
        description="The front door has recorded that the person died. Nothing ends by itself: close the "
        "case with the outcome `died`."
    )

    @classmethod
    def of(cls, case: Case, deaths: Container[str]) -> Self:
        """`deaths`: the people known to have died."""
        apart = {"why_here": why_here(case), "has_died": case.person_id in deaths}
        values = {name: getattr(case, name) for name in cls.model_fields if name not in apart}
        return cls.model_validate({**values, **apart}, from_attributes=True)


class Queue(_Answer):
    items: list[InQueue]
    next: str | None


class ConversationAnswer(_Answer):
    held_at: datetime
    strengths: tuple[Strength, ...]
    goals: tuple[Goal, ...]
    needs: tuple[HelpArea, ...]
    notes: str


class OfferAnswer(_Answer):
    """`late`: declined after it had been accepted. `came_back`: declined or lapsed, and nobody has seen to it yet."""

    id: str
    kind: Support
    provider_id: str
    service_id: str | None
    state: OfferState
    offered_at: datetime
    answer_by: datetime | None
    accepted_at: datetime | None
    accepted_by: DeclinedBy | None
    started_at: datetime | None
    ended_at: datetime | None
    declined_by: DeclinedBy | None
    reason_code: str | None
    note: str
    late: bool
    came_back: bool


class SecondaryCareAnswer(_Answer):
    team_type: TeamType
    at: datetime


class IpsaAnswer(_Answer):
    current_setting: Setting
    weekly_cost_pence: int
    support_level: SupportLevel
    section_117: bool


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


class HomeSearchAnswer(_Answer):
    id: str
    opened_at: datetime | None
    moved_in_on: date | None
    moved_on_on: date | None = Field(description="The day on which the person left that home.")
    closed_at: datetime | None


class WholeCase(InQueue):
    """`details` is null where the person does not allow triage's organisation to hold them, or the caller's role hides
    them; `workers` are subjects.
    """

    version: int
    workers: list[str]
    spell: int
    reasons: list[ReasonAnswer]
    changes: list[ChangeAnswer]
    pauses: list[PauseAnswer]
    concerns: list[ConcernAnswer]
    misses: list[MissAnswer]
    conversations: list[ConversationAnswer]
    offers: list[OfferAnswer]
    secondary_care: list[SecondaryCareAnswer]
    ipsa: IpsaAnswer | None
    outcome: CaseOutcome | None
    closed_at: datetime | None
    details: DetailsAnswer | None
    died_on: date | None = Field(
        description="The day on which the person died, as the front door has recorded it; null again where that was a "
        "mistake."
    )
    home_searches: list[HomeSearchAnswer]

    @classmethod
    def from_record(cls, record: CaseRecord, access: Access) -> Self:
        """What the caller may see of it."""
        case = record.stored.aggregate
        apart = {
            "version": record.stored.version,
            "why_here": why_here(case),
            "has_died": record.died_on is not None,
            "died_on": record.died_on,
            "details": record.details if access.sees("case.see-details") else None,
            "conversations": [_told(talk, notes=access.sees("case.see-notes")) for talk in case.conversations],
            "offers": [_noted(offer, notes=access.sees("case.see-notes")) for offer in case.offers],
            "home_searches": list(record.home_searches),
        }
        own = {name: getattr(case, name) for name in cls.model_fields if name not in apart}
        return cls.model_validate({**own, **apart}, from_attributes=True)


def _told(talk: Conversation, *, notes: bool) -> Conversation:
    return talk if notes else replace(talk, notes="")


def _noted(offer: Offer, *, notes: bool) -> Offer:
    return offer if notes else replace(offer, note="")
