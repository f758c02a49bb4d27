"""The store three times over: in memory, and on a real server with either driver."""

import os
import secrets
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest

from alliance.kernel import Provenance
from alliance.store import Database, Documents, MemoryDatabase, MongoDatabase
from alliance.testing import as_staff
from alliance_deploy.embedded import StoreServer

from .builders import Tally, tallies
from .differences import SEEN

REAL = [pytest.param("pymongo", marks=pytest.mark.store), pytest.param("motor", marks=pytest.mark.store)]


@pytest.fixture(scope="session")
async def store_url(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """The server that `ALLIANCE_MONGODB_URL` names, else the embedded one."""
    if url := os.environ.get("ALLIANCE_MONGODB_URL"):
        yield url
        return
    server = StoreServer(tmp_path_factory.mktemp("store"))
    await server.start()
    yield server.url
    await server.stop()


@asynccontextmanager
async def _opened(driver: str, url: str) -> AsyncIterator[Database]:
    if driver == "memory":
        yield MemoryDatabase()
        return
    database = MongoDatabase(url, f"test_{secrets.token_hex(4)}", driver)
    yield database
    await database._client.drop_database(database.name)
    await database.close()


@pytest.fixture(params=["memory", *REAL])
async def database(request: pytest.FixtureRequest, store_url: str) -> AsyncIterator[Database]:
    async with _opened(request.param, store_url) as opened:
        yield opened


@pytest.fixture(params=REAL)
async def real_database(request: pytest.FixtureRequest, store_url: str) -> AsyncIterator[Database]:
    async with _opened(request.param, store_url) as opened:
        yield opened


@pytest.fixture
async def documents(database: Database) -> Documents[Tally]:
    collection = tallies(database)
    await database.warm()
    return collection


@pytest.fixture
def staff() -> Iterator[Provenance]:
    with as_staff() as somebody:
        yield somebody


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if SEEN:
        terminalreporter.section("the store's server, compared with MongoDB")
        for line in sorted(SEEN):
            terminalreporter.write_line(line)
