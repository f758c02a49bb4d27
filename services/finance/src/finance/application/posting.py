"""Taking ledger entries into the budget of their year, each exactly once, without transactions.

One round: load the budget (version v) · mark the entries of its last batch as posted · read waiting entries ·
one conditional write at v that adds them and names them as the last batch · mark them. A crash anywhere is repaired by
the next round: before the write nothing was counted; after it the entries are named, hence skipped and marked. Entries
of older batches are never read again, since their marks were finished before the write that followed.
"""

from collections.abc import Mapping

from alliance.kernel import Clock, Pence, Stale
from finance.application.collections import Budgets, Ledger
from finance.domain.budget import Budget, budget_id
from finance.domain.ledger import LedgerEntry

BATCH = 100


async def post_waiting(
    budgets: Budgets, ledger: Ledger, contributions: Mapping[str, Pence], clock: Clock, *, size: int = BATCH
) -> bool:
    """One round, for the year whose entries come first; False if nothing waits anywhere."""
    waiting = await ledger.page("unposted", limit=1)
    if not waiting.items:
        return False
    year = waiting.items[0].year
    id_ = budget_id(year)
    if await budgets.find(id_) is None:
        await budgets.change_or_add(
            id_, lambda: Budget(id=id_, year=year, contributions=dict(contributions)), lambda budget: None
        )
    stored = await budgets.read(id_)
    await _mark(stored.aggregate.last_batch, ledger)
    found = (await ledger.page("unposted", f"{year}:", limit=size)).items
    batch = [entry for entry in found if entry.id not in stored.aggregate.last_batch]
    if not batch:
        return True
    now = clock.now()
    try:
        await budgets.change(id_, lambda budget: budget.take(batch, at=now), expecting=stored.version, remember=False)
    except Stale:
        return True
    await _mark([entry.id for entry in batch], ledger)
    return True


async def _mark(ids: "tuple[str, ...] | list[str]", ledger: Ledger) -> None:
    for id_ in ids:
        await ledger.change(id_, LedgerEntry.mark_posted, remember=False)
