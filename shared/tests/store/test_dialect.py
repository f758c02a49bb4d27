"""What does not mean the same on every server is refused by every store, before anything is sent."""

from typing import Any

import pytest

from alliance.kernel import to_text
from alliance.store import Collection, Database, Update

from .builders import NOON


@pytest.fixture
def things(database: Database) -> Collection:
    return database.collection("things")


@pytest.mark.parametrize(
    "where",
    [
        {"at": to_text(NOON)},
        {"at": {"$lte": "2026-11-02"}},
        {"at": "01/02/2026 is a date"},
        {"$or": [{"a": 1}, {"b": 1}]},
        {"a": {"$ne": 1}},
        {"a": {"$exists": True}},
        {"a": {"$in": ["x"]}},
        {"_id": {"$gt": "a"}},
    ],
    ids=str,
)
async def test_a_filter_that_does_not_mean_the_same_everywhere_is_refused(
    things: Collection, where: dict[str, Any]
) -> None:
    for call in (
        things.find_many(where),
        things.update(where, {"$set": {"a": 1}}),
        things.bulk([Update(where, {"$set": {"a": 1}})]),
        things.delete(where),
    ):
        with pytest.raises(ValueError, match=r"short list|as text"):
            await call


@pytest.mark.parametrize(
    "change",
    [
        {"$push": {"list": {"$each": [{"a": 1}]}}},
        {"$push": {"list": {"$each": [True]}}},
        {"$push": {"list": "x"}},
        {"$pull": {"list": {"a": 1}}},
        {"$set": {"flag": True}},
        {"$set": {"at": NOON}},
        {"$rename": {"a": "b"}},
    ],
    ids=str,
)
async def test_what_does_not_mean_the_same_everywhere_is_refused(things: Collection, change: dict[str, Any]) -> None:
    await things.insert({"_id": "a"})
    with pytest.raises(ValueError, match=r"short list|mean the same"):
        await things.update({"_id": "a"}, change)
    with pytest.raises(ValueError, match=r"short list|mean the same"):
        await things.bulk([Update({"_id": "a"}, change)])
    with pytest.raises(ValueError, match="whole fields"):
        await things.update({"_id": "b"}, {"$inc": {"by.area-1": 1}}, upsert=True)
    assert await things.find_many({}) == [{"_id": "a"}]
