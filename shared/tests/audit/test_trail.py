"""A trail grows at its end only, whoever writes, and what cannot be written is not passed over."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from alliance.access.trail import Trail, TrailAltered, TrailBusy
from alliance.access.verifying import verify
from alliance.kernel import FixedClock, derived_id
from alliance.store import Database, MemoryDatabase, StoreUnavailable

from .builders import CASE, PERSON, a_trail, an_entry, with_entries


@pytest.mark.parametrize(
    "changes",
    [
        {"actor": "Sam Example"},
        {"actor": "sam@example.org"},
        {"action": "read the case because she asked"},
        {"record_id": "NW1 6XE"},
        {"person_id": "Sam"},
        {"person_id": "485 777 3456"},
        {"outcome": "Refused!"},
        {"outcome": "refused\n"},
        {"issuer": "https://sign-in.example/?name=Sam Example"},
        {"role": ""},
        {"organisation": None},
        {"correlation_id": "x" * 65},
    ],
    ids=str,
)
def test_an_entry_has_no_room_for_text(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="an id or a code and nothing else") as refused:
        an_entry(**changes)
    assert str(next(iter(changes.values()))) not in str(refused.value) or changes == {"role": ""}


async def test_every_entry_follows_from_the_one_before(database: MemoryDatabase, clock: FixedClock) -> None:
    trail = a_trail(database, clock)
    first = await trail.note(an_entry())
    clock.advance(minutes=1)
    second = await trail.note(an_entry(outcome="done"))
    assert (first.sequence, second.sequence) == (1, 2)
    assert second.prev == first.hash
    assert (second.at - first.at).total_seconds() == 60
    assert await trail.head() == await a_trail(database).head()


async def test_a_trail_goes_on_after_a_restart(database: MemoryDatabase) -> None:
    await with_entries(a_trail(database), 3)
    lines = await with_entries(a_trail(database), 2)
    assert [line["body"]["sequence"] for line in lines] == [1, 2, 3, 4, 5]
    assert verify(lines, service="triage") == []


@pytest.mark.parametrize("each", [10, 30])
async def test_replicas_that_write_at_once_make_one_chain(replicas: list[Database], each: int) -> None:
    trails = [a_trail(database) for database in (*replicas, replicas[0])]
    await trails[0].prepare()
    writing = [
        trail.note(an_entry(actor=f"staff-{n}-{index}")) for index, trail in enumerate(trails) for n in range(each)
    ]
    noted = await asyncio.gather(*writing)
    lines = [dict(line) async for line in trails[0].chain(size=7)]
    assert sorted(one.sequence for one in noted) == list(range(1, 3 * each + 1))
    assert {line["body"]["actor"] for line in lines} == {
        f"staff-{n}-{index}" for index in range(3) for n in range(each)
    }
    assert verify(lines, service="triage") == []


async def test_without_looking_again_a_replica_would_lose_entries(database: MemoryDatabase) -> None:
    """The race is real: the guard is that the place in the chain is the document's id."""
    first, second = a_trail(database), a_trail(database)
    await first.note(an_entry())
    await second.note(an_entry(actor="staff-8"))
    assert (await first.note(an_entry(actor="staff-9"))).sequence == 3


class Failing:
    """Lines that cannot be reached, or whose answer is lost after the write."""

    def __init__(self, inner: Any, *, after_writing: bool) -> None:
        self.inner, self.after_writing, self.broken = inner, after_writing, True

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)

    async def insert(self, document: dict[str, Any]) -> bool:
        if not self.broken:
            return bool(await self.inner.insert(document))
        if self.after_writing:
            await self.inner.insert(document)
        raise StoreUnavailable("the store did not answer")


@pytest.mark.parametrize("after_writing", [False, True])
async def test_what_cannot_be_noted_is_raised_and_the_chain_stays_whole(
    database: MemoryDatabase, after_writing: bool
) -> None:
    await with_entries(a_trail(database), 2)
    lines = Failing(database.collection("audit"), after_writing=after_writing)
    trail = Trail(lines, FixedClock(), "triage")
    with pytest.raises(StoreUnavailable):
        await trail.note(an_entry())
    lines.broken = False
    await trail.note(an_entry())
    chain = [dict(line) async for line in trail.chain()]
    assert len(chain) == (4 if after_writing else 3)
    assert verify(chain, service="triage") == []


async def test_an_end_that_is_always_taken_is_given_up_as_something_that_passes(database: MemoryDatabase) -> None:
    class Taken(Failing):
        async def insert(self, document: dict[str, Any]) -> bool:
            return False

    trail = Trail(Taken(database.collection("audit"), after_writing=False), FixedClock(), "triage")
    with pytest.raises(TrailBusy) as busy:
        await trail.note(an_entry())
    assert busy.type.transient


async def test_nothing_follows_an_end_that_is_no_entry(database: MemoryDatabase) -> None:
    await database.collection("audit").insert({"_id": "planted", "newest": "=0"})
    with pytest.raises(TrailAltered):
        await a_trail(database).note(an_entry())


async def test_entries_of_one_record_and_of_one_person_are_listed_newest_first(replicas: list[Database]) -> None:
    trail, other = a_trail(replicas[0]), derived_id("made-up", "another")
    await trail.prepare()
    for n in range(5):
        await trail.note(an_entry(actor=f"staff-{n}"))
        await trail.note(an_entry(record_id=other, person_id=other, actor="stranger"))
    first = await trail.of_record("case", CASE, limit=3)
    assert [noted.entry.actor for noted in first.entries] == ["staff-4", "staff-3", "staff-2"]
    last = await trail.of_record("case", CASE, after=first.next, limit=3)
    assert [noted.entry.actor for noted in last.entries] == ["staff-1", "staff-0"]
    assert last.next is None
    assert len((await trail.of_person(PERSON)).entries) == 5
    assert (await trail.of_record("home", CASE)).entries == ()
    assert [noted.sequence for noted in (await trail.entries(limit=2)).entries] == [10, 9]


async def test_what_deserves_a_second_look_is_listed_by_its_reason(database: MemoryDatabase) -> None:
    trail = a_trail(database)
    await trail.note(an_entry())
    await trail.note(an_entry(outcome="refused", ground="none", role=None))
    await trail.note(an_entry(ground="glass-broken"))
    await trail.note(an_entry(action="glass.break", outcome="done"))
    assert [noted.sequence for noted in (await trail.of_note("refused")).entries] == [2]
    assert [noted.sequence for noted in (await trail.of_note("glass-broken")).entries] == [4, 3]


async def test_an_entry_that_was_altered_or_planted_is_not_shown_as_if_it_were_true(database: MemoryDatabase) -> None:
    trail, lines = a_trail(database), database.collection("audit")
    noted = await trail.note(an_entry())
    await lines.update({"_id": noted.line["_id"]}, {"$set": {"body.actor": "staff-8"}})
    planted = replace(noted, sequence=7, entry=an_entry(actor="staff-9"))
    await lines.insert({**planted.line, "_id": "planted"})
    leaf = await trail.of_record("case", CASE)
    assert (leaf.entries, leaf.altered) == ((), 2)
