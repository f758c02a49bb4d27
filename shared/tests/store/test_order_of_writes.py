"""Business writes, the relay's pulls and sweeps in any order: no event is lost, doubled or out of sequence."""

from dataclasses import dataclass, field
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from alliance.contracts import Envelope
from alliance.kernel import FixedClock, from_text, new_id
from alliance.store import Confirmed, Documents, MemoryDatabase
from alliance.store.scalars import as_moment
from alliance.testing import as_staff

from .builders import Tally, a_tally, tallies

STEP = st.sampled_from(
    ["write", "write two", "quietly", "repeat", "confirm first", "confirm any", "confirm again", "sweep"]
)


@dataclass
class Run:
    """One document, and a relay that may confirm in any order, forget, or be another process's."""

    documents: Documents[Tally]
    database: MemoryDatabase
    clock: FixedClock
    id: str = ""
    mark: str = ""
    told: list[tuple[int, Envelope]] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)

    async def write(self, *acts: object, mark: str | None = None) -> None:
        self.mark = mark or f"reaction:r:{new_id()}"
        with as_staff(mark=self.mark):
            await self.documents.change(self.id, lambda tally: [act(tally) for act in acts])  # type: ignore[operator]

    async def confirm(self, index: int) -> None:
        version, envelope = self.told[index]
        last = not any(other.sequence > envelope.sequence for seen, other in self.told if seen == version)
        await self.database.confirm([Confirmed("tallies", self.id, version, [envelope.id], last)])
        self.taken.add(envelope.id)

    async def check(self) -> None:
        document = await self.database.collection("tallies").find(self.id)
        assert document is not None
        assert set(document["outbox"]) == {envelope.id for _, envelope in self.told} - self.taken
        assert document["waiting"] == len(document["outbox"])
        assert document["sequence"] == len(self.told)
        if document["outbox"]:
            assert document["outbox_at"] is not None
            oldest = min(document["outbox"].values(), key=lambda entry: entry["sequence"])
            assert document["outbox_at"] <= as_moment(from_text(oldest["time"]))


@given(st.lists(st.tuples(STEP, st.integers(0, 30)), max_size=40))
async def test_no_event_is_lost_in_any_order_of_steps(steps: list[tuple[str, int]]) -> None:
    clock = FixedClock()
    database = MemoryDatabase(clock)
    run = Run(
        Documents(database, "tallies", Tally, says=tallies(database)._says, service="triage", clock=clock),
        database,
        clock,
    )
    database.on_written(lambda _, __, version, envelopes: run.told.extend((version, each) for each in envelopes))
    with as_staff():
        run.id = (await run.documents.add(a_tally())).id
    for step, number in steps:
        clock.advance(seconds=1)
        waiting = [index for index, (_, envelope) in enumerate(run.told) if envelope.id not in run.taken]
        match step:
            case "write":
                await run.write(Tally.count_one)
            case "write two":
                await run.write(Tally.count_one, Tally.alarm)
            case "quietly":
                await run.write(Tally.count_quietly)
            case "repeat" if run.mark:
                await run.write(Tally.count_one, mark=run.mark)
            case "confirm first" if waiting:
                await run.confirm(waiting[0])
            case "confirm any" if waiting:
                await run.confirm(waiting[number % len(waiting)])
            case "confirm again" if run.told:
                index = number % len(run.told)
                if run.told[index][1].id in run.taken:
                    await run.confirm(index)
            case "sweep":
                swept = await database.pending(clock.now())
                assert [each.id for pending in swept for each in pending.entries] == [
                    run.told[i][1].id for i in waiting
                ]
        await run.check()
    swept = await database.pending(clock.now() + timedelta(days=1))
    left = {entry.id for pending in swept for entry in pending.entries}
    assert left | run.taken == {envelope.id for _, envelope in run.told}
    assert [envelope.sequence for _, envelope in run.told] == list(range(1, len(run.told) + 1))
