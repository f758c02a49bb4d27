"""Adding the lines of sheets to the figures of their months: exactly once, whatever is killed or raced."""

import asyncio
from contextlib import suppress

from alliance.kernel import Clock, Provenance, acting, new_id
from alliance.store import Documents
from reporting.domain.month import Month, month_id_of
from reporting.domain.refusals import MonthClosedAlready
from reporting.domain.sheet import Line, Sheet

IDLE_SECONDS, GATHER_SECONDS = 0.5, 0.1
SHEETS_AT_ONCE = 20


class Folding:
    """A sheet is only appended to, and a month knows up to which position it has counted it: adding the same lines
    again adds nothing. The sheet is marked last, so nothing is left out.
    """

    def __init__(
        self,
        sheets: Documents[Sheet],
        months: Documents[Month],
        clock: Clock,
        *,
        organisation: str,
        close_after_days: int,
    ) -> None:
        self._sheets, self._months, self._clock = sheets, months, clock
        self._organisation, self._close_after_days = organisation, close_after_days
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """There are new lines."""
        self._woken.set()

    async def run(self) -> None:
        """Fold for ever; an outage of the store is waited out."""
        while True:
            try:
                await self.fold_all()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._woken.wait(), IDLE_SECONDS)
                    await asyncio.sleep(GATHER_SECONDS)
                self._woken.clear()
            except Exception as error:
                if not getattr(type(error), "transient", False):
                    raise
                await asyncio.sleep(IDLE_SECONDS)

    async def fold_all(self) -> None:
        """Until every line that was there has been counted."""
        with acting(self._provenance()):
            while uncounted := (await self._sheets.page("uncounted", limit=SHEETS_AT_ONCE)).items:
                for sheet in uncounted:
                    await self._fold(sheet)

    async def _fold(self, sheet: Sheet) -> None:
        start = sheet.counted
        lines = sheet.lines(start)
        for month in sorted({line.month for line in lines}):
            await self._count(month, sheet.id, start, lines)
        await self._sheets.change(sheet.id, lambda found: found.mark_counted(start + len(lines)))

    async def _count(self, month: str, sheet_id: str, start: int, lines: list[Line]) -> None:
        id_, now = month_id_of(month), self._clock.now()

        def opened() -> Month:
            return Month.opened(month, close_after_days=self._close_after_days, now=now)

        try:
            await self._months.change_or_add(id_, opened, lambda found: found.count(sheet_id, start, lines))
        except MonthClosedAlready:
            await self._months.change_or_add(id_, opened, lambda found: found.restate(sheet_id, start, lines, at=now))

    def _provenance(self) -> Provenance:
        return Provenance(actor="service:reporting", organisation=self._organisation, correlation_id=new_id())
