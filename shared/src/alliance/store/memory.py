"""The store in memory: the twin of `MongoDatabase` for tests, which accepts only the short list of operations."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import bson

from alliance.kernel import Clock
from alliance.store.dialect import check_change, check_filter
from alliance.store.matching import apply, matches, value_at
from alliance.store.outboxes import Outboxes
from alliance.store.protocols import Change, Document, Filter, Update


class MemoryDatabase(Outboxes):
    """Everything is gone with the process. One event loop; no operation awaits, so each is atomic."""

    def __init__(self, clock: Clock | None = None) -> None:
        super().__init__(clock)
        self._collections: dict[str, MemoryCollection] = {}

    def collection(self, name: str) -> "MemoryCollection":
        return self._collections.setdefault(name, MemoryCollection(name))

    async def ensure_indexes(self) -> None:
        """Nothing to do: everything is found by looking."""

    async def ping(self) -> None:
        """Always there."""

    async def warm(self) -> None:
        """Always warm."""

    async def close(self) -> None:
        """Keeps what it has, so that a test may look afterwards."""


class MemoryCollection:
    """Documents go in and come out through BSON, so that what a server would refuse or change shows here too."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._documents: dict[str, Document] = {}
        self._unique: set[str] = set()

    async def insert(self, document: Document) -> bool:
        return self._put(_copy(document))

    async def insert_many(self, documents: Sequence[Document]) -> list[str]:
        return [document["_id"] for document in documents if self._put(_copy(document))]

    async def find(self, id_: str) -> Document | None:
        document = self._documents.get(id_)
        return None if document is None else _copy(document)

    async def find_many(self, where: Filter, *, sort: str | None = None, limit: int = 100) -> list[Document]:
        found = list(self._matching(where))
        if sort is not None:
            found.sort(key=lambda document: (value_at(document, sort) is not None, value_at(document, sort)))
        return [_copy(document) for document in found[:limit]]

    async def update(self, where: Filter, change: Change, *, upsert: bool = False) -> bool:
        return self._change(where, change, upsert=upsert)

    async def bulk(self, updates: Sequence[Update]) -> int:
        return sum(self._change(each.where, each.change, upsert=each.upsert) for each in updates)

    async def delete(self, where: Filter) -> int:
        gone = [document["_id"] for document in self._matching(where)]
        for id_ in gone:
            del self._documents[id_]
        return len(gone)

    async def index(self, field: str, *, unique: bool = False, sparse: bool = False) -> None:
        if unique:
            self._unique.add(field)

    def _matching(self, where: Filter) -> Iterator[Document]:
        check_filter(where)
        id_ = where.get("_id")
        if isinstance(id_, str):
            candidates = [self._documents[id_]] if id_ in self._documents else []
        else:
            candidates = list(self._documents.values())
        return (document for document in candidates if matches(document, where))

    def _change(self, where: Filter, change: Change, *, upsert: bool) -> bool:
        check_change(change, upsert=upsert)
        for document in self._matching(where):
            changed = _copy(document)
            apply(changed, _copy(change))
            if self._taken(changed):
                return False
            self._documents[changed["_id"]] = changed
            return True
        if not upsert:
            return False
        fresh = {name: value for name, value in where.items() if not isinstance(value, Mapping)}
        apply(fresh, _copy(change))
        return self._put(fresh)

    def _put(self, document: Document) -> bool:
        if not isinstance(document.get("_id"), str):
            raise TypeError("an _id is text")
        if document["_id"] in self._documents or self._taken(document):
            return False
        self._documents[document["_id"]] = document
        return True

    def _taken(self, document: Document) -> bool:
        return any(
            other["_id"] != document["_id"] and value_at(other, field) == value_at(document, field)
            for field in self._unique
            for other in self._documents.values()
            if value_at(document, field) is not None
        )


def _copy(document: Mapping[str, Any]) -> Document:
    return bson.decode(bson.encode(document))
