"""Aggregates as documents: one suite for the store in memory and the real ones."""

import asyncio

import pytest

from alliance.kernel import Stale, Unknown, derived_id, new_id
from alliance.store import AlreadyThere, Database, Documents, HeardFull, KeyReused
from alliance.store.documents import AT_ONCE
from alliance.testing import as_staff

from .builders import Colour, EnoughCounted, Tally, a_full_tally, a_tally, fifty_changes_at_once, tallies

pytestmark = pytest.mark.usefixtures("staff")


async def test_an_aggregate_comes_back_as_it_went_in(documents: Documents[Tally]) -> None:
    tally = await documents.add(a_full_tally())
    assert await documents.get(tally.id) == tally


async def test_state_that_was_changed_comes_back_as_it_went_in(documents: Documents[Tally]) -> None:
    tally, full = await documents.add(a_tally()), a_full_tally()

    def become_full(stored: Tally) -> None:
        stored.__dict__.update({**full.__dict__, "id": tally.id})

    changed = await documents.change(tally.id, become_full)
    assert await documents.get(tally.id) == changed
    assert changed.visits == full.visits


async def test_what_is_unknown_is_refused(documents: Documents[Tally]) -> None:
    assert await documents.find(derived_id("nobody")) is None
    with pytest.raises(Unknown):
        await documents.get(derived_id("nobody"))
    with pytest.raises(Unknown):
        await documents.change(derived_id("nobody"), Tally.count_one)


async def test_a_second_one_by_the_same_id_is_refused(documents: Documents[Tally]) -> None:
    tally = await documents.add(a_tally())
    with pytest.raises(AlreadyThere):
        await documents.add(a_tally(id=tally.id, count=7))
    assert (await documents.get(tally.id)).count == 0


async def test_adding_twice_by_the_same_command_adds_once(documents: Documents[Tally]) -> None:
    tally = a_tally()
    with as_staff(mark="command:key:body"):
        await documents.add(tally)
        again = await documents.add(a_tally(id=tally.id, count=9))
    assert again == tally
    assert (await documents.read(tally.id)).version == 1


async def test_a_change_is_kept_and_counted(documents: Documents[Tally]) -> None:
    tally = await documents.add(a_tally())
    changed = await documents.change(tally.id, Tally.count_one)
    stored = await documents.read(tally.id)
    assert stored.aggregate == changed
    assert (stored.aggregate.count, stored.version) == (1, 2)


async def test_a_change_that_changes_nothing_writes_nothing(documents: Documents[Tally]) -> None:
    tally = await documents.add(a_tally(closed=True))
    with as_staff(mark="command:key:body"):
        await documents.change(tally.id, Tally.close)
    assert (await documents.read(tally.id)).version == 1


async def test_a_refused_change_leaves_no_trace(documents: Documents[Tally]) -> None:
    tally = await documents.add(a_tally(count=1000))
    with pytest.raises(EnoughCounted), as_staff(mark="command:key:body"):
        await documents.change(tally.id, Tally.count_one)
    with as_staff(mark="command:key:other-body"):
        await documents.change(tally.id, Tally.close)
    assert (await documents.read(tally.id)).version == 2


async def test_what_was_heard_is_not_done_again(documents: Documents[Tally]) -> None:
    tally = await documents.add(a_tally())
    for _ in range(3):
        with as_staff(mark="reaction:count:1"):
            repeated = await documents.change(tally.id, Tally.count_one)
        assert repeated.count == 1
    with as_staff(mark="reaction:count:2"):
        assert (await documents.change(tally.id, Tally.count_one)).count == 2


async def test_a_verb_gated_by_its_own_sequence_leaves_no_mark(documents: Documents[Tally]) -> None:
    tally = await documents.add(a_tally())
    for _ in range(2):
        with as_staff(mark="reaction:count:1"):
            await documents.change(tally.id, Tally.count_one, remember=False)
    assert (await documents.get(tally.id)).count == 2


async def test_the_same_key_with_another_body_is_refused(documents: Documents[Tally]) -> None:
    tally = a_tally()
    with as_staff(mark="command:key:body"):
        await documents.add(tally)
    with as_staff(mark="command:key:other"):
        with pytest.raises(KeyReused):
            await documents.change(tally.id, Tally.count_one)
        with pytest.raises(KeyReused):
            await documents.add(tally)
    with as_staff(mark="command:another-key:other"):
        assert (await documents.change(tally.id, Tally.count_one)).count == 1


async def test_what_changed_since_one_looked_is_stale(documents: Documents[Tally]) -> None:
    tally = await documents.add(a_tally())
    await documents.change(tally.id, Tally.count_one, expecting=1)
    with pytest.raises(Stale):
        await documents.change(tally.id, Tally.count_one, expecting=1)
    assert (await documents.get(tally.id)).count == 1


async def test_what_was_heard_is_never_forgotten(documents: Documents[Tally]) -> None:
    tally = await documents.add(a_tally())
    for number in range(200):
        with as_staff(mark=f"reaction:count:{number}"):
            await documents.change(tally.id, Tally.count_quietly)
    with pytest.raises(HeardFull), as_staff(mark="reaction:count:200"):
        await documents.change(tally.id, Tally.count_quietly)
    with as_staff(mark="reaction:count:0"):
        assert (await documents.change(tally.id, Tally.count_quietly)).count == 200


async def test_change_or_add_does_whichever_is_needed(documents: Documents[Tally]) -> None:
    id_ = derived_id("made-up", "tally")
    for expected in (1, 2):
        tally = await documents.change_or_add(id_, lambda: a_tally(id=id_), Tally.count_one)
        assert tally.count == expected
    with pytest.raises(ValueError, match="another id"):
        await documents.change_or_add(derived_id("made-up", "other"), a_tally, Tally.count_one)


async def test_an_asynchronous_act_is_a_mistake(documents: Documents[Tally]) -> None:
    tally = await documents.add(a_tally())

    async def later(_: Tally) -> None: ...

    with pytest.raises(TypeError, match="plain function"):
        await documents.change(tally.id, later)


async def test_nothing_is_written_anonymously(documents: Documents[Tally], database: Database) -> None:
    from contextvars import Context

    with pytest.raises(LookupError, match="nobody is acting"):
        await asyncio.get_running_loop().create_task(documents.add(a_tally()), context=Context())


async def test_fifty_changes_at_once_lose_nothing(database: Database) -> None:
    processes = [tallies(database) for _ in range(5)]
    assert await fifty_changes_at_once(processes) == (50, 51)


async def test_of_twenty_who_add_at_once_one_adds(documents: Documents[Tally]) -> None:
    id_ = derived_id("made-up", "race")

    async def add(number: int) -> bool:
        with as_staff(mark=f"command:{number}:body"):
            try:
                await documents.add(a_tally(id=id_, count=number))
            except AlreadyThere:
                return False
            return True

    assert sum(await asyncio.gather(*(add(number) for number in range(20)))) == 1


async def test_several_are_found_by_their_ids_and_who_is_not_there_is_left_out(documents: Documents[Tally]) -> None:
    there = [await documents.add(a_tally(count=count)) for count in range(AT_ONCE + 1)]
    found = await documents.several([*(tally.id for tally in there), new_id()])
    assert found == {tally.id: tally for tally in there}
    assert await documents.several([]) == {}


async def test_those_with_a_key_are_found(documents: Documents[Tally]) -> None:
    blue = [await documents.add(a_tally(colour=Colour.BLUE)) for _ in range(3)]
    await documents.add(a_tally())
    assert {tally.id for tally in await documents.with_key("colour", "blue")} == {tally.id for tally in blue}
    await documents.change(blue[0].id, lambda tally: setattr(tally, "colour", Colour.RED))
    assert {tally.id for tally in await documents.with_key("colour", "blue")} == {tally.id for tally in blue[1:]}
    assert await documents.with_key("colour", "green") == []


async def test_a_list_goes_by_next_in_order_of_its_key(documents: Documents[Tally]) -> None:
    for count in (5, 3, 9, 1, 7):
        await documents.add(a_tally(count=count))
    await documents.add(a_tally(count=2, colour=Colour.BLUE))
    await documents.add(a_tally(count=4, closed=True))
    seen, after = [], None
    while True:
        page = await documents.page("order", "red:", after=after, limit=2)
        seen += [tally.count for tally in page.items]
        if page.next is None:
            break
        after = page.next
    assert seen == [1, 3, 5, 7, 9]
    assert [tally.count for tally in (await documents.page("order")).items] == [2, 1, 3, 5, 7, 9]
