"""What happens to commitments and budgets; before and after, so that everything downstream only ever adds."""

from dataclasses import dataclass
from datetime import date, datetime

from alliance.kernel import Fact, Pence
from finance.domain.codes import CorrectionReason
from finance.domain.funding import Figures


@dataclass(frozen=True, kw_only=True)
class CommitmentOpened(Fact):
    commitment_id: str
    placement_id: str
    person_id: str
    year: str
    weekly_pence: Pence
    previous_weekly_pence: Pence
    start: date
    end: date
    figures: Figures


@dataclass(frozen=True, kw_only=True)
class CommitmentRestated(Fact):
    commitment_id: str
    placement_id: str
    person_id: str
    year: str
    start_before: date
    start: date
    end: date
    before: Figures
    after: Figures
    reason_code: CorrectionReason


@dataclass(frozen=True, kw_only=True)
class CommitmentEnded(Fact):
    commitment_id: str
    placement_id: str
    person_id: str
    year: str
    start: date
    end: date
    before: Figures
    after: Figures


@dataclass(frozen=True, kw_only=True)
class CommitmentCarriedOver(Fact):
    commitment_id: str
    placement_id: str
    person_id: str
    year: str
    next_year: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class BudgetThresholdCrossed(Fact):
    budget_id: str
    year: str
    threshold_percent: int
    committed_pence: Pence
    budget_pence: Pence
    at: datetime
