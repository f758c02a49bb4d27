"""What finance shows: pence everywhere, and where each figure comes from."""

from datetime import date, datetime
from typing import Self

from pydantic import BaseModel, ConfigDict

from alliance.store import Page
from finance.domain.budget import Budget
from finance.domain.commitment import Commitment
from finance.domain.funding import Figures
from finance.domain.ledger import LedgerEntry


class Shown(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class EntryId(Shown):
    entry_id: str


class FunderPart(Shown):
    funder_id: str
    pence: int


class FiguresShown(Shown):
    total_pence: int
    saving_pence: int
    funding_split: list[FunderPart]

    @classmethod
    def of(cls, figures: Figures) -> Self:
        parts = [FunderPart(funder_id=funder, pence=pence) for funder, pence in figures.funding_split]
        return cls(total_pence=figures.total_pence, saving_pence=figures.saving_pence, funding_split=parts)


class CommitmentShown(Shown):
    id: str
    placement_id: str
    year: str | None
    state: str
    weekly_pence: int | None
    previous_weekly_pence: int | None
    section_117: bool | None
    moved_in_on: date | None
    moved_on_on: date | None
    figures: FiguresShown
    brought_forward: FiguresShown

    @classmethod
    def of(cls, commitment: Commitment) -> Self:
        terms = commitment.stay.terms
        return cls(
            id=commitment.id,
            placement_id=commitment.placement_id,
            year=commitment.year_name,
            state=commitment.state,
            weekly_pence=terms.weekly_pence if terms else None,
            previous_weekly_pence=terms.previous_weekly_pence if terms else None,
            section_117=terms.section_117 if terms else None,
            moved_in_on=commitment.stay.start if terms else None,
            moved_on_on=commitment.stay.moved_on_on,
            figures=FiguresShown.of(commitment.figures),
            brought_forward=FiguresShown.of(commitment.brought_forward),
        )


class LineShown(Shown):
    account: str
    pence: int


class EntryShown(Shown):
    id: str
    year: str
    at: datetime
    kind: str
    source: str
    lines: tuple[LineShown, ...]
    saving_pence: int
    reverses: str | None
    posted: bool


class TrialBalance(Shown):
    """Every account of a year; debits and credits add up to nothing."""

    year: str
    accounts: list[LineShown]
    total_pence: int
    entries: int

    @classmethod
    def of(cls, budget: Budget) -> Self:
        accounts = [LineShown(account=name, pence=pence) for name, pence in sorted(budget.balances.items())]
        total = sum(line.pence for line in accounts)
        return cls(year=budget.year, accounts=accounts, total_pence=total, entries=budget.entries)


class BudgetShown(Shown):
    year: str
    contributions: dict[str, int]
    budget_pence: int
    committed_pence: int
    remaining_pence: int
    saving_pence: int
    crossed: tuple[int, ...]


class YearSaving(Shown):
    year: str
    saving_pence: int


class Savings(Shown):
    """Previous cost less present cost of everybody who moved, to the end of each year."""

    saving_pence: int
    years: list[YearSaving]


class CommitmentPage(Shown):
    items: list[CommitmentShown]
    next: str | None

    @classmethod
    def of(cls, page: Page[Commitment]) -> Self:
        return cls(items=[CommitmentShown.of(each) for each in page.items], next=page.next)


class EntryPage(Shown):
    items: list[EntryShown]
    next: str | None

    @classmethod
    def of(cls, page: Page[LedgerEntry]) -> Self:
        return cls.model_validate(page)
