"""Events wait in their document until the broker has them: what is pending, confirmed, repaired and leased."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from alliance.contracts import Envelope
from alliance.kernel import SystemClock
from alliance.store import Confirmed, Database, Documents, Pending
from alliance.store.scalars import as_moment
from alliance.testing import as_staff

from .builders import Tally, a_tally

LATER = timedelta(minutes=1)


class Relayed:
    """Remembers what the database tells a relay."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.told: list[tuple[str, int, Envelope]] = []
        database.on_written(self)

    def __call__(self, collection: str, id_: str, version: int, envelopes: Sequence[Envelope]) -> None:
        self.told.extend((id_, version, envelope) for envelope in envelopes)

    async def confirm(self, *indexes: int, last: bool) -> None:
        id_, version, _ = self.told[indexes[-1]]
        events = [self.told[index][2].id for index in indexes]
        await self.database.confirm([Confirmed("tallies", id_, version, events, last)])


def _count_and_alarm(tally: Tally) -> None:
    tally.count_one()
    tally.alarm()


def _count_thrice(tally: Tally) -> None:
    for _ in range(3):
        tally.count_one()


@pytest.fixture
def relayed(database: Database) -> Relayed:
    return Relayed(database)


async def _pending(database: Database) -> list[Pending]:
    return await database.pending(SystemClock().now() + LATER)


async def _raw(database: Database, id_: str) -> dict[str, Any]:
    document = await database.collection("tallies").find(id_)
    assert document is not None
    return document


async def test_events_are_numbered_and_signed(documents: Documents[Tally], relayed: Relayed) -> None:
    tally = a_tally()
    tally.count_one()
    with as_staff(organisation="slam", causation_id=tally.id) as staff:
        await documents.add(tally)
        await documents.change(tally.id, _count_and_alarm)
    envelopes = [envelope for _, _, envelope in relayed.told]
    assert [envelope.sequence for envelope in envelopes] == [1, 2, 3]
    assert [version for _, version, _ in relayed.told] == [1, 2, 2]
    assert envelopes[2].type == "triage.wait-target-missed.v1"
    assert {(e.subject, e.source, e.actor, e.organisation, e.correlationid, e.causationid) for e in envelopes} == {
        (tally.id, "/alliance/triage", "staff-1", "slam", staff.correlation_id, tally.id)
    }


@pytest.mark.usefixtures("staff")
async def test_what_was_written_is_pending_until_it_is_confirmed(
    documents: Documents[Tally], database: Database, relayed: Relayed
) -> None:
    tally = await documents.add(a_tally())
    await documents.change(tally.id, Tally.count_one)
    [pending] = await _pending(database)
    assert (pending.collection, pending.id, pending.version) == ("tallies", tally.id, 2)
    assert list(pending.entries) == [envelope for _, _, envelope in relayed.told]
    assert await database.pending(SystemClock().now() - LATER) == []
    await relayed.confirm(0, last=True)
    assert await _pending(database) == []
    assert (await _raw(database, tally.id))["outbox_at"] is None
    assert (await documents.read(tally.id)).version == 2


@pytest.mark.usefixtures("staff")
async def test_confirming_leaves_alone_what_was_written_meanwhile(
    documents: Documents[Tally], database: Database, relayed: Relayed
) -> None:
    tally = await documents.add(a_tally())
    await documents.change(tally.id, Tally.count_one)
    await documents.change(tally.id, Tally.count_one)
    await relayed.confirm(0, last=True)
    [pending] = await _pending(database)
    assert [envelope.sequence for envelope in pending.entries] == [2]
    await relayed.confirm(1, last=True)
    assert await _pending(database) == []


@pytest.mark.usefixtures("staff")
async def test_what_another_process_left_is_not_forgotten_with_the_last_confirmation(
    documents: Documents[Tally], database: Database, relayed: Relayed
) -> None:
    tally = await documents.add(a_tally())
    await documents.change(tally.id, Tally.count_one)
    await documents.change(tally.id, Tally.count_one)
    await relayed.confirm(1, last=True)
    [pending] = await _pending(database)
    assert [envelope.sequence for envelope in pending.entries] == [1]


@pytest.mark.usefixtures("staff")
async def test_confirming_twice_does_not_take_what_another_process_left(
    documents: Documents[Tally], database: Database, relayed: Relayed
) -> None:
    """The answer to the first was lost, and as many wait as are told again."""
    tally = await documents.add(a_tally())
    await documents.change(tally.id, Tally.count_one)
    await documents.change(tally.id, Tally.count_one)
    for _ in range(2):
        await relayed.confirm(1, last=True)
    [pending] = await _pending(database)
    assert [envelope.sequence for envelope in pending.entries] == [1]


@pytest.mark.usefixtures("staff")
async def test_confirming_twice_counts_once(documents: Documents[Tally], database: Database, relayed: Relayed) -> None:
    tally = await documents.add(a_tally())
    await documents.change(tally.id, _count_thrice)
    for last in (False, False, True, True):
        await relayed.confirm(0, last=last)
    [pending] = await _pending(database)
    assert [envelope.sequence for envelope in pending.entries] == [2, 3]
    await relayed.confirm(1, last=False)
    await relayed.confirm(2, last=True)
    raw = await _raw(database, tally.id)
    assert (raw["outbox"], raw["waiting"], raw["outbox_at"]) == ({}, 0, None)


@pytest.mark.usefixtures("staff")
@pytest.mark.parametrize("last", [True, False])
async def test_all_that_a_document_said_is_taken_out_at_once(
    documents: Documents[Tally], database: Database, relayed: Relayed, last: bool
) -> None:
    tally = await documents.add(a_tally())
    await documents.change(tally.id, _count_thrice)
    for _ in range(2):
        await relayed.confirm(0, 1, 2, last=last)
    raw = await _raw(database, tally.id)
    assert (raw["outbox"], raw["waiting"]) == ({}, 0)
    assert await _pending(database) == []


@pytest.mark.usefixtures("staff")
async def test_several_confirmed_at_once_leave_what_was_written_meanwhile_and_what_was_left(
    documents: Documents[Tally], database: Database, relayed: Relayed
) -> None:
    tally = await documents.add(a_tally())
    await documents.change(tally.id, _count_thrice)
    await relayed.confirm(1, 2, last=True)
    await documents.change(tally.id, Tally.count_one)
    [pending] = await _pending(database)
    assert [envelope.sequence for envelope in pending.entries] == [1, 4]
    await relayed.confirm(0, 1, 2, 3, last=True)
    assert await _pending(database) == []


@pytest.mark.usefixtures("staff")
async def test_the_moment_of_the_oldest_event_stays_until_the_outbox_is_empty(
    documents: Documents[Tally], database: Database, relayed: Relayed
) -> None:
    tally = await documents.add(a_tally())
    await documents.change(tally.id, Tally.count_one)
    first = (await _raw(database, tally.id))["outbox_at"]
    await documents.change(tally.id, Tally.count_one)
    assert (await _raw(database, tally.id))["outbox_at"] == first == as_moment(relayed.told[0][2].time)
    await relayed.confirm(0, last=True)
    await relayed.confirm(1, last=True)
    await documents.change(tally.id, Tally.count_one)
    assert (await _raw(database, tally.id))["outbox_at"] == as_moment(relayed.told[2][2].time)


@pytest.mark.usefixtures("staff")
async def test_a_sweep_puts_right_an_outbox_that_is_empty(documents: Documents[Tally], database: Database) -> None:
    tally = await documents.add(a_tally())
    change = {"$set": {"outbox_at": as_moment(SystemClock().now()), "waiting": 3}}
    await database.collection("tallies").update({"_id": tally.id}, change)
    assert await _pending(database) == []
    raw = await _raw(database, tally.id)
    assert (raw["outbox_at"], raw["waiting"]) == (None, 0)


@pytest.mark.usefixtures("staff")
async def test_urgent_events_are_swept_first(documents: Documents[Tally], database: Database) -> None:
    ordinary = [await documents.add(a_tally()) for _ in range(4)]
    for tally in ordinary:
        await documents.change(tally.id, Tally.count_one)
    urgent = await documents.add(a_tally())
    await documents.change(urgent.id, Tally.alarm)
    swept = await database.pending(SystemClock().now() + LATER, limit=3)
    assert [pending.id for pending in swept] == [urgent.id, ordinary[0].id, ordinary[1].id]


async def test_one_holder_has_the_lease(database: Database) -> None:
    assert await database.lease("sweep", "one", 60)
    assert await database.lease("sweep", "one", 60)
    assert not await database.lease("sweep", "two", 60)
    assert await database.lease("other", "two", 60)
    assert await database.lease("sweep", "one", -1)
    assert await database.lease("sweep", "two", 60)
    assert not await database.lease("sweep", "one", 60)


async def test_of_many_who_want_a_lease_one_gets_it(database: Database) -> None:
    taken = await asyncio.gather(*(database.lease("sweep", f"holder-{number}", 60) for number in range(10)))
    assert sum(taken) == 1


@pytest.mark.usefixtures("staff")
async def test_writing_and_confirming_at_once_loses_no_event(documents: Documents[Tally], database: Database) -> None:
    """A relay that confirms each event as soon as it hears of it, while the document goes on changing."""
    queue: asyncio.Queue[tuple[str, int, Envelope] | None] = asyncio.Queue()
    confirmed: list[int] = []

    def told(_: str, id_: str, version: int, envelopes: Sequence[Envelope]) -> None:
        for envelope in envelopes:
            if envelope.sequence % 7:
                queue.put_nowait((id_, version, envelope))

    async def relay() -> None:
        while (told := await queue.get()) is not None:
            id_, version, envelope = told
            await database.confirm([Confirmed("tallies", id_, version, [envelope.id], last=True)])
            confirmed.append(envelope.sequence)

    database.on_written(told)
    tally = await documents.add(a_tally())
    relaying = asyncio.create_task(relay())
    for _ in range(40):
        await documents.change(tally.id, Tally.count_one)
    queue.put_nowait(None)
    await relaying
    [pending] = await _pending(database)
    left = [envelope.sequence for envelope in pending.entries]
    assert sorted(confirmed + left) == list(range(1, 41))
    assert left == [7, 14, 21, 28, 35]
