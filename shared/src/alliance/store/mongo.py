"""The store on a MongoDB server, or whatever speaks its protocol: the short list of operations and nothing else."""

import inspect
from collections.abc import Sequence
from typing import Any, cast

from pymongo import UpdateOne
from pymongo.errors import BulkWriteError, DuplicateKeyError

from alliance.kernel import Clock
from alliance.store.client import connect
from alliance.store.dialect import check
from alliance.store.faults import DUPLICATE, faults
from alliance.store.indexes import AGGREGATE_INDEXES
from alliance.store.outboxes import Outboxes
from alliance.store.protocols import Change, Document, Filter, Update


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
        ids = [document["_id"] for document in documents]
        if not ids:
            return []
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
        cursor = self._collection.find(where, limit=limit, batch_size=limit)
        if sort is not None:
            cursor = cursor.sort(sort, 1)
        with faults():
            return cast(list[Document], await cursor.to_list(limit))

    async def update(self, where: Filter, change: Change, *, upsert: bool = False) -> bool:
        check(change, upsert=upsert)
        with faults():
            try:
                result = await self._collection.update_one(where, change, upsert=upsert)
            except DuplicateKeyError:
                if not upsert:
                    return False
                result = await self._collection.update_one(where, change)
            return bool(result.matched_count or result.upserted_id is not None)

    async def bulk(self, updates: Sequence[Update]) -> int:
        if not updates:
            return 0
        for each in updates:
            check(each.change, upsert=each.upsert)
        with faults():
            result = await self._collection.bulk_write(
                [UpdateOne(each.where, each.change, upsert=each.upsert) for each in updates], ordered=False
            )
            return cast(int, result.matched_count + result.upserted_count)

    async def delete(self, where: Filter) -> int:
        with faults():
            return cast(int, (await self._collection.delete_many(where)).deleted_count)

    async def index(self, field: str, *, unique: bool = False, sparse: bool = False) -> None:
        with faults():
            await self._collection.create_index([(field, 1)], unique=unique, sparse=sparse)
