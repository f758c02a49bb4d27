"""Every operation on the short list, with every kind of value that documents hold: one suite, three stores."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from alliance.kernel import to_text
from alliance.store import Collection, Database, Update
from alliance.store.scalars import as_key, as_moment

from .builders import NOON

VALUES = [
    pytest.param("plain", id="text"),
    pytest.param("", id="empty-text"),
    pytest.param("Zoë ☂ 💐 \"quoted\" \\ 'single' \n\t", id="unicode"),
    pytest.param(to_text(NOON), id="instant"),
    pytest.param("2026-11-02", id="date"),
    pytest.param("0123456789abcdef01234567", id="looks-like-an-object-id"),
    pytest.param('{"looks": "like json"}', id="looks-like-json"),
    pytest.param("[1, 2]", id="looks-like-a-list"),
    pytest.param("1e3", id="looks-like-a-number"),
    pytest.param("null", id="looks-like-null"),
    pytest.param("$inc", id="dollar"),
    pytest.param(None, id="null"),
    pytest.param(0, id="zero"),
    pytest.param(-(2**62), id="large-number"),
    pytest.param({}, id="empty-document"),
    pytest.param([], id="empty-list"),
    pytest.param({"a": [True, False, None, {"b": [[1], "x"]}], "ü": {"c": to_text(NOON), "d": 1.5}}, id="nested"),
]


@pytest.fixture
def things(database: Database) -> Collection:
    return database.collection("things")


async def _found(things: Collection, where: dict[str, Any], **how: Any) -> list[str]:
    return sorted(document["_id"] for document in await things.find_many(where, **how))


@pytest.mark.parametrize("value", VALUES)
async def test_a_value_comes_back_from_every_way_in(things: Collection, value: object) -> None:
    await things.insert({"_id": "inserted", "value": value, "in": {"value": value}})
    await things.insert_many([{"_id": "many", "value": value, "in": {"value": value}}])
    await things.insert({"_id": "set", "value": "old", "in": {"other": 1}})
    await things.update({"_id": "set"}, {"$set": {"value": value, "in.value": value}})
    await things.insert({"_id": "bulk"})
    await things.bulk([Update({"_id": "bulk"}, {"$set": {"value": value, "in.value": value}})])
    await things.update({"_id": "upsert"}, {"$set": {"value": value, "in.value": value}}, upsert=True)
    for id_ in ("inserted", "many", "set", "bulk", "upsert"):
        document = await things.find(id_)
        assert document is not None
        assert (document["value"], document["in"]["value"]) == (value, value), id_
        assert isinstance(document["value"], type(value)), id_
    assert await things.find_many({}, limit=10) != []


UNSEARCHED = ("instant", "date", "empty-document", "empty-list", "nested", "null")
SEARCHED = [each for each in VALUES if each.id not in UNSEARCHED]


@pytest.mark.parametrize("value", [*SEARCHED, as_moment(NOON), as_key(NOON)])
async def test_a_scalar_is_found_by_its_value_with_and_without_an_index(things: Collection, value: object) -> None:
    await things.insert_many([{"_id": "a", "v": value, "in": {"v": value}}, {"_id": "b", "v": "x", "in": {"v": "y"}}])
    for _ in ("unindexed", "indexed"):
        assert await _found(things, {"v": value}) == ["a"]
        assert await _found(things, {"in.v": value, "_id": "a"}) == ["a"]
        assert await _found(things, {"v": value, "in.v": "y"}) == []
        await things.index("v", sparse=True)
        await things.index("in.v")


async def test_moments_are_told_apart_to_the_microsecond(things: Collection) -> None:
    moments = [as_moment(NOON + timedelta(microseconds=n)) for n in range(5)]
    await things.insert_many([{"_id": str(n), "at": moment} for n, moment in enumerate(moments)])
    for _ in ("unindexed", "indexed"):
        assert await _found(things, {"at": moments[2]}) == ["2"]
        assert await _found(things, {"at": {"$lte": moments[2]}}, sort="at") == ["0", "1", "2"]
        assert await _found(things, {"at": {"$gt": moments[2]}}, sort="at") == ["3", "4"]
        await things.index("at", sparse=True)


async def test_several_are_found_by_their_ids(things: Collection) -> None:
    await things.insert_many([{"_id": id_} for id_ in ("a", "b", "c", "0123456789abcdef01234567")])
    where = {"_id": {"$in": ["a", "c", "missing", "0123456789abcdef01234567"]}}
    assert await _found(things, where) == ["0123456789abcdef01234567", "a", "c"]


async def test_an_id_is_taken_once(things: Collection) -> None:
    assert await things.insert({"_id": "a", "n": 1})
    assert not await things.insert({"_id": "a", "n": 2})
    assert await things.find("a") == {"_id": "a", "n": 1}
    assert await things.find("b") is None


async def test_many_are_put_and_those_already_there_skipped(things: Collection) -> None:
    await things.insert({"_id": "b", "n": 0})
    documents = [{"_id": id_, "n": 1} for id_ in ("a", "b", "c", "a")]
    assert await things.insert_many(documents) == ["a", "c"]
    assert await things.insert_many(documents) == []
    assert await things.insert_many([]) == []
    assert await things.find("b") == {"_id": "b", "n": 0}


async def test_more_than_one_batch_is_put_at_once(things: Collection) -> None:
    assert len(await things.insert_many([{"_id": f"{n:04}", "n": n} for n in range(450)])) == 450
    assert len(await things.find_many({}, limit=500)) == 450


async def test_ranges_sort_and_limit_go_by_text_order(things: Collection) -> None:
    keys = ["open:0", "open:1:a", "open:10", "open:2", "openness", "shut:1", "Open:1", "ópen", "open:☂", "open:💐"]
    await things.insert_many([{"_id": f"{n}", "keys": {"k": key}} for n, key in enumerate(keys)])
    await things.insert_many([{"_id": "null", "keys": {"k": None}}, {"_id": "none", "keys": {}}, {"_id": "bare"}])
    for _ in ("unindexed", "indexed"):
        where = {"keys.k": {"$gte": "open:", "$lt": "open:\U0010ffff"}}
        found = [each["keys"]["k"] for each in await things.find_many(where, sort="keys.k")]
        assert found == ["open:0", "open:10", "open:1:a", "open:2", "open:☂", "open:💐"]
        limited = await things.find_many({"keys.k": {"$gt": "open:10"}}, sort="keys.k", limit=2)
        assert [each["keys"]["k"] for each in limited] == ["open:1:a", "open:2"]
        assert len(await things.find_many({"keys.k": {"$gte": ""}}, limit=50)) == len(keys)
        assert len(await things.find_many({"keys.k": {"$lte": "open:0"}})) == 2
        await things.index("keys.k")


async def test_numbers_are_compared_as_numbers(things: Collection) -> None:
    await things.insert_many([{"_id": str(n), "n": n} for n in (1, 2, 10, 9)])
    assert [each["n"] for each in await things.find_many({"n": {"$gt": 1}}, sort="n")] == [2, 9, 10]
    assert await _found(things, {"n": {"$gte": 2, "$lte": 9}}) == ["2", "9"]


async def test_a_conditional_update_changes_what_it_names_and_nothing_else(things: Collection) -> None:
    await things.insert({"_id": "a", "version": 1, "state": {"n": 1, "gone": 1}, "heard": ["x"], "outbox": {}})
    change: dict[str, Any] = {
        "$set": {"version": 2, "state": {"n": 2}, "outbox.e-1": {"id": "e-1", "data": {"deep": [1]}}, "at": "t"},
        "$push": {"heard": {"$each": ["y", '{"z": 1}']}},
        "$inc": {"waiting": 2},
    }
    assert not await things.update({"_id": "a", "version": 9}, change)
    assert await things.update({"_id": "a", "version": 1}, change)
    assert not await things.update({"_id": "a", "version": 1}, change)
    assert await things.find("a") == {
        "_id": "a",
        "version": 2,
        "state": {"n": 2},
        "heard": ["x", "y", '{"z": 1}'],
        "outbox": {"e-1": {"id": "e-1", "data": {"deep": [1]}}},
        "at": "t",
        "waiting": 2,
    }


async def test_an_entry_is_taken_out_once(things: Collection) -> None:
    await things.insert(
        {"_id": "a", "version": 3, "outbox": {"e-1": {"id": "e-1"}, "e-2": {"id": "e-2"}}, "waiting": 2}
    )
    taking = Update({"_id": "a", "outbox.e-1.id": "e-1"}, {"$unset": {"outbox.e-1": ""}, "$inc": {"waiting": -1}})
    missing = Update({"_id": "b", "outbox.e-1.id": "e-1"}, {"$unset": {"outbox.e-1": ""}})
    assert await things.bulk([taking, missing]) == 1
    assert await things.bulk([taking]) == 0
    assert not await things.update({"_id": "a", "waiting": 2, "outbox.e-2.id": "e-2"}, {"$set": {"at": None}})
    assert await things.update(
        {"_id": "a", "waiting": 1, "outbox.e-2.id": "e-2"}, {"$unset": {"outbox.e-2": ""}, "$set": {"at": None}}
    )
    assert await things.find("a") == {"_id": "a", "version": 3, "outbox": {}, "waiting": 1, "at": None}


async def test_fields_are_unset_and_scalars_pulled(things: Collection) -> None:
    await things.insert({"_id": "a", "x": 1, "in": {"y": 1, "z": 2}, "list": ["p", "q", "p", "r"]})
    assert await things.update({"_id": "a"}, {"$unset": {"x": "", "in.y": "", "no.such": ""}})
    assert await things.update({"_id": "a"}, {"$pull": {"list": "p"}})
    assert await things.find("a") == {"_id": "a", "in": {"z": 2}, "list": ["q", "r"]}
    assert await things.update({"_id": "a"}, {"$pull": {"list": "none"}, "$set": {"x": 2}})
    assert await things.find("a") == {"_id": "a", "in": {"z": 2}, "list": ["q", "r"], "x": 2}


async def test_an_upsert_puts_or_changes(things: Collection) -> None:
    change: dict[str, Any] = {"$inc": {"total": 2}, "$set": {"seen.at": "now"}}
    for _ in range(3):
        assert await things.update({"_id": "sum"}, change, upsert=True)
    assert await things.find("sum") == {"_id": "sum", "total": 6, "seen": {"at": "now"}}
    assert await things.bulk([Update({"_id": name}, change, upsert=True) for name in ("sum", "new")]) == 2
    assert (await things.find("new")) == {"_id": "new", "total": 2, "seen": {"at": "now"}}


async def test_an_upsert_under_a_condition_that_fails_changes_nothing(things: Collection) -> None:
    await things.insert({"_id": "a", "sequence": 5})
    late = {"$set": {"sequence": 4}}
    assert not await things.update({"_id": "a", "sequence": {"$lt": 4}}, late, upsert=True)
    assert await things.update({"_id": "b", "sequence": {"$lt": 4}}, late, upsert=True)
    assert await things.find("a") == {"_id": "a", "sequence": 5}
    assert await things.find("b") == {"_id": "b", "sequence": 4}


async def test_fifty_increments_at_once_add_up(things: Collection) -> None:
    await asyncio.gather(*(things.update({"_id": "sum"}, {"$inc": {"n": 1}}, upsert=True) for _ in range(50)))
    assert await things.find("sum") == {"_id": "sum", "n": 50}


async def test_of_fifty_conditional_updates_at_once_one_holds(things: Collection) -> None:
    await things.insert({"_id": "a", "version": 1})
    held = await asyncio.gather(
        *(things.update({"_id": "a", "version": 1}, {"$set": {"version": 2}}) for _ in range(50))
    )
    assert sum(held) == 1


async def test_counters_inside_a_document_add_up(things: Collection) -> None:
    await things.insert({"_id": "sum"})
    for _ in range(2):
        assert await things.update({"_id": "sum"}, {"$inc": {"by.area-1": 2, "by.area-2": -1}})
    assert await things.find("sum") == {"_id": "sum", "by": {"area-1": 4, "area-2": -2}}


async def test_what_is_found_is_deleted(things: Collection) -> None:
    await things.insert_many([{"_id": str(n), "at": f"@{n:02}"} for n in range(1, 9)])
    assert await things.delete({"at": {"$lt": "@04"}}) == 3
    assert await things.delete({"_id": "8"}) == 1
    assert await things.delete({"_id": "8"}) == 0
    assert await _found(things, {}) == ["4", "5", "6", "7"]


async def test_a_unique_key_is_taken_once_and_null_is_not_a_key_when_absent(things: Collection) -> None:
    await things.index("name", unique=True, sparse=True)
    assert await things.insert({"_id": "a", "name": "one"})
    assert not await things.insert({"_id": "b", "name": "one"})
    assert await things.insert({"_id": "c"})
    assert await things.insert({"_id": "d"})
    assert await things.insert_many([{"_id": "e", "name": "one"}, {"_id": "f", "name": "two"}]) == ["f"]
    assert not await things.update({"_id": "c"}, {"$set": {"name": "two"}})


async def test_a_sparse_index_finds_what_has_a_moment(things: Collection) -> None:
    await things.index("due_at", sparse=True)
    await things.insert_many([{"_id": "a", "due_at": None}, {"_id": "b", "due_at": "@01"}, {"_id": "c"}])
    assert await _found(things, {"due_at": {"$lte": "@02"}}, sort="due_at") == ["b"]
    await things.update({"_id": "a"}, {"$set": {"due_at": "@011"}})
    await things.update({"_id": "b"}, {"$set": {"due_at": None}})
    assert await _found(things, {"due_at": {"$lte": "@02"}}, sort="due_at") == ["a"]


async def test_making_an_index_twice_is_harmless(things: Collection) -> None:
    await things.index("n")
    await things.insert({"_id": "a", "n": 1})
    await things.index("n")
    assert await _found(things, {"n": 1}) == ["a"]
