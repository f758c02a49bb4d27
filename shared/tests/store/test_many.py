"""Many aggregates put at once: each is one document with its own events and mark, whatever happens in between."""

import pytest

from alliance.store import Database, Documents, StoreUnavailable
from alliance.testing import as_staff

from .builders import Tally, a_tally, tallies


def counted(*ids: str) -> list[Tally]:
    made = [a_tally(id=id_) for id_ in ids]
    for tally in made:
        tally.count_one()
    return made


async def test_each_is_there_with_its_events_and_its_mark(database: Database, documents: Documents[Tally]) -> None:
    said: list[tuple[str, int]] = []
    database.on_written(lambda _name, id_, _version, envelopes: said.append((id_, len(envelopes))))
    ids = [a_tally().id for _ in range(450)]
    with as_staff(mark="import:one"):
        assert sorted(await documents.add_many(counted(*ids))) == sorted(ids)
    assert sorted(said) == sorted((id_, 1) for id_ in ids)
    stored = await database.collection(documents.name).find(ids[7])
    assert stored is not None
    assert (stored["version"], stored["sequence"], stored["waiting"], len(stored["outbox"])) == (1, 1, 1, 1)
    assert stored["heard"] == ["import:one"]
    assert stored["outbox_at"] is not None
    assert (await documents.get(ids[7])).count == 1


async def test_put_again_by_the_same_they_stay_as_they_are(database: Database, documents: Documents[Tally]) -> None:
    ids = [a_tally().id for _ in range(3)]
    with as_staff(mark="import:one"):
        await documents.add_many(counted(*ids[:2]))
        with as_staff(mark="command:other:x"):
            await documents.change(ids[0], Tally.count_one)
        assert sorted(await documents.add_many(counted(*ids))) == sorted(ids)
    assert [(await documents.get(id_)).count for id_ in ids] == [2, 1, 1]
    assert (await documents.read(ids[1])).version == 1


async def test_what_another_put_is_not_touched_and_not_claimed(documents: Documents[Tally]) -> None:
    ids = [a_tally().id for _ in range(2)]
    with as_staff(mark="import:one"):
        await documents.add_many(counted(ids[0]))
    with as_staff(mark="import:two"):
        assert await documents.add_many(counted(*ids)) == [ids[1]]
    assert await documents.known([*ids, "nobody"]) == {ids[0]: ["import:one"], ids[1]: ["import:two"]}


async def test_nothing_to_put_is_nothing_done(documents: Documents[Tally]) -> None:
    with as_staff(mark="import:one"):
        assert await documents.add_many([]) == []
    assert await documents.known([]) == {}


@pytest.mark.parametrize("took", [0, 200])
async def test_a_fault_in_between_leaves_whole_documents_and_a_repeat_puts_the_others(
    database: Database, monkeypatch: pytest.MonkeyPatch, took: int
) -> None:
    """The first batch took effect or not, the answer never came: what is in has its events in its outbox."""
    documents = tallies(database)
    await database.warm()
    ids = [a_tally().id for _ in range(300)]
    collection = documents._collection
    putting = collection.insert_many

    async def breaking(many: list[dict[str, object]]) -> list[str]:
        await putting(many[:took])
        raise StoreUnavailable("made up")

    with as_staff(mark="import:one"):
        monkeypatch.setattr(collection, "insert_many", breaking)
        with pytest.raises(StoreUnavailable):
            await documents.add_many(counted(*ids))
        monkeypatch.setattr(collection, "insert_many", putting)
        assert len(await documents.known(ids)) == took
        assert sorted(await documents.add_many(counted(*ids))) == sorted(ids)
    for id_ in (ids[0], ids[-1]):
        stored = await database.collection(documents.name).find(id_)
        assert stored is not None
        assert (stored["version"], stored["waiting"], len(stored["outbox"])) == (1, 1, 1)
