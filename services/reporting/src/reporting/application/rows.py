"""One small document for each event and month: a duplicate insert is the deduplication, and the drill-down reads it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from alliance.contracts import Event
from alliance.store import Collection, Update
from reporting.application.counting import deltas, feeding
from reporting.domain.figures import Figure
from reporting.domain.month import Line

UNCOUNTED = "uncounted"
"""The month, as long as the row has not been added to it; then the field is gone."""


@dataclass(frozen=True)
class Source:
    """One event behind a figure."""

    event_id: str
    type: str
    amount: int


@dataclass(frozen=True)
class Sources:
    items: list[Source]
    next: str | None


class Rows:
    """`_id` is `<month>:<event type>:<event id>`, so that the events behind a figure are one range of ids."""

    def __init__(self, rows: Collection) -> None:
        self._rows = rows
        self._indexed = False

    async def _index(self) -> None:
        if not self._indexed:
            await self._rows.index(UNCOUNTED, sparse=True)
            self._indexed = True

    async def put(self, heard: Iterable[tuple[str, Event, Any]], *, replayed: bool) -> None:
        """Add what is new of these (event id, event, time said)."""
        documents = [
            document
            for event_id, event, said_at in heard
            for document in documents_of(event_id, event, said_at, replayed=replayed)
        ]
        if documents:
            await self._index()
            await self._rows.insert_many(documents)

    async def uncounted_month(self) -> str | None:
        """Some month that has uncounted rows."""
        await self._index()
        found = await self._rows.find_many({UNCOUNTED: {"$gt": ""}}, sort=UNCOUNTED, limit=1)
        return str(found[0][UNCOUNTED]) if found else None

    async def uncounted(self, month: str, limit: int) -> list[Line]:
        found = await self._rows.find_many({UNCOUNTED: month}, limit=limit)
        return [Line(id=row["_id"], amounts=dict(row["amounts"]), replayed=bool(row.get("replayed"))) for row in found]

    async def mark_counted(self, ids: Sequence[str]) -> None:
        """Doing it again does nothing."""
        if ids:
            await self._rows.bulk([Update({"_id": id_}, {"$unset": {UNCOUNTED: ""}}) for id_ in ids])

    async def behind(self, figure: Figure, month: str, *, after: str | None, limit: int) -> Sources:
        """The events that count for a figure in a month, by type and id, from the one after `after`."""
        items: list[Source] = []
        last = after or ""
        for type_ in feeding(figure):
            prefix = f"{month}:{type_}:"
            while len(items) <= limit and last < f"{prefix}~":
                where = {"_id": {"$gt": max(last, prefix), "$lt": f"{prefix}~"}}
                found = await self._rows.find_many(where, sort="_id", limit=limit + 1)
                items += [
                    Source(row["_id"].removeprefix(prefix), type_, row["amounts"][figure])
                    for row in found
                    if figure in row["amounts"]
                ]
                last = found[-1]["_id"] if len(found) > limit else f"{prefix}~"
        if len(items) <= limit:
            return Sources(items, None)
        final = items[limit - 1]
        return Sources(items[:limit], f"{month}:{final.type}:{final.event_id}")


def documents_of(event_id: str, event: Event, said_at: Any, *, replayed: bool) -> list[dict[str, Any]]:
    """The rows of one event: one for each month that it touches."""
    months: dict[str, dict[str, int]] = {}
    for (month, figure), amount in deltas(event, said_at).items():
        months.setdefault(month, {})[figure.value] = amount
    flags = {"replayed": 1} if replayed else {}
    return [
        {"_id": f"{month}:{event.type}:{event_id}", "amounts": amounts, UNCOUNTED: month, **flags}
        for month, amounts in months.items()
    ]
