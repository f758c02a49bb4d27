"""Adding rows to the figures of their month: exactly once, without transactions, whatever is killed or raced."""

import asyncio
from contextlib import suppress

from alliance.kernel import Clock, Provenance, Stale, acting, new_id
from alliance.store import AlreadyThere, Documents, Stored
from reporting.application.rows import Rows
from reporting.domain.month import Month, month_id_of
from reporting.domain.refusals import MonthClosedAlready

BATCH = 1000
IDLE_SECONDS = 0.5


class Folding:
    """Reads the month, THEN its uncounted rows, writes the sum on condition that nobody else has, marks the rows.

    The ids of the batch are written together with the sum. Whoever comes next first finishes the marking, so no row
    is added twice; and only what is marked or in the last batch has been added, so none is left out.
    """

    def __init__(
        self, rows: Rows, months: Documents[Month], clock: Clock, *, organisation: str, close_after_days: int
    ) -> None:
        self._rows, self._months, self._clock = rows, months, clock
        self._organisation, self._close_after_days = organisation, close_after_days
        self._marked: dict[str, int] = {}
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """There are new rows."""
        self._woken.set()

    async def run(self) -> None:
        """Fold for ever; an outage of the store is waited out."""
        while True:
            try:
                self._woken.clear()
                await self.fold_all()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._woken.wait(), IDLE_SECONDS)
            except Exception as error:
                if not getattr(type(error), "transient", False):
                    raise
                await asyncio.sleep(IDLE_SECONDS)

    async def fold_all(self) -> None:
        """Until no row is uncounted."""
        while (month := await self._rows.uncounted_month()) is not None:
            await self.fold(month)

    async def fold(self, month: str) -> None:
        """One batch of one month; nothing at all when another folder was quicker."""
        with acting(self._provenance()), suppress(Stale):
            stored = await self._month(month)
            if self._marked.get(month) != stored.version:
                await self._rows.mark_counted(stored.aggregate.last_batch)
            lines = await self._rows.uncounted(month, BATCH)
            done = set(stored.aggregate.last_batch)
            lines = [line for line in lines if line.id not in done]
            if not lines:
                return
            at = self._clock.now()
            try:
                await self._months.change(stored.aggregate.id, lambda m: m.count(lines), expecting=stored.version)
            except MonthClosedAlready:
                await self._months.change(
                    stored.aggregate.id, lambda m: m.restate(lines, at=at), expecting=stored.version
                )
            await self._rows.mark_counted([line.id for line in lines])
            self._marked[month] = stored.version + 1

    async def _month(self, month: str) -> Stored[Month]:
        id_ = month_id_of(month)
        if await self._months.find(id_) is None:
            with suppress(AlreadyThere):
                await self._months.add(
                    Month.opened(month, close_after_days=self._close_after_days, now=self._clock.now())
                )
        return await self._months.read(id_)

    def _provenance(self) -> Provenance:
        return Provenance(actor="service:reporting", organisation=self._organisation, correlation_id=new_id())
