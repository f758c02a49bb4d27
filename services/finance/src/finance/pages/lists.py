"""Finance's lists, each for the screen and for a file."""

from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass

from alliance.kernel import Pence
from alliance.store import Page
from alliance.web.pages.listing import Cell, Choice, Column, Filters, Listing, Row
from alliance.web.pages.templating import day, labelling, pounds, when
from finance.domain.budget import Budget
from finance.domain.commitment import Commitment
from finance.domain.ledger import LedgerEntry
from finance.pages.words import LABELS, STATE_COLOURS, account_in_words, kind_in_words

NameOf = Callable[[str], str]
label = labelling(LABELS)


def money(pence: Pence | None) -> Cell:
    """Pounds on the screen, pounds as a number in the file."""
    return Cell(pounds(pence), value=None if pence is None else round(pence / 100, 2))


@dataclass(frozen=True, kw_only=True)
class Years:
    """The alliance years that there is something of, the present one and the one that is shown."""

    known: Sequence[str]
    present: str
    chosen: str

    @property
    def filters(self) -> Filters | None:
        """The present year goes without saying."""
        if len(self.known) < 2:
            return None
        options = [("" if year == self.present else year, year) for year in self.known]
        return Filters([Choice("year", "Alliance year", options, "" if self.chosen == self.present else self.chosen)])


def commitment_list(
    page: Page[Commitment],
    *,
    years: Years | None = None,
    after: str | None = None,
    linked: bool = False,
    caption: str = "Commitments",
) -> Listing:
    return Listing(
        caption=caption,
        columns=(
            Column("start", "Stay since"),
            Column("state", "State"),
            Column("setting", "Setting"),
            Column("weekly", "A week now", numeric=True),
            Column("before", "A week before", numeric=True),
            Column("total", "Committed", numeric=True),
            Column("saving", "Saved", numeric=True),
        ),
        rows=[_commitment(each, linked=linked) for each in page.items],
        next=page.next,
        filters=years.filters if years else None,
        empty="Nothing is committed in this year. A commitment opens by itself when somebody moves in.",
        csv="/commitments.csv",
        after=after,
        caption_hidden=True,
    )


def _commitment(commitment: Commitment, *, linked: bool) -> Row:
    terms, state = commitment.stay.terms, commitment.state
    start = commitment.stay.start if terms else None
    return (
        Cell(day(start), href=f"/commitments/{commitment.id}" if linked else None, value=start),
        Cell(label(state), tag=STATE_COLOURS[state]),
        label(terms.setting) if terms else "",
        money(terms.weekly_pence if terms else None),
        money(terms.previous_weekly_pence if terms else None),
        money(commitment.figures.total_pence),
        money(commitment.figures.saving_pence),
    )


def entry_list(
    page: Page[LedgerEntry],
    *,
    years: Years | None = None,
    after: str | None = None,
    caption: str = "Entries of the ledger",
) -> Listing:
    return Listing(
        caption=caption,
        columns=(
            Column("at", "Entered"),
            Column("kind", "What"),
            Column("amount", "Amount", numeric=True),
            Column("saving", "Saved", numeric=True),
        ),
        rows=[_entry(each) for each in page.items],
        next=page.next,
        filters=years.filters if years else None,
        empty="Nothing has been entered in this year.",
        csv="/ledger.csv",
        after=after,
        caption_hidden=years is not None,
    )


def _entry(entry: LedgerEntry) -> Row:
    return (
        Cell(when(entry.at), href=f"/ledger/{entry.id}", value=entry.at),
        Cell(kind_in_words(entry.kind), value=entry.kind),
        money(amount_of(entry)),
        money(entry.saving_pence),
    )


def amount_of(entry: LedgerEntry) -> Pence:
    """What it adds to its first account, less what it takes from there."""
    return sum(line.pence for line in entry.lines if line.account == entry.lines[0].account)


def line_list(entry: LedgerEntry, name_of: NameOf) -> Listing:
    return Listing(
        caption="Lines",
        columns=(
            Column("account", "Account"),
            Column("debit", "Debit", numeric=True),
            Column("credit", "Credit", numeric=True),
        ),
        rows=[
            *(_line(line.account, line.pence, name_of) for line in entry.lines),
            _totals([line.pence for line in entry.lines]),
        ],
    )


def balance_list(budget: Budget, name_of: NameOf, *, years: Years | None = None) -> Listing:
    rows = [_line(account, pence, name_of) for account, pence in sorted(budget.balances.items())]
    return Listing(
        caption=f"Trial balance {budget.year}",
        columns=(
            Column("account", "Account"),
            Column("debit", "Debit", numeric=True),
            Column("credit", "Credit", numeric=True),
        ),
        rows=[*rows, _totals(budget.balances.values())] if rows else [],
        filters=years.filters if years else None,
        empty="Nothing has been entered in this year.",
        csv="/trial-balance.csv",
    )


def _line(account: str, pence: Pence, name_of: NameOf) -> Row:
    side = money(abs(pence))
    return (
        Cell(account_in_words(account, name_of), value=account),
        side if pence >= 0 else "",
        "" if pence >= 0 else side,
    )


def _totals(amounts: Collection[Pence]) -> Row:
    return "Total", money(sum(each for each in amounts if each > 0)), money(-sum(each for each in amounts if each < 0))


def saving_list(budgets: Sequence[Budget]) -> Listing:
    rows: list[Row] = [(each.year, money(each.committed_pence), money(each.saving_pence)) for each in budgets]
    if rows:
        committed = sum(each.committed_pence for each in budgets)
        rows.append(("Total", money(committed), money(sum(each.saving_pence for each in budgets))))
    return Listing(
        caption="Year by year",
        columns=(
            Column("year", "Alliance year"),
            Column("committed", "Committed", numeric=True),
            Column("saving", "Saved", numeric=True),
        ),
        rows=rows,
        empty="Nobody has moved yet.",
        csv="/savings.csv",
    )


Fetch = Callable[[str | None], Awaitable[Page[LedgerEntry] | Page[Commitment]]]


async def all_rows(fetch: Fetch) -> AsyncIterator[Row]:
    """Page by page, for a file."""
    after: str | None = None
    while True:
        page = await fetch(after)
        for each in page.items:
            yield _entry(each) if isinstance(each, LedgerEntry) else _commitment(each, linked=False)
        if (after := page.next) is None:
            return
