"""A store that is away is one transient error, whatever the driver calls it; mistakes stay mistakes."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from pymongo.errors import (
    AutoReconnect,
    BulkWriteError,
    InvalidOperation,
    NetworkTimeout,
    NotPrimaryError,
    OperationFailure,
    PyMongoError,
    ServerSelectionTimeoutError,
    WaitQueueTimeoutError,
    WriteConcernError,
    WriteError,
    WTimeoutError,
)

from alliance.store import Busy, MongoDatabase, StoreUnavailable, client
from alliance.store.faults import passing

pytestmark = pytest.mark.store


@pytest.fixture
async def silent_url() -> AsyncIterator[str]:
    """Something listens but never answers."""

    async def ignore(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    server = await asyncio.start_server(ignore, "127.0.0.1", 0)
    yield f"mongodb://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    server.close()


@pytest.fixture
async def closed_url() -> str:
    """Nothing listens."""
    server = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()
    return f"mongodb://127.0.0.1:{port}"


@pytest.mark.parametrize("driver", ["pymongo", "motor"])
async def test_a_store_that_is_away_is_unavailable(
    closed_url: str, silent_url: str, driver: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(client.OPTIONS, "serverSelectionTimeoutMS", 50)
    monkeypatch.setitem(client.OPTIONS, "connectTimeoutMS", 50)
    for url in (closed_url, silent_url):
        database = MongoDatabase(url, "away", driver)
        things = database.collection("things")
        for call in (
            database.ping(),
            database.warm(),
            things.find("a"),
            things.find_many({"a": 1}, sort="a"),
            things.insert({"_id": "a"}),
            things.insert_many([{"_id": "a"}]),
            things.update({"_id": "a"}, {"$set": {"a": 1}}),
            things.delete({"_id": "a"}),
            things.index("a"),
        ):
            with pytest.raises(StoreUnavailable):
                await call
        await database.close()


@pytest.mark.parametrize("driver", ["pymongo", "motor"])
async def test_a_store_that_was_closed_is_unavailable(store_url: str, driver: str) -> None:
    database = MongoDatabase(store_url, "closed", driver)
    await database.ping()
    await database.close()
    with pytest.raises(StoreUnavailable):
        await database.collection("things").find("a")


def test_both_faults_are_marked_as_transient() -> None:
    assert StoreUnavailable.transient
    assert Busy.transient


@pytest.mark.parametrize(
    ("error", "passes"),
    [
        (AutoReconnect("x"), True),
        (NetworkTimeout("x"), True),
        (ServerSelectionTimeoutError("x"), True),
        (NotPrimaryError("x"), True),
        (WaitQueueTimeoutError("x"), True),
        (WTimeoutError("x", 64), True),
        (WriteConcernError("x", 64), True),
        (OperationFailure("primary stepped down", 189), True),
        (OperationFailure("x", 1, {"errorLabels": ["RetryableWriteError"]}), True),
        (WriteError("database is locked", 8), True),
        (BulkWriteError({"writeErrors": [{"code": 8, "errmsg": "database is locked"}]}), True),
        (BulkWriteError({"writeErrors": [{"code": 8, "errmsg": "database is locked"}, {"code": 2}]}), False),
        (OperationFailure("not authorized", 13), False),
        (WriteError("document too large", 17419), False),
        (InvalidOperation("Cannot use AsyncMongoClient after close"), True),
        (InvalidOperation("No operations to execute"), False),
    ],
    ids=str,
)
def test_what_may_pass_is_told_from_what_will_not(error: PyMongoError, passes: bool) -> None:
    assert passing(error) is passes
