"""The ledger writes down what commitments did: one entry for one event, whose id it derives from."""

from collections.abc import Sequence

from alliance.contracts import finance
from alliance.kernel import derived_id
from alliance.messaging import Heard
from finance.application import ledger as use
from finance.application.collections import Ledger
from finance.domain.funding import Figures
from finance.domain.ledger import LedgerEntry, lines_of
from finance.domain.year import AllianceYear

Changed = finance.CommitmentRestated | finance.CommitmentEnded


async def enter_commitment(heard: Heard[finance.CommitmentOpened], ledger: Ledger) -> None:
    said = heard.data
    figures = _figures(said.total_pence, said.saving_pence, said.funding_split)
    year = said.year or AllianceYear.of(said.end).name
    entry = LedgerEntry(
        id=_entry_id(heard.id),
        year=year,
        at=heard.time,
        lines=lines_of(figures, year),
        kind="commitment-opened",
        source=heard.id,
        commitment_id=said.commitment_id,
        saving_pence=figures.saving_pence,
    )
    await use.enter(entry, ledger)


async def enter_change(heard: Heard[Changed], ledger: Ledger) -> None:
    """Reverses what was entered before and enters what is right now; nothing is edited."""
    said = heard.data
    before = _figures(said.total_pence_before, said.saving_pence_before, said.funding_split_before)
    after = _figures(said.total_pence, said.saving_pence, said.funding_split)
    year = said.year or AllianceYear.of(said.end).name
    entry = LedgerEntry(
        id=_entry_id(heard.id),
        year=year,
        at=heard.time,
        lines=lines_of(before, year, -1) + lines_of(after, year),
        kind=said.routing_key().removesuffix(".v1"),
        source=heard.id,
        commitment_id=said.commitment_id,
        saving_pence=after.saving_pence - before.saving_pence,
    )
    await use.enter(entry, ledger)


def _entry_id(event_id: str) -> str:
    return derived_id("finance", "ledger-entry", event_id)


def _figures(total: int, saving: int, shares: Sequence[finance.FunderShare]) -> Figures:
    return Figures(
        total_pence=total,
        saving_pence=saving,
        funding_split=tuple(sorted((share.funder_id, share.pence) for share in shares)),
    )
