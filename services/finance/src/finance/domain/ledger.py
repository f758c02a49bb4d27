"""The ledger: entries that never change and always balance."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from alliance.kernel import Aggregate, Pence, to_text
from finance.domain.codes import JournalReason
from finance.domain.funding import Figures
from finance.domain.refusals import EntryDoesNotBalance, OwnEntry, ReversalOfReversal

ACCOUNT = r"^[a-z][a-z0-9-]{0,40}(:[a-z0-9-]{1,40}){0,2}$"
"""What an account is called: `pool`, `funder:lambeth-council`, `commitments:2026-27`."""

_LATEST = 10**16
"""Microseconds: in the year 2286."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """Debits are positive, credits negative."""

    account: str
    pence: Pence


def downwards(at: datetime) -> str:
    """Ascending where instants descend."""
    return f"{_LATEST - int(at.timestamp() * 1_000_000):016d}"


def committed(year: str) -> str:
    """The account of what is committed in a year."""
    return f"commitments:{year}"


def lines_of(figures: Figures, year: str, sign: int = 1) -> tuple[Line, ...]:
    """The alliance owes the stay, each funder owes the alliance; `sign` −1 writes the reversal."""
    lines = [Line(account=committed(year), pence=sign * figures.total_pence)]
    lines += [Line(account=f"funder:{funder}", pence=-sign * pence) for funder, pence in figures.funding_split]
    return tuple(line for line in lines if line.pence)


@dataclass(kw_only=True)
class LedgerEntry(Aggregate):
    """One document with all its lines, and what it came from. A correction is a further entry that reverses.

    `posted` alone changes: it says that the budget of the year has taken the entry in.
    """

    indexed: ClassVar[tuple[str, ...]] = ("listing", "newest", "unposted", "commitment_id")

    year: str
    at: datetime
    lines: tuple[Line, ...]
    kind: str
    source: str
    """The event, command or entry that it came from."""
    saving_pence: Pence = 0
    commitment_id: str | None = None
    """What it writes down, where that is a commitment."""
    entered_by: str | None = None
    """Who made it by hand."""
    reverses: str | None = None
    posted: bool = False

    def __post_init__(self) -> None:
        if off := sum(line.pence for line in self.lines):
            raise EntryDoesNotBalance(f"The lines add up to {off} pence; they must add up to 0.")

    @property
    def listing(self) -> str:
        """Where the entry stands in the list of its year, oldest first."""
        return f"{self.year}:{to_text(self.at)}:{self.id}"

    @property
    def newest(self) -> str:
        """The same, newest first."""
        return f"{self.year}:{downwards(self.at)}:{self.id}"

    @property
    def unposted(self) -> str | None:
        """Where the entry waits for the budget of its year."""
        return None if self.posted else f"{self.year}:{self.id}"

    def mark_posted(self) -> None:
        self.posted = True

    def reversal(self, entry_id: str, *, reason: JournalReason, year: str, at: datetime, by: str) -> "LedgerEntry":
        """The entry that takes this one back, in the year that is open now. Raises `ReversalOfReversal`, `OwnEntry`."""
        if self.reverses:
            raise ReversalOfReversal("A reversal cannot be reversed; make the entry again.")
        if self.entered_by == by:
            raise OwnEntry("You made this entry yourself: four eyes, so somebody else must take it back.")
        return LedgerEntry(
            id=entry_id,
            year=year,
            at=at,
            lines=tuple(Line(account=line.account, pence=-line.pence) for line in self.lines),
            kind=f"reversal:{reason}",
            source=self.id,
            saving_pence=-self.saving_pence,
            commitment_id=self.commitment_id,
            entered_by=by,
            reverses=self.id,
        )
