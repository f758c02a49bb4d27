"""Puts finance together: the only module that knows all the others."""

from functools import partial
from typing import Any

from alliance.kernel import Clock
from alliance.service import Service, Wiring
from alliance.store import Database, Documents
from finance.api import books, commitments, ledger
from finance.application.bookkeeping import keep_books
from finance.domain.budget import Budget
from finance.domain.commitment import Commitment
from finance.domain.ledger import LedgerEntry
from finance.events.hears import hears
from finance.events.says import says
from finance.settings import FinanceSettings


def wire(database: Database, settings: FinanceSettings, clock: Clock) -> Wiring:
    named: dict[str, Documents[Any]] = {
        "commitments": Documents(database, "commitments", Commitment, says=says, service="finance", clock=clock),
        "ledger": Documents(database, "ledger", LedgerEntry, says=says, service="finance", clock=clock),
        "budgets": Documents(database, "budgets", Budget, says=says, service="finance", clock=clock),
    }
    bookkeeping = partial(
        keep_books, named["budgets"], named["ledger"], settings.contributions, clock, settings.organisation
    )
    return Wiring(
        collections=tuple(named.values()),
        given={
            **named,
            "clock": clock,
            "contributions": settings.contributions,
            "funding_shares": settings.funding_shares,
        },
        workers=(bookkeeping,),
    )


service = Service(
    name="finance",
    title="Finance: one budget, open book",
    version="0.1.0",
    hears=hears,
    says=says,
    routers=(commitments.router, ledger.router, books.router),
    settings=FinanceSettings,
    wire=wire,
)
