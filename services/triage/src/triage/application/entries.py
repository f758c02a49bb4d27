"""Entries of the directory in pages, by an indexed key: by name, or first those unassured for the longest."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime

from triage.application.collections import Directory
from triage.application.showcase import Sought
from triage.domain.entry import Entry

AT_ONCE = 100


@dataclass(frozen=True, kw_only=True)
class Which:
    """`unassured_since`: never assured, or not since then; the longest ago comes first."""

    organisation_id: str | None = None
    unassured_since: datetime | None = None
    sought: Sought = field(default_factory=Sought)

    @property
    def key(self) -> str:
        """What the list is in the order of."""
        key = "listed" if self.unassured_since is None else "assured"
        return key if self.organisation_id is None else f"{key}_of"

    @property
    def prefix(self) -> str:
        return f"{self.organisation_id} " if self.organisation_id else ""

    def begins(self, entry: Entry) -> bool:
        """False from where on nothing that follows is meant."""
        since = self.unassured_since
        return since is None or entry.assured_at is None or entry.assured_at < since


async def every_entry(
    directory: Directory, which: Which, *, after: str | None = None, at_once: int = AT_ONCE
) -> AsyncIterator[Entry]:
    """Those that are meant, read `at_once` at a time as far as somebody goes. `after` is the id of one of them."""
    last = await directory.find(after) if after else None
    start: str | None = getattr(last, which.key) if last else None
    while True:
        page = await directory.page(which.key, which.prefix, after=start, limit=at_once)
        for entry in page.items:
            if not which.begins(entry):
                return
            if which.sought.finds(entry.says):
                yield entry
        if (start := page.next) is None:
            return


async def some_entries(
    directory: Directory, which: Which, *, after: str | None, limit: int
) -> tuple[list[Entry], str | None]:
    """One page, and what to pass as `after` for the next. No more is read than it takes to fill it."""
    found: list[Entry] = []
    async for entry in every_entry(directory, which, after=after, at_once=limit + 1):
        if len(found) == limit:
            return found, found[-1].id
        found.append(entry)
    return found, None
