"""The store in memory, and on a real server."""

import asyncio
import secrets
from collections.abc import AsyncIterator

import pytest

from alliance.store import Database, MemoryDatabase, MongoDatabase
from alliance.store.memory import MemoryCollection
from alliance.store.protocols import Document
from alliance_deploy.embedded import StoreServer


class _Slow(MemoryCollection):
    """Lets others run before and after it writes, as a server far away would."""

    async def insert(self, document: Document) -> bool:
        await asyncio.sleep(0)
        done = await super().insert(document)
        await asyncio.sleep(0)
        return done


class SlowMemory(MemoryDatabase):
    def collection(self, name: str) -> MemoryCollection:
        return self._collections.setdefault(name, _Slow(name))


@pytest.fixture(params=["memory", pytest.param("real", marks=pytest.mark.store)])
async def replicas(request: pytest.FixtureRequest, store_server: StoreServer) -> AsyncIterator[list[Database]]:
    """One database, as two replicas of a service see it."""
    if request.param == "memory":
        yield [SlowMemory()] * 2
        return
    name = f"test_{secrets.token_hex(4)}"
    databases = [MongoDatabase(store_server.url, name) for _ in range(2)]
    yield list(databases)
    await databases[0]._client.drop_database(name)
    for database in databases:
        await database.close()
