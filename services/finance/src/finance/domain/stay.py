"""What housing has told of one person's stay, each field by the placement's own count of its events."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from alliance.kernel import Pence
from finance.domain.codes import CorrectionReason
from finance.domain.funding import Figures, figures_for
from finance.domain.year import AllianceYear


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What was agreed at the move: costs a week, and who shares them."""

    person_id: str
    home_id: str
    setting: str
    weekly_pence: Pence
    previous_weekly_pence: Pence
    section_117: bool
    shares: tuple[tuple[str, int], ...]
    moved_in_on: date
    """As first told; it fixes the alliance year in which the commitment begins, whatever is corrected later."""


@dataclass(frozen=True, kw_only=True)
class Correction:
    moved_in_on: date
    reason_code: CorrectionReason
    sequence: int


@dataclass(frozen=True, kw_only=True)
class Stay:
    """Order-tolerant: `terms` come with the move in, the other fields may be heard before or after it."""

    terms: Terms | None = None
    correction: Correction | None = None
    moved_on_on: date | None = None

    def corrected(self, correction: Correction) -> Self:
        """The latest correction, by the placement's sequence, is the one that counts."""
        if self.correction and self.correction.sequence >= correction.sequence:
            return self
        return replace(self, correction=correction)

    def figures_until(self, year: AllianceYear) -> Figures:
        """All that the stay costs from its beginning to the end of `year`; nothing before the move in is heard."""
        if self.terms is None:
            return Figures()
        days = (self.end_in(year) - self.start).days + 1
        return figures_for(
            max(days, 0),
            weekly_pence=self.terms.weekly_pence,
            previous_weekly_pence=self.terms.previous_weekly_pence,
            shares=dict(self.terms.shares),
        )

    @property
    def start(self) -> date:
        if self.correction:
            return self.correction.moved_in_on
        if self.terms is None:
            raise LookupError("nobody has moved in yet")
        return self.terms.moved_in_on

    def end_in(self, year: AllianceYear) -> date:
        """The last day paid for in `year`: the day of moving on, or the last of the year."""
        return min(self.moved_on_on or year.last_day, year.last_day)

    def ends_in(self, year: AllianceYear) -> bool:
        return self.moved_on_on is not None and self.moved_on_on <= year.last_day
