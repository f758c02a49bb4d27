"""The audit trail of one service: a chain of entries that grows at its end only, written by any number of replicas."""

import asyncio
import random
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from alliance.access.audit import BEGINNING, Entry, Line, Noted, id_of, sequence_of
from alliance.kernel import Clock

ATTEMPTS = 12
EMPTY_PAGES = 20
"""How long a gap is followed entry by entry before the reader goes on at the end of the trail."""
INDEXES = ("newest", "of_record", "of_person", "of_note")
LAST = "\U0010ffff"


class Lines(Protocol):
    """What the trail needs of a collection of the store."""

    async def insert(self, document: dict[str, Any]) -> bool: ...

    async def find_many(
        self, where: Mapping[str, Any], *, sort: str | None = None, limit: int = 100
    ) -> list[dict[str, Any]]: ...

    async def index(self, field: str, *, unique: bool = False, sparse: bool = False) -> None: ...


class TrailBusy(Exception):
    """Others kept adding to the chain for longer than it is sensible to race them. Try again."""

    transient = True


class TrailAltered(Exception):
    """The end of the trail is not as it was written; nothing can follow it until somebody has looked."""

    transient = True


@dataclass(frozen=True)
class Head:
    """The newest entry of the chain: all that a later one, or an anchor, has to know of it."""

    sequence: int = 0
    hash: str = BEGINNING


@dataclass(frozen=True)
class Leaf:
    """One page of a list."""

    entries: tuple[Noted, ...]
    next: str | None
    """What to pass as `after` for the next page; None on the last one."""
    altered: int = 0
    """How many were left out because somebody has altered them: `verify` says which."""


class Trail:
    """Entries are only ever added. What cannot be written is raised, so that nothing is shown that is not noted."""

    def __init__(self, lines: Lines, clock: Clock, service: str) -> None:
        self._lines, self._clock, self.service = lines, clock, service
        self._head: Head | None = None
        self._turn = asyncio.Lock()

    async def prepare(self) -> None:
        """Make the indexes."""
        for field in INDEXES:
            await self._lines.index(field)

    async def note(self, entry: Entry) -> Noted:
        """Add `entry` to the end of the chain: of two that race for one place, the loser takes the next one.

        The head stays in memory, so that a note is one write; after any fault it is looked up again, since whether
        the write took effect is unknown then.
        """
        async with self._turn:
            for attempt in range(ATTEMPTS):
                head, self._head = self._head or await self.head(), None
                noted = Noted(
                    service=self.service,
                    sequence=head.sequence + 1,
                    at=self._clock.now(),
                    prev=head.hash,
                    entry=entry,
                )
                line = noted.line
                if await self._lines.insert(line):
                    self._head = Head(noted.sequence, line["hash"])
                    return noted
                await asyncio.sleep(random.uniform(0, 0.002 * 2 ** min(attempt, 8)))  # noqa: S311 - jitter, no secret
        raise TrailBusy(f"lost {ATTEMPTS} races for the end of the trail")

    async def head(self) -> Head:
        """The newest entry in the store."""
        found = await self._lines.find_many({"newest": {"$gte": "="}}, sort="newest", limit=1)
        if not found:
            return Head()
        if (sequence := sequence_of(found[0])) is None:
            raise TrailAltered("what the store has as the end of the trail is no entry")
        return Head(sequence, str(found[0].get("hash")))

    async def lines(self, after: int = 0, limit: int = 200) -> list[Line]:
        """As they are stored, those with the sequences `after` + 1 to `after` + `limit`; what is missing is missing."""
        ids = [id_of(sequence) for sequence in range(after + 1, after + limit + 1)]
        found = await self._lines.find_many({"_id": {"$in": ids}}, limit=limit)
        return sorted(found, key=lambda line: str(line["_id"]))

    async def chain(self, size: int = 500) -> AsyncIterator[Line]:
        """Every line, the oldest first, as far as the newest entry or any that was made to look older."""
        after, head, empty = 0, (await self.head()).sequence, 0
        while (page := await self.lines(after, size)) or after < head:
            for line in page:
                yield line
            empty = 0 if page else empty + 1
            after = max(after, head - size) if empty > EMPTY_PAGES else after + size

    async def entries(self, *, after: str | None = None, limit: int = 50) -> Leaf:
        """All, the newest first."""
        return await self._leaf("newest", "=", after, limit)

    async def of_record(self, record: str, id_: str, *, after: str | None = None, limit: int = 50) -> Leaf:
        """What was done with one record, the newest first."""
        return await self._leaf("of_record", f"={record}:{id_}:", after, limit)

    async def of_person(self, person_id: str, *, after: str | None = None, limit: int = 50) -> Leaf:
        """What was done with any record of one person, the newest first."""
        return await self._leaf("of_person", f"={person_id}:", after, limit)

    async def of_note(self, remark: str, *, after: str | None = None, limit: int = 50) -> Leaf:
        """What deserves a second look for one reason (`refused`, `glass-broken`), the newest first."""
        return await self._leaf("of_note", f"={remark}:", after, limit)

    async def _leaf(self, key: str, prefix: str, after: str | None, limit: int) -> Leaf:
        start = {"$gte": prefix} if after is None else {"$gt": f"{prefix}{after}"}
        found = await self._lines.find_many({key: {**start, "$lt": prefix + LAST}}, sort=key, limit=limit + 1)
        kept = found[:limit]
        following = str(kept[-1][key]).removeprefix(prefix) if len(found) > limit else None
        whole = tuple(noted for line in kept if (noted := _whole(line)) is not None)
        return Leaf(whole, following, len(kept) - len(whole))


def _whole(line: Line) -> Noted | None:
    """The entry, or None where the line is not, to the last key, what was written."""
    try:
        noted = Noted.read(line)
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
    return noted if noted.line == line else None
