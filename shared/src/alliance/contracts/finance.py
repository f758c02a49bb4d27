"""What alliance finance says. Money is integer pence, GBP."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from alliance.contracts.codes import CorrectionReason
from alliance.contracts.common import Anchored, Forgotten, Gathered
from alliance.contracts.event import Code, Event, Id, PenceAmount, WireInstant, contract


class FunderShare(BaseModel):
    """One funder's part of an amount; the parts of a split add up to the whole."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    funder_id: Code
    pence: PenceAmount


@contract("finance.commitment-opened.v1", subject="commitment_id")
class CommitmentOpened(Event):
    """The alliance has committed itself to pay for a home and support until the end of the alliance year."""

    commitment_id: Id
    placement_id: Id
    person_id: Id
    weekly_pence: PenceAmount
    previous_weekly_pence: PenceAmount
    start: date
    end: date = Field(description="last day of the alliance year, or of the stay; inclusive")
    total_pence: PenceAmount = Field(description="weekly_pence × days ÷ 7, rounded half up")
    saving_pence: PenceAmount = Field(description="(previous − present weekly) × days ÷ 7; negative when dearer")
    funding_split: tuple[FunderShare, ...]
    year: Code | None = Field(default=None, description="the alliance year whose books carry it: 2026-27")


@contract("finance.commitment-restated.v1", subject="commitment_id")
class CommitmentRestated(Event):
    """The facts behind a commitment were corrected; old and new figures, so that anybody can follow."""

    commitment_id: Id
    placement_id: Id
    person_id: Id
    start_before: date
    start: date
    end: date
    total_pence_before: PenceAmount
    total_pence: PenceAmount
    saving_pence_before: PenceAmount
    saving_pence: PenceAmount
    funding_split_before: tuple[FunderShare, ...]
    funding_split: tuple[FunderShare, ...]
    reason_code: CorrectionReason
    year: Code | None = Field(default=None, description="the alliance year whose books carry it: 2026-27")


@contract("finance.commitment-ended.v1", subject="commitment_id")
class CommitmentEnded(Event):
    """The stay ended before the year did; what will not be spent is released."""

    commitment_id: Id
    placement_id: Id
    person_id: Id
    end: date
    total_pence_before: PenceAmount
    total_pence: PenceAmount
    saving_pence_before: PenceAmount
    saving_pence: PenceAmount
    funding_split_before: tuple[FunderShare, ...]
    funding_split: tuple[FunderShare, ...]
    start: date | None = Field(default=None, description="the day from which this year pays; its month carries figures")
    year: Code | None = Field(default=None, description="the alliance year whose books carry it: 2026-27")


@contract("finance.commitment-carried-over.v1", subject="commitment_id")
class CommitmentCarriedOver(Event):
    """The alliance year ended while the person still lives there: its figures are final, the next year has its own."""

    commitment_id: Id
    placement_id: Id
    person_id: Id
    year: Code
    next_year: Code
    at: WireInstant


@contract("finance.budget-threshold-crossed.v1", subject="budget_id")
class BudgetThresholdCrossed(Event):
    """Commitments have passed a share of the year's pooled budget."""

    budget_id: Id
    year: Code
    threshold_percent: int
    committed_pence: PenceAmount
    budget_pence: PenceAmount
    at: WireInstant


@contract("finance.audit-anchored.v1", subject="chain_id")
class AuditAnchored(Anchored):
    """How far the audit trail of finance had got: in its log at the broker, where the service cannot cut it."""


@contract("finance.person-forgotten.v1", subject="person_id")
class PersonForgotten(Forgotten):
    """Nothing that tells who an erased person is, is left at finance."""


@contract("finance.record-gathered.v1", subject="person_id", confidentiality="personal")
class RecordGathered(Gathered):
    """All that finance holds of a person, told to them through the front door."""
