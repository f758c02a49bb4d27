"""Reading the books."""

from collections.abc import Mapping

from alliance.kernel import Pence, Unknown
from alliance.store import Page
from finance.application.collections import Budgets, Commitments, Ledger
from finance.domain.budget import Budget, budget_id
from finance.domain.commitment import Commitment
from finance.domain.ledger import LedgerEntry
from finance.domain.year import AllianceYear


async def commitments_of(
    commitments: Commitments, *, year: str | None, after: str | None, limit: int
) -> Page[Commitment]:
    return await commitments.page("listing", f"{year}:" if year else "", after=after, limit=limit)


async def commitments_of_placement(commitments: Commitments, placement_id: str) -> list[Commitment]:
    """One for each alliance year of the stay, the earliest first; none before the move in is heard."""
    found = await commitments.with_key("placement_id", placement_id)
    return sorted((each for each in found if each.listing), key=lambda each: str(each.listing))


async def entries_of(ledger: Ledger, *, year: str | None, after: str | None, limit: int) -> Page[LedgerEntry]:
    """The oldest first."""
    return await ledger.page("listing", f"{year}:" if year else "", after=after, limit=limit)


async def newest_entries(ledger: Ledger, *, year: str, after: str | None, limit: int) -> Page[LedgerEntry]:
    """Of one year, the newest first."""
    return await ledger.page("newest", f"{year}:", after=after, limit=limit)


async def entries_for(ledger: Ledger, commitment_id: str) -> list[LedgerEntry]:
    """What the ledger says of a commitment, the oldest first."""
    return sorted(await ledger.with_key("commitment_id", commitment_id), key=lambda entry: entry.listing)


async def budget_of(budgets: Budgets, year: str, contributions: Mapping[str, Pence]) -> Budget:
    """A year in which nothing has happened yet has its pooled contributions and nothing else. Raises `Unknown`."""
    if not AllianceYear.is_name(year):
        raise Unknown("There is no such alliance year: they are named like 2026-27.")
    id_ = budget_id(year)
    return await budgets.find(id_) or Budget(id=id_, year=year, contributions=dict(contributions))


async def all_budgets(budgets: Budgets) -> list[Budget]:
    return (await budgets.page("year", limit=100)).items


async def known_years(budgets: Budgets, present: str) -> list[str]:
    """Those of which there is a budget, and the present one."""
    return sorted({present, *(budget.year for budget in await all_budgets(budgets))})
