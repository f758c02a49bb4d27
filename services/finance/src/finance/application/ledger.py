"""Writing the ledger: what commitments do by themselves, what people enter, and reversals."""

from collections.abc import Sequence

from alliance.kernel import Clock, Pence, derived_id
from alliance.store import AlreadyThere
from finance.application.collections import Ledger
from finance.domain.codes import JournalReason
from finance.domain.ledger import LedgerEntry, Line
from finance.domain.refusals import EntryAlreadyReversed
from finance.domain.year import AllianceYear


async def enter(entry: LedgerEntry, ledger: Ledger) -> str:
    """An entry without lines says nothing and is not written."""
    if entry.lines or entry.saving_pence:
        await ledger.add(entry)
    return entry.id


async def enter_journal(
    entry_id: str, lines: Sequence[tuple[str, Pence]], reason: JournalReason, ledger: Ledger, clock: Clock, *, by: str
) -> str:
    """An entry by hand, in the present year. Raises `EntryDoesNotBalance`."""
    now = clock.now()
    entry = LedgerEntry(
        id=entry_id,
        year=AllianceYear.of(now.date()).name,
        at=now,
        lines=tuple(Line(account=account, pence=pence) for account, pence in lines),
        kind=f"journal:{reason}",
        source=entry_id,
        entered_by=by,
    )
    return (await ledger.add(entry)).id


def reversal_id(entry_id: str) -> str:
    """There is one for each entry, so it is reversed once."""
    return derived_id("finance", "reversal", entry_id)


async def reverse(entry_id: str, reason: JournalReason, ledger: Ledger, clock: Clock, *, by: str) -> str:
    """Take an entry back by another, in the present year.

    Raises `EntryAlreadyReversed`, `ReversalOfReversal`, `OwnEntry`.
    """
    entry, now = await ledger.get(entry_id), clock.now()
    year = AllianceYear.of(now.date()).name
    reversal = entry.reversal(reversal_id(entry_id), reason=reason, year=year, at=now, by=by)
    try:
        return (await ledger.add(reversal)).id
    except AlreadyThere:
        raise EntryAlreadyReversed("This entry has been reversed already.") from None
