"""The store on a MongoDB server, or whatever speaks its protocol: the short list of operations and nothing else."""

import inspect
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar, cast

from pymongo import UpdateOne
from pymongo.errors import BulkWriteError, DuplicateKeyError

from alliance.kernel import Clock
from alliance.store.client import connect
from alliance.store.dialect import check_change, check_filter
from alliance.store.faults import DUPLICATE, faults
from alliance.store.indexes import AGGREGATE_INDEXES
from alliance.store.outboxes import Outboxes
from alliance.store.protocols import Change, Document, Filter, Update

BATCH = 200
"""Writes sent at once: few enough to be answered well before the connection times out."""

T = TypeVar("T")


class MongoDatabase(Outboxes):
    """One database on the server behind `url`; made and used within one event loop."""

    def __init__(self, url: str, name: str, driver: str = "pymongo", *, clock: Clock | None = None) -> None:
        super().__init__(clock)
        self.name = name
        self._client = connect(url, driver)
        self._database = self._client[name]

    def collection(self, name: str) -> "MongoCollection":
        return MongoCollection(name, self._database[name])

    async def ensure_indexes(self) -> None:
        """Index the timers, the outboxes and the keys of every registered collection of aggregates."""
        for name, indexed in self.aggregates.items():
            collection = self.collection(name)
            for field in AGGREGATE_INDEXES:
                await collection.index(field, sparse=True)
            for key in indexed:
                await collection.index(f"keys.{key}")

    async def ping(self) -> None:
        with faults():
            await self._client.admin.command("ping")

    async def warm(self) -> None:
        await self.ping()
        await self.ensure_indexes()

    async def close(self) -> None:
        closing = self._client.close()
        if inspect.isawaitable(closing):
            await closing


def _batches(parts: Sequence[T]) -> Iterator[Sequence[T]]:
    return (parts[start : start + BATCH] for start in range(0, len(parts), BATCH))


class MongoCollection:
    def __init__(self, name: str, collection: Any) -> None:
        self.name = name
        self._collection = collection

    async def insert(self, document: Document) -> bool:
        with faults():
            try:
                await self._collection.insert_one(document)
            except DuplicateKeyError:
                return False
            return True

    async def insert_many(self, documents: Sequence[Document]) -> list[str]:
        return [id_ for batch in _batches(documents) for id_ in await self._insert_batch(batch)]

    async def _insert_batch(self, documents: Sequence[Document]) -> list[str]:
        ids = [document["_id"] for document in documents]
        with faults():
            try:
                await self._collection.insert_many(documents, ordered=False)
            except BulkWriteError as error:
                failed = error.details["writeErrors"]
                if any(each["code"] != DUPLICATE for each in failed):
                    raise
                taken = {each["index"] for each in failed}
                return [id_ for index, id_ in enumerate(ids) if index not in taken]
            return ids

    async def find(self, id_: str) -> Document | None:
        with faults():
            return cast(Document | None, await self._collection.find_one({"_id": id_}))

    async def find_many(self, where: Filter, *, sort: str | None = None, limit: int = 100) -> list[Document]:
        check_filter(where)
        cursor = self._collection.find(where, limit=limit, batch_size=limit)
        if sort is not None:
            cursor = cursor.sort(sort, 1)
        with faults():
            return cast(list[Document], await cursor.to_list(limit))

    async def update(self, where: Filter, change: Change, *, upsert: bool = False) -> bool:
        check_filter(where)
        check_change(change, upsert=upsert)
        with faults():
            try:
                result = await self._collection.update_one(where, change, upsert=upsert)
            except DuplicateKeyError:
                if not upsert:
                    return False
                result = await self._collection.update_one(where, change)
            return bool(result.matched_count or result.upserted_id is not None)

    async def bulk(self, updates: Sequence[Update]) -> int:
        for each in updates:
            check_filter(each.where)
            check_change(each.change, upsert=each.upsert)
        found = 0
        for batch in _batches(updates):
            changes = [UpdateOne(each.where, each.change, upsert=each.upsert) for each in batch]
            with faults():
                result = await self._collection.bulk_write(changes, ordered=False)
            found += result.matched_count + result.upserted_count
        return found

    async def delete(self, where: Filter) -> int:
        check_filter(where)
        with faults():
            return cast(int, (await self._collection.delete_many(where)).deleted_count)

    async def index(self, field: str, *, unique: bool = False, sparse: bool = False) -> None:
        with faults():
            await self._collection.create_index([(field, 1)], unique=unique, sparse=sparse)
