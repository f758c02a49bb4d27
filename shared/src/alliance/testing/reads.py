"""How often, and how many documents at a time, something reads the store: for tests that a list is read by the page."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from alliance.store import MemoryDatabase
from alliance.store.memory import MemoryCollection
from alliance.store.protocols import Document, Filter


@dataclass(frozen=True)
class Read:
    """One question to the store, and how many documents it was answered with."""

    collection: str
    documents: int


@contextmanager
def reads_of(database: MemoryDatabase, *collections: str) -> Iterator[list[Read]]:
    """What is read of these collections within the block, in order."""
    reads: list[Read] = []
    watched = [database.collection(name) for name in collections]
    for each in watched:
        _watch(each, reads)
    try:
        yield reads
    finally:
        for each in watched:
            del each.find, each.find_many


def _watch(collection: Any, reads: list[Read]) -> None:
    """Named on the one collection, beside the class, whose own they hide until they are deleted."""
    plain: MemoryCollection = collection
    find, find_many = plain.find, plain.find_many

    async def finding(id_: str) -> Document | None:
        found = await find(id_)
        reads.append(Read(plain.name, 0 if found is None else 1))
        return found

    async def finding_many(where: Filter, *, sort: str | None = None, limit: int = 100) -> list[Document]:
        found = await find_many(where, sort=sort, limit=limit)
        reads.append(Read(plain.name, len(found)))
        return found

    collection.find, collection.find_many = finding, finding_many
