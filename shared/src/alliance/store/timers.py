"""The clock worker: wakes every aggregate to which time itself matters, once its moment has come."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any

import structlog
from prometheus_client import Counter

from alliance.kernel import Aggregate, Clock, Provenance, acting, new_id, to_text
from alliance.store.documents import Documents
from alliance.store.errors import Busy, StoreUnavailable

TICK_FAILED = Counter("alliance_store_tick_failed", "Aggregates whose timer raised an error", ["collection"])
_log = structlog.get_logger(__name__)


class Ticker:
    """Calls `on_due` of what is due, in any number of replicas: the conditional write lets one of them win.

    `horizon` says how far the clock may go: None while messages wait that could still change what is due, else a
    moment up to which everything has been heard. A weekend off-line thus announces no misses that never were.
    """

    def __init__(
        self,
        collections: Sequence[Documents[Any]],
        clock: Clock,
        horizon: Callable[[], Awaitable[datetime | None]],
        *,
        service: str,
        organisation: str,
        every: float = 0.5,
    ) -> None:
        self._collections, self._clock, self._horizon = collections, clock, horizon
        self._actor, self._organisation, self._every = f"service:{service}", organisation, every
        self._failing: dict[tuple[str, str], int] = {}

    async def run(self) -> None:
        """Until cancelled. While the store is away, waits for it."""
        while True:
            try:
                await self.tick()
            except (StoreUnavailable, Busy) as error:
                _log.warning("the clock waits", reason=type(error).__name__)
            await asyncio.sleep(self._every)

    async def tick(self) -> int:
        """Wake what is due now; how many were woken."""
        horizon = await self._horizon()
        if horizon is None:
            return 0
        moment = min(self._clock.now(), horizon)
        woken = 0
        for documents in self._collections:
            for id_ in await documents.due(moment, limit=100 + len(self._failing)):
                woken += await self._wake(documents, id_, moment)
        return woken

    async def _wake(self, documents: Documents[Any], id_: str, moment: datetime) -> bool:
        by = Provenance(actor=self._actor, organisation=self._organisation, correlation_id=new_id())
        try:
            with acting(by):
                await documents.change(id_, lambda aggregate: _on_due(aggregate, moment))
        except (StoreUnavailable, Busy):
            raise
        except Exception as error:  # noqa: BLE001 - one broken aggregate must not stop the clock of the others
            self._report(documents.name, id_, error)
            return False
        self._failing.pop((documents.name, id_), None)
        return True

    def _report(self, collection: str, id_: str, error: Exception) -> None:
        failures = self._failing[collection, id_] = self._failing.get((collection, id_), 0) + 1
        TICK_FAILED.labels(collection).inc()
        if failures == 1:
            _log.error("a timer failed", collection=collection, subject=id_, error=type(error).__name__)


def _on_due(aggregate: Aggregate, moment: datetime) -> None:
    due = aggregate.due_at()
    if due is not None and to_text(due) <= to_text(moment):
        aggregate.on_due(moment)
