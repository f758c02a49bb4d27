"""The worker that keeps the budgets up to date with the ledger."""

import asyncio
from collections.abc import Mapping

from alliance.kernel import Clock, Pence, Provenance, acting, new_id
from alliance.store import Busy, StoreUnavailable
from finance.application.collections import Budgets, Ledger
from finance.application.posting import post_waiting

PAUSE_SECONDS, OUTAGE_SECONDS = 0.5, 2.0


async def keep_books(
    budgets: Budgets, ledger: Ledger, contributions: Mapping[str, Pence], clock: Clock, organisation: str
) -> None:
    """Post whatever waits, for ever. A store that is away for a while (readiness tells) only delays it."""
    while True:
        try:
            with acting(Provenance(actor="service:finance", organisation=organisation, correlation_id=new_id())):
                while await post_waiting(budgets, ledger, contributions, clock):
                    pass
        except (StoreUnavailable, Busy):
            await asyncio.sleep(OUTAGE_SECONDS)
        await asyncio.sleep(PAUSE_SECONDS)
