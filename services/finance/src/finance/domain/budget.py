"""The book of one alliance year: what was pooled, what is committed, and the balance of every account."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from alliance.kernel import Aggregate, Pence, derived_id
from finance.domain.facts import BudgetThresholdCrossed
from finance.domain.ledger import LedgerEntry, committed

THRESHOLDS = (80, 90, 100)
"""Per cent of the pooled budget at which the alliance wants to know, once each (an example; agreement)."""


def budget_id(year: str) -> str:
    return derived_id("finance", "budget", year)


@dataclass(kw_only=True)
class Budget(Aggregate):
    """Advanced by batches of ledger entries, each batch in one write that names its entries.

    `last_batch` is enough to count every entry exactly once: its entries are marked as posted before the next
    batch is taken (`application/posting.py`).
    """

    indexed: ClassVar[tuple[str, ...]] = ("year",)

    year: str
    contributions: dict[str, Pence]
    balances: dict[str, Pence] = field(default_factory=dict)
    saving_pence: Pence = 0
    crossed: tuple[int, ...] = ()
    last_batch: tuple[str, ...] = ()
    entries: int = 0

    @property
    def budget_pence(self) -> Pence:
        return sum(self.contributions.values())

    @property
    def committed_pence(self) -> Pence:
        return self.balances.get(committed(self.year), 0)

    @property
    def remaining_pence(self) -> Pence:
        return self.budget_pence - self.committed_pence

    def take(self, batch: Sequence[LedgerEntry], *, at: datetime) -> None:
        """Add the entries that the last batch did not have. Says each threshold once, however often it is passed."""
        new = [entry for entry in batch if entry.id not in self.last_batch]
        if not new:
            return
        for entry in new:
            self.saving_pence += entry.saving_pence
            for line in entry.lines:
                self.balances[line.account] = self.balances.get(line.account, 0) + line.pence
        self.entries += len(new)
        self.last_batch = tuple(entry.id for entry in new)
        for threshold in THRESHOLDS:
            if threshold not in self.crossed and self.committed_pence * 100 >= threshold * self.budget_pence:
                self.crossed = (*self.crossed, threshold)
                self.record(
                    BudgetThresholdCrossed(
                        budget_id=self.id,
                        year=self.year,
                        threshold_percent=threshold,
                        committed_pence=self.committed_pence,
                        budget_pence=self.budget_pence,
                        at=at,
                    )
                )
