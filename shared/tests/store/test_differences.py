"""What the server does otherwise than MongoDB, outside the short list: why these operations are not in use."""

import os
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from bson.decimal128 import Decimal128
from pymongo.errors import PyMongoError

from alliance.kernel import to_text
from alliance.store import MongoDatabase

from .builders import NOON
from .differences import SEEN

Probe = Callable[[Any], Awaitable[Any]]


async def _pushed_document(things: Any) -> Any:
    await things.insert_one({"_id": "a", "list": [{"n": 1}]})
    await things.update_one({"_id": "a"}, {"$push": {"list": {"$each": [{"n": 2}]}}})
    return (await things.find_one({"_id": "a"}))["list"]


async def _lone_boolean(things: Any) -> Any:
    await things.insert_one({"_id": "a"})
    await things.update_one({"_id": "a"}, {"$set": {"flag": True}})
    return (await things.find_one({"_id": "a"}))["flag"]


async def _lone_datetime(things: Any) -> Any:
    await things.insert_one({"_id": "a"})
    await things.update_one({"_id": "a"}, {"$set": {"at": datetime(2026, 11, 2, tzinfo=UTC)}})
    return type((await things.find_one({"_id": "a"}))["at"]).__name__


async def _dotted_upsert(things: Any) -> Any:
    await things.update_one({"_id": "a"}, {"$inc": {"by.area": 1}}, upsert=True)
    return await things.find_one({"_id": "a"})


async def _text_like_a_date(things: Any) -> Any:
    texts = [to_text(NOON), to_text(NOON.replace(microsecond=1))]
    await things.insert_many([{"_id": str(n), "at": text} for n, text in enumerate(texts)])
    return len(await things.find({"at": {"$lte": texts[0]}}).to_list(None))


async def _or_beside_equality(things: Any) -> Any:
    await things.insert_many([{"_id": "a", "v": "x", "n": 1}, {"_id": "b", "v": "x", "n": 3}])
    return [each["_id"] for each in await things.find({"v": "x", "$or": [{"n": 1}, {"n": 2}]}).to_list(None)]


async def _whole_list(things: Any) -> Any:
    await things.insert_one({"_id": "a", "list": ["x"]})
    return len(await things.find({"list": ["x"]}).to_list(None))


async def _indexed_list(things: Any) -> Any:
    await things.insert_one({"_id": "a", "list": ["x", "y"]})
    await things.create_index("list")
    return len(await things.find({"list": "x"}).to_list(None))


async def _decimal(things: Any) -> Any:
    await things.insert_one({"_id": "a", "pounds": Decimal128("1.10")})
    return str((await things.find_one({"_id": "a"}))["pounds"])


PROBES: dict[str, tuple[Probe, Any]] = {
    "a pushed sub-document": (_pushed_document, [{"n": 1}, {"n": 2}]),
    "a lone boolean that is set": (_lone_boolean, True),
    "a lone datetime that is set": (_lone_datetime, "datetime"),
    "an upsert by a dotted path": (_dotted_upsert, {"_id": "a", "by": {"area": 1}}),
    "text that looks like an instant, by range": (_text_like_a_date, 1),
    "$or beside an equality": (_or_beside_equality, ["a"]),
    "equality with a whole list": (_whole_list, 1),
    "a value in an indexed list": (_indexed_list, 1),
    "a decimal": (_decimal, "1.10"),
}

EMBEDDED = PROBES.keys() - {"$or beside an equality"}
"""The known differences of the embedded server: when this fails, the server has changed, perhaps for the better."""


@pytest.mark.parametrize("name", PROBES)
async def test_the_known_differences_are_the_real_ones(name: str, real_database: MongoDatabase) -> None:
    probe, expected = PROBES[name]
    try:
        observed = await probe(real_database._database["probed"])
    except PyMongoError as error:
        observed = type(error).__name__
    differs = type(observed) is not type(expected) or observed != expected
    if differs:
        SEEN.add(f"{name}: {observed!r} instead of {expected!r}")
    if not os.environ.get("ALLIANCE_MONGODB_URL"):
        assert differs is (name in EMBEDDED), observed
