"""Puts finance together: the only module that knows all the others."""

from functools import partial

from alliance.access import About
from alliance.kernel import Clock
from alliance.service import Service, Wiring
from alliance.service.knowing import knowing
from alliance.store import Database, Documents
from finance.api import books, commitments, ledger
from finance.application.bookkeeping import keep_books
from finance.application.holdings import holdings
from finance.domain.budget import Budget
from finance.domain.commitment import Commitment
from finance.domain.ledger import LedgerEntry
from finance.events.hears import hears
from finance.events.says import says
from finance.pages import books as book_pages
from finance.pages import commitments as commitment_pages
from finance.pages import ledger as ledger_pages
from finance.pages.words import LABELS, MENU
from finance.settings import FinanceSettings

NAME = "finance"


def wire(database: Database, settings: FinanceSettings, clock: Clock) -> Wiring:
    stays = Documents(database, "commitments", Commitment, says=says, service=NAME, clock=clock)
    entries = Documents(database, "ledger", LedgerEntry, says=says, service=NAME, clock=clock)
    budgets = Documents(database, "budgets", Budget, says=says, service=NAME, clock=clock)

    async def whose_commitment(commitment_id: str) -> About:
        terms = (await stays.get(commitment_id)).stay.terms
        return About(
            record="commitment",
            id=commitment_id,
            person_id=terms.person_id if terms else None,
            organisation=settings.organisation,
        )

    return Wiring(
        collections=(stays, entries, budgets),
        about={"commitment": whose_commitment},
        given={
            "commitments": stays,
            "ledger": entries,
            "budgets": budgets,
            "clock": clock,
            **knowing(
                NAME,
                database=database,
                clock=clock,
                organisation=settings.organisation,
                holdings=holdings(stays, entries),
            ),
            "contributions": settings.contributions,
            "funding_shares": settings.funding_shares,
        },
        workers=(partial(keep_books, budgets, entries, settings.contributions, clock, settings.organisation),),
    )


service = Service(
    name=NAME,
    title="Finance: one budget, open book",
    version="0.1.0",
    hears=hears,
    says=says,
    routers=(commitments.router, ledger.router, books.router),
    settings=FinanceSettings,
    wire=wire,
    pages=(book_pages.router, commitment_pages.router, ledger_pages.router),
    menu=MENU,
    labels=LABELS,
)
