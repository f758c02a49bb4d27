"""Putting lines on their sheets, many at a time."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from functools import partial

from alliance.contracts import Event
from alliance.kernel import Provenance, acting, new_id
from alliance.store import Documents
from reporting.application.counting import deltas
from reporting.domain.sheet import FIRST, LAST, Line, Sheet, downwards


def lines_of(event_id: str, event: Event, said_at: datetime, *, replayed: bool) -> list[Line]:
    """One line for each month that the event touches; none for an event that changes no figure."""
    months: dict[str, dict[str, int]] = {}
    for (month, figure), amount in deltas(event, said_at).items():
        months.setdefault(month, {})[figure.value] = amount
    return [
        Line(event_id=event_id, month=month, type=event.type, amounts=amounts, replayed=replayed)
        for month, amounts in months.items()
    ]


class Sheets:
    """What arrives while a write is under way goes along with the next one, so a burst costs few writes."""

    def __init__(self, sheets: Documents[Sheet], *, organisation: str) -> None:
        self._sheets, self._organisation = sheets, organisation
        self._waiting: dict[str, list[Line]] = defaultdict(list)
        self._writing: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def put(self, lines: Iterable[Line]) -> None:
        """Returns when they are stored. Those of events that are known already have no effect."""
        by_publisher: dict[str, list[Line]] = defaultdict(list)
        for line in lines:
            by_publisher[line.type.partition(".")[0]].append(line)
        for publisher, theirs in by_publisher.items():
            self._waiting[publisher] += theirs
            async with self._writing[publisher]:
                await self._write_waiting(publisher)

    async def _write_waiting(self, publisher: str) -> None:
        """Everything that waits, or nothing if another has just written it; after a failure it waits again."""
        batch, self._waiting[publisher] = self._waiting[publisher], []
        try:
            with acting(self._provenance()):
                await self._write(publisher, sorted(batch, key=lambda line: line.event_id))
        except BaseException:
            self._waiting[publisher] += batch
            raise

    async def _write(self, publisher: str, lines: list[Line]) -> None:
        while lines:
            place = await self._place(publisher, lines[0].event_id)
            sheet = await self._sheets.change_or_add(place.id, partial(replace, place), partial(_add, lines))
            lines = [line for line in lines if not sheet.accepts(line.event_id)]

    async def _place(self, publisher: str, event_id: str) -> Sheet:
        """The sheet to which the event belongs, there already or to be opened for the gap in which it falls."""
        above = await self._sheets.page("ends", f"{publisher}:", after=f"{publisher}:{event_id}", limit=1)
        if above.items and above.items[0].accepts(event_id):
            return above.items[0]
        below = await self._sheets.page(
            "ends_downwards", f"{publisher}:", after=f"{publisher}:{downwards(event_id)}", limit=1
        )
        first = below.items[0].until if below.items else FIRST
        return Sheet.opened(publisher, first, above.items[0].first if above.items else LAST)

    def _provenance(self) -> Provenance:
        """Nothing is said and nothing remembered: an event is known by its line alone."""
        return Provenance(actor="service:reporting", organisation=self._organisation, correlation_id=new_id())


def _add(lines: list[Line], sheet: Sheet) -> None:
    sheet.add(lines)
