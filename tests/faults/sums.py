"""What a stay costs, by the formula that anybody can check with a pencil: weekly × days ÷ 7, rounded half up, once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from tests.faults import answered as log
from tests.faults.answered import Journal

COUNCIL, NHS = "lambeth-council", "nhs-south-east-london"
COUNCIL_TENTHS = {True: 5, False: 7}
"""Tenths that the council pays of a stay with and without section 117 (the example agreement)."""


@dataclass(frozen=True)
class Stay:
    """One person's move, as last corrected."""

    placement_id: str
    weekly_pence: int
    previous_weekly_pence: int
    section_117: bool
    first: date
    """As first told."""
    start: date
    corrections: tuple[date, ...]

    @property
    def total_pence(self) -> int:
        return _for_days(self.weekly_pence, self.start)

    @property
    def saving_pence(self) -> int:
        return _for_days(self.previous_weekly_pence - self.weekly_pence, self.start)

    @property
    def committed(self) -> str:
        parts = _parts(self.total_pence, section_117=self.section_117)
        return f"open from {self.start}, {self.total_pence}, saves {self.saving_pence}, {parts[0]} + {parts[1]}"

    @property
    def entries(self) -> Iterator[tuple[str, str, str]]:
        """Kind, whose it is and lines of every ledger entry that the commands led to."""
        yield "commitment-opened", self.placement_id, self._lines((1, self.first))
        before = self.first
        for day in self.corrections:
            yield "commitment-restated", self.placement_id, self._lines((-1, before), (1, day))
            before = day

    @property
    def accounts(self) -> dict[str, int]:
        """What the stay leaves on each account, all entries together."""
        council, nhs = _parts(self.total_pence, section_117=self.section_117)
        committed = f"commitments:{year_of(self.first)}"
        return {committed: self.total_pence, f"funder:{COUNCIL}": -council, f"funder:{NHS}": -nhs}

    def _lines(self, *signed: tuple[int, date]) -> str:
        pence: list[int] = []
        for sign, start in signed:
            total = _for_days(self.weekly_pence, start)
            council, nhs = _parts(total, section_117=self.section_117)
            pence += [sign * total, -sign * council, -sign * nhs]
        return shown(pence)


def shown(pence: list[int]) -> str:
    """The lines of an entry, without those of nothing."""
    return " ".join(f"{each:+}" for each in pence if each)


def stays(journal: Journal) -> Iterator[Stay]:
    homes = {entry.home_id: entry.weekly_pence for entry in journal.all(log.HomeAdded)}
    offers = {entry.offer_id: entry.home_id for entry in journal.all(log.HomeOffered)}
    for move in journal.all(log.MovedIn):
        (search,) = journal.of(move.journey, log.IpsaIntroduced)
        corrections = [
            entry.moved_in_on
            for entry in journal.of(move.journey, log.MoveInCorrected)
            if entry.placement_id == move.placement_id
        ]
        yield Stay(
            placement_id=move.placement_id,
            weekly_pence=homes[offers[move.offer_id]],
            previous_weekly_pence=search.weekly_pence,
            section_117=search.section_117,
            first=move.moved_in_on,
            start=[move.moved_in_on, *corrections][-1],
            corrections=tuple(corrections),
        )


def year_of(day: date) -> str:
    """`2026-27` for 1 April 2026 to 31 March 2027."""
    first = day.year if day.month >= 4 else day.year - 1
    return f"{first}-{(first + 1) % 100:02}"


def _for_days(weekly_pence: int, start: date) -> int:
    """From `start` to 31 March, both days paid for."""
    last = date(int(year_of(start)[:4]) + 1, 3, 31)
    days = (last - start).days + 1
    return int((Decimal(weekly_pence) * days / 7).quantize(Decimal(1), ROUND_HALF_UP))


def _parts(total: int, *, section_117: bool) -> tuple[int, int]:
    """Council and NHS; the odd penny goes where the larger fraction was lost, to the council if they are equal."""
    tenths = COUNCIL_TENTHS[section_117]
    council, lost = divmod(total * tenths, 10)
    nhs, nhs_lost = divmod(total * (10 - tenths), 10)
    if council + nhs < total:
        council, nhs = (council + 1, nhs) if lost >= nhs_lost else (council, nhs + 1)
    return council, nhs
