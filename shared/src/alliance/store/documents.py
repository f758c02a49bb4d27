"""Aggregates of one kind, each stored as one document and changed by one conditional write."""

import asyncio
import inspect
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic
from weakref import WeakValueDictionary

from prometheus_client import Counter

from alliance.contracts import Envelope
from alliance.contracts.saying import Sayings
from alliance.kernel import Clock, Provenance, Stale, SystemClock, Unknown, provenance
from alliance.kernel.crash import crash_point
from alliance.store.document import A, Shape
from alliance.store.errors import AlreadyThere, Busy, HeardFull, KeyReused
from alliance.store.outboxes import taking
from alliance.store.protocols import Database, Document
from alliance.store.recording import Recorded, record
from alliance.store.scalars import as_key, as_moment, from_key

HEARD_LIMIT, ATTEMPTS, AT_ONCE = 200, 8, 100
HEARD_FULL = Counter("alliance_store_heard_full", "Documents that have heard all they may remember", ["collection"])
CONFLICTS = Counter("alliance_store_conflicts", "Conditional writes that lost a race", ["collection"])


@dataclass(frozen=True, slots=True)
class Stored(Generic[A]):
    aggregate: A
    version: int


@dataclass(frozen=True, slots=True)
class Page(Generic[A]):
    items: list[A]
    next: str | None
    """What to pass as `after` for the next page; None on the last one."""


class Documents(Generic[A]):
    """A collection of aggregates. One call changes one aggregate, in the name of the present provenance."""

    def __init__(
        self,
        database: Database,
        name: str,
        of: type[A],
        *,
        says: Sayings | None = None,
        service: str,
        clock: Clock | None = None,
    ) -> None:
        self.name, self.service = name, service
        self._database, self._collection = database, database.collection(name)
        self._shape, self._says, self._clock = Shape(of), says or Sayings(), clock or SystemClock()
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        database.register(name, of.indexed)

    async def find(self, id_: str) -> A | None:
        document = await self._collection.find(id_)
        return None if document is None else self._shape.aggregate(document)

    async def several(self, ids: Sequence[str]) -> dict[str, A]:
        """Those of `ids` that are here, by their id."""
        return {document["_id"]: self._shape.aggregate(document) for document in await self._those(ids)}

    async def get(self, id_: str) -> A:
        """Raises `Unknown`."""
        return (await self.read(id_)).aggregate

    async def read(self, id_: str) -> Stored[A]:
        """With the version to pass as `expecting`. Raises `Unknown`."""
        document = await self._loaded(id_)
        return Stored(self._shape.aggregate(document), document["version"])

    async def add(self, aggregate: A) -> A:
        """Put a new aggregate. If this command or reaction has put it before, the stored one; else `AlreadyThere`."""
        by = provenance()
        if await self._insert(aggregate, by, remember=True):
            return aggregate
        document = await self._loaded(aggregate.id)
        if _has_heard(document, by):
            return self._shape.aggregate(document)
        raise AlreadyThere("There is already something by that id.")

    async def add_many(self, aggregates: Sequence[A]) -> list[str]:
        """Put those that are new, each with its own events and mark in its own document; the ids that are now there
        because of this command, in any order. What somebody else had put by such an id stays as it is.

        A fault on the way leaves some in and some out; the same call again puts the others and answers alike.
        """
        by = provenance()
        made: dict[str, tuple[Document, list[Envelope]]] = {}
        for aggregate in aggregates:
            made[aggregate.id] = self._document(aggregate, by, remember=True)
            await asyncio.sleep(0)  # whoever waits for an answer comes in between
        put = await self._collection.insert_many([document for document, _ in made.values()])
        for id_ in put:
            self._wrote(id_, 1, made[id_][1])
        there = await self.known([id_ for id_ in made if id_ not in set(put)])
        return [*put, *(id_ for id_, marks in there.items() if by.mark in marks)]

    async def known(self, ids: Sequence[str]) -> dict[str, list[str]]:
        """Which of `ids` are here, and what each has heard."""
        return {document["_id"]: document["heard"] for document in await self._those(ids)}

    async def change(
        self, id_: str, act: Callable[[A], object], *, expecting: int | None = None, remember: bool = True
    ) -> A:
        """Load, act, write if anything changed; act again on the newest state if somebody else was faster.

        `act` is plain and may run several times; it does not run if this command or reaction was applied before.
        `remember=False` leaves no mark, for verbs that are gated by a sequence of their own.
        Raises `Unknown`, `Stale` if the version is not the `expecting` one, `Busy`, and whatever `act` refuses.
        """
        async with self._turn(id_):
            return await self._settle(id_, None, act, expecting=expecting, remember=remember)

    async def change_or_add(
        self, id_: str, new: Callable[[], A], act: Callable[[A], object], *, remember: bool = True
    ) -> A:
        """Like `change`; where there is nothing by that id, act on `new()` and put that."""
        async with self._turn(id_):
            return await self._settle(id_, new, act, expecting=None, remember=remember)

    async def withhold(self, id_: str) -> int:
        """Take the personal events that have not been sent yet out of a document's outbox; how many. Safe to repeat."""
        document = await self._collection.find(id_)
        withheld = 0
        for event_id, entry in document["outbox"].items() if document else ():
            if entry["recipient"]:
                withheld += await self._collection.update(*taking(id_, event_id))
        return withheld

    async def with_key(self, key: str, value: str, *, limit: int = 100) -> list[A]:
        """Those whose indexed `key` equals `value`."""
        documents = await self._collection.find_many({f"keys.{key}": as_key(value)}, limit=limit)
        return [self._shape.aggregate(document) for document in documents]

    async def page(self, key: str, prefix: str = "", *, after: str | None = None, limit: int = 50) -> Page[A]:
        """A list in ascending order of `key`, where that begins with `prefix`. Let such keys end in the id."""
        start = {"$gte": as_key(prefix)} if after is None else {"$gt": as_key(max(after, prefix))}
        where = {f"keys.{key}": {**start, "$lt": f"{as_key(prefix)}\U0010ffff"}}
        documents = await self._collection.find_many(where, sort=f"keys.{key}", limit=limit + 1)
        more = len(documents) > limit
        items = [self._shape.aggregate(document) for document in documents[:limit]]
        return Page(items, from_key(documents[limit - 1]["keys"][key]) if more else None)

    async def due(self, moment: datetime, limit: int = 100) -> list[str]:
        """Ids of those to which time matters by `moment`, the longest due first."""
        where = {"due_at": {"$lte": as_moment(moment)}}
        return [document["_id"] for document in await self._collection.find_many(where, sort="due_at", limit=limit)]

    def _turn(self, id_: str) -> asyncio.Lock:
        """Within one process changes of one document queue up; the version settles races between processes."""
        return self._turns.setdefault(id_, asyncio.Lock())

    async def _those(self, ids: Sequence[str]) -> list[Document]:
        parts = [list(ids[start : start + AT_ONCE]) for start in range(0, len(ids), AT_ONCE)]
        found = [await self._collection.find_many({"_id": {"$in": part}}, limit=AT_ONCE) for part in parts]
        return [document for documents in found for document in documents]

    async def _loaded(self, id_: str) -> Document:
        document = await self._collection.find(id_)
        if document is None:
            raise Unknown("There is nothing by that id here.")
        return document

    async def _settle(
        self,
        id_: str,
        new: Callable[[], A] | None,
        act: Callable[[A], object],
        *,
        expecting: int | None,
        remember: bool,
    ) -> A:
        by = provenance()
        for attempt in range(ATTEMPTS):
            document = await self._collection.find(id_)
            if document is None:
                if new is None:
                    raise Unknown("There is nothing by that id here.")
                aggregate = new()
                if aggregate.id != id_:
                    raise ValueError("the new aggregate has another id")
                _perform(act, aggregate)
                if await self._insert(aggregate, by, remember=remember):
                    return aggregate
            else:
                aggregate = self._shape.aggregate(document)
                if _has_heard(document, by):
                    return aggregate
                if expecting is not None and document["version"] != expecting:
                    raise _stale(document)
                _perform(act, aggregate)
                if await self._update(document, aggregate, by, remember=remember):
                    return aggregate
            CONFLICTS.labels(self.name).inc()
            await asyncio.sleep(random.uniform(0, 0.01 * 2**attempt))  # noqa: S311 - jitter, not a secret
        raise Busy(f"{self.name}: lost {ATTEMPTS} races for one document")

    async def _insert(self, aggregate: A, by: Provenance, *, remember: bool) -> bool:
        document, envelopes = self._document(aggregate, by, remember=remember)
        if not await self._collection.insert(document):
            return False
        self._wrote(aggregate.id, 1, envelopes)
        return True

    def _document(self, aggregate: A, by: Provenance, *, remember: bool) -> tuple[Document, list[Envelope]]:
        """A new aggregate as it is put, and what it says."""
        recorded = self._record(aggregate, by, 0)
        document: Document = {
            "_id": aggregate.id,
            "version": 1,
            "sequence": recorded.sequence,
            "state": self._shape.state(aggregate),
            "keys": self._shape.keys(aggregate),
            "outbox": recorded.outbox,
            "waiting": len(recorded.envelopes),
            "outbox_at": recorded.at if recorded.envelopes else None,
            "urgent_at": recorded.at if recorded.urgent else None,
            "heard": [by.mark] if remember and by.mark else [],
            "due_at": self._shape.due_at(aggregate),
        }
        return document, recorded.envelopes

    async def _update(self, document: Document, aggregate: A, by: Provenance, *, remember: bool) -> bool:
        """True if written, or if there was nothing to write; False if somebody else was faster."""
        recorded = self._record(aggregate, by, document["sequence"])
        state = self._shape.state(aggregate)
        if not recorded.envelopes and self._same(document, state):
            return True
        version = document["version"] + 1
        fields: dict[str, Any] = {"version": version, "state": state}
        fields |= {
            name: value
            for name, value in (("keys", self._shape.keys(aggregate)), ("due_at", self._shape.due_at(aggregate)))
            if document.get(name) != value
        }
        change: dict[str, dict[str, Any]] = {"$set": fields}
        if recorded.envelopes:
            fields["sequence"] = recorded.sequence
            fields["outbox_at"] = document["outbox_at"] or recorded.at
            if recorded.urgent:
                fields["urgent_at"] = document["urgent_at"] or recorded.at
            fields |= {f"outbox.{id_}": entry for id_, entry in recorded.outbox.items()}
            change["$inc"] = {"waiting": len(recorded.envelopes)}
        if remember and by.mark:
            if len(document["heard"]) >= HEARD_LIMIT:
                HEARD_FULL.labels(self.name).inc()
                raise HeardFull(f"{self.name}: a document has heard {HEARD_LIMIT} commands and events")
            change["$push"] = {"heard": {"$each": [by.mark]}}
        if not await self._collection.update({"_id": document["_id"], "version": version - 1}, change):
            return False
        self._wrote(document["_id"], version, recorded.envelopes)
        return True

    def _same(self, document: Document, state: Document) -> bool:
        """Nothing changed, also where the stored state was written by an older shape of the class."""
        return document["state"] == state or self._shape.state(self._shape.aggregate(document)) == state

    def _record(self, aggregate: A, by: Provenance, sequence: int) -> Recorded:
        spoken = self._says.events_for(aggregate.take_facts())
        return record(spoken, by, service=self.service, after=sequence, at=self._clock.now())

    def _wrote(self, id_: str, version: int, envelopes: list[Envelope]) -> None:
        crash_point("after-write")
        if envelopes:
            self._database.written(self.name, id_, version, envelopes)


def _perform(act: Callable[[A], object], aggregate: A) -> None:
    done = act(aggregate)
    if inspect.iscoroutine(done):
        done.close()
        raise TypeError("what changes an aggregate is a plain function: nothing else may happen meanwhile")


def _stale(document: Document) -> Stale:
    stale = Stale("Somebody changed it since you looked.")
    stale.version = document["version"]
    return stale


def _has_heard(document: Document, by: Provenance) -> bool:
    """Whether the present command or reaction was applied before. `KeyReused` if with another body."""
    if by.mark is None:
        return False
    heard: list[str] = document["heard"]
    if by.mark in heard:
        return True
    if by.mark.startswith("command:"):
        key = by.mark.rpartition(":")[0] + ":"
        if any(mark.startswith(key) for mark in heard):
            raise KeyReused("This idempotency key was used before, with another body.")
    return False
