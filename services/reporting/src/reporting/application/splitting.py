"""Reading the splits: counts of people by their equality answers, already safe to show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from alliance.contracts.equality_codes import (
    AgeBand,
    Disability,
    EthnicCategory,
    GenderIdentity,
    Religion,
    SameAsAtBirth,
    SexualOrientation,
)
from alliance.kernel import Aggregate
from alliance.people import KnownPerson
from alliance.store import Documents
from reporting.domain.calendar import month_of
from reporting.domain.disclosure import safe, share
from reporting.domain.equality import CHARACTERISTICS, Equality
from reporting.domain.splits import Person, Split, counted, people_of, year_of, years_of

AT_ONCE = 1000
FRESH = timedelta(minutes=5)
CODES: Mapping[str, type[StrEnum]] = {
    "ethnicity": EthnicCategory,
    "age_band": AgeBand,
    "gender": GenderIdentity,
    "same_as_at_birth": SameAsAtBirth,
    "orientation": SexualOrientation,
    "religion": Religion,
    "disability": Disability,
}
"""The published list of each characteristic. Declined and not known are groups of their own, at the end."""
A = TypeVar("A", bound=Aggregate)


@dataclass(frozen=True, kw_only=True)
class Group:
    """`people` is None for a star; `share` in whole percent, None where it cannot be said or nothing is shared."""

    code: str
    people: int | None
    share: int | None


@dataclass(frozen=True, kw_only=True)
class Table:
    characteristic: str
    groups: Sequence[Group]
    total: int | None


@dataclass(frozen=True, kw_only=True)
class Shown:
    """All tables of one figure and financial year."""

    split: Split
    year: int
    years: Sequence[int]
    """Those that may be asked for, the newest first."""
    tables: Sequence[Table]

    @property
    def total(self) -> int | None:
        return self.tables[0].total


@dataclass(kw_only=True)
class Splits:
    """Who is known is read once for some minutes: it is thousands of documents, and no month ends more often."""

    kept: Documents[Equality]
    known: Documents[KnownPerson]
    _read: tuple[datetime, list[Person]] | None = field(default=None, init=False, repr=False)

    async def shown(self, split: Split, now: datetime, *, year: int | None = None) -> Shown:
        (shown,) = await self._of((split,), tuple(CHARACTERISTICS), now, year)
        return shown

    async def overview(self, now: datetime, *, year: int | None = None) -> list[Shown]:
        """Every figure, with its safe total."""
        return await self._of(tuple(Split), tuple(CHARACTERISTICS)[:1], now, year)

    async def _of(
        self, splits: Sequence[Split], characteristics: Sequence[str], now: datetime, year: int | None
    ) -> list[Shown]:
        people = await self._people(now)
        years = years_of(people, now) or [year_of(month_of(now))]
        chosen = year if year in years else years[0]
        return [
            Shown(
                split=split,
                year=chosen,
                years=years,
                tables=[self._table(people, split, each, chosen, now) for each in characteristics],
            )
            for split in splits
        ]

    async def _people(self, now: datetime) -> list[Person]:
        if self._read is None or not timedelta(0) <= now - self._read[0] < FRESH:
            known = await all_of(self.known, "survivor_id")
            merged_into = {each.id: each.survivor_id for each in known if each.survivor_id}
            self._read = now, people_of(await all_of(self.kept, "listing"), merged_into)
        return self._read[1]

    def _table(self, people: Sequence[Person], split: Split, characteristic: str, year: int, now: datetime) -> Table:
        codes = [code.value for code in CODES[characteristic]]
        count = counted(people, split, characteristic, year, now)
        cells = safe([count[code] for code in codes])
        wholes: Sequence[int | None] = [None] * len(codes)
        if split.of:
            whole = counted(people, split.of, characteristic, year, now)
            wholes = safe([whole[code] for code in codes]).cells
        groups = [
            Group(code=code, people=cell, share=share(cell, whole))
            for code, cell, whole in zip(codes, cells.cells, wholes, strict=True)
        ]
        return Table(characteristic=characteristic, groups=groups, total=cells.total)


async def all_of(documents: Documents[A], key: str) -> list[A]:
    found: list[A] = []
    after: str | None = None
    while True:
        page = await documents.page(key, after=after, limit=AT_ONCE)
        found += page.items
        if (after := page.next) is None:
            return found
