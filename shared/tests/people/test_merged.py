"""Asked of many people at once, the answers are those that one gets by asking of each, in reads that do not grow."""

from collections.abc import Iterable
from datetime import date

import pytest

from alliance.kernel import FixedClock, derived_id, new_id
from alliance.people import Known, known
from alliance.service.knowing import COLLECTION, known_by
from alliance.store import MemoryDatabase
from alliance.testing import as_staff
from alliance.testing.reads import reads_of

NINE = FixedClock().now()
A, B, C, D, E = (derived_id("made-up", letter) for letter in "abcde")
STORIES: dict[str, list[tuple[str, str]]] = {
    "nobody is merged": [],
    "one into another": [(A, B)],
    "two into one": [(A, C), (B, C)],
    "one after the other": [(A, B), (B, C), (C, D)],
    "a tree": [(A, B), (B, D), (C, D), (D, E)],
    "a circle": [(A, B), (B, A)],
    "a circle and more": [(A, B), (B, C), (C, B), (D, A)],
}


def everybody(database: MemoryDatabase) -> Known:
    return known_by("triage", database=database, clock=FixedClock(), organisation="slam")


async def merge(who: Known, pairs: Iterable[tuple[str, str]]) -> None:
    with as_staff():
        for merged, survivor in pairs:
            await who.merge(merged, survivor, merge_id=new_id(), at=NINE)


@pytest.mark.parametrize("pairs", STORIES.values(), ids=STORIES)
async def test_the_same_records_are_one_persons_as_when_one_asks_of_each(
    database: MemoryDatabase, pairs: list[tuple[str, str]]
) -> None:
    who = everybody(database)
    await merge(who, pairs)
    merged = await who.merged()
    for each in (A, B, C, D, E):
        asked = await who.ids_of(each)
        assert (merged.ids_of(each)[0], set(merged.ids_of(each))) == (asked[0], set(asked))


async def test_a_merge_that_was_undone_counts_no_longer(database: MemoryDatabase) -> None:
    who, merge_id = everybody(database), new_id()
    with as_staff():
        await who.merge(A, B, merge_id=merge_id, at=NINE)
        await who.unmerge(A, merge_id)
    assert (await who.merged()).ids_of(A) == (A,)


@pytest.mark.parametrize("survivors", [1, 2, 7])
async def test_none_is_lost_where_a_page_ends(
    database: MemoryDatabase, monkeypatch: pytest.MonkeyPatch, survivors: int
) -> None:
    """A page ends among records that were merged into the same one."""
    monkeypatch.setattr(known, "AT_ONCE", 3)
    who = everybody(database)
    goes_on = [derived_id("made-up", f"survivor {number}") for number in range(survivors)]
    gone = [derived_id("made-up", f"merged {number}") for number in range(20)]
    await merge(who, [(each, goes_on[place % survivors]) for place, each in enumerate(gone)])
    merged = await who.merged()
    assert [merged.survivor_of(each) for each in gone] == [goes_on[place % survivors] for place in range(20)]


async def test_deaths_of_many_are_those_of_each_by_whichever_record(database: MemoryDatabase) -> None:
    who = everybody(database)
    await merge(who, [(A, B), (C, D)])
    with as_staff():
        await who.follow_death(A, date(2026, 10, 1), sequence=1)
        await who.follow_death(D, date(2026, 10, 2), sequence=1)
        await who.follow_death(E, date(2026, 10, 3), sequence=1)
        await who.follow_death(E, None, sequence=2)
    asked = {each: await who.died_on(each) for each in (A, B, C, D, E)}
    assert await who.deaths(list(asked)) == {id_: day for id_, day in asked.items() if day}
    assert sorted(map(str, (await who.deaths([A, B])).values())) == ["2026-10-01", "2026-10-01"]
    assert await who.deaths([]) == {}


async def test_deaths_of_a_page_of_people_take_no_more_reads_than_of_one(database: MemoryDatabase) -> None:
    who = everybody(database)
    people = [derived_id("made-up", f"{number}") for number in range(90)]
    await merge(who, [(A, people[0])])
    for asked in (people[:1], people):
        with reads_of(database, COLLECTION) as reads:
            await who.deaths(asked)
        assert len(reads) <= 2
