"""A made-up aggregate with every kind of field, what it says, and people who change it."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum

from alliance.contracts import triage
from alliance.contracts.codes import Priority, WaitClock
from alliance.contracts.saying import Sayings, Spoken, say_by
from alliance.kernel import Aggregate, Clock, Fact, Refusal, derived_id, new_id
from alliance.store import Busy, Database, Documents
from alliance.testing import as_staff

PERSON = derived_id("made-up", "person")
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, kw_only=True)
class Visit:
    on: date
    at: datetime
    steps: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Counted(Fact):
    id: str


@dataclass(frozen=True, kw_only=True)
class Alarmed(Fact):
    id: str


class EnoughCounted(Refusal):
    """There is nothing left to count."""


@dataclass(kw_only=True)
class Tally(Aggregate):
    indexed = ("order", "colour")

    count: int = 0
    alarms: int = 0
    closed: bool = False
    colour: Colour = Colour.RED
    colours: dict[Colour, int] = field(default_factory=dict)
    visits: tuple[Visit, ...] = ()
    wake_at: datetime | None = None
    note: str = ""

    @property
    def order(self) -> str | None:
        return None if self.closed else f"{self.colour}:{self.count:04}:{self.id}"

    def count_one(self) -> None:
        if self.count >= 1000:
            raise EnoughCounted("There is nothing left to count.")
        self.count += 1
        self.record(Counted(id=self.id))

    def count_quietly(self) -> None:
        self.count += 1

    def alarm(self) -> None:
        self.alarms += 1
        self.record(Alarmed(id=self.id))

    def close(self) -> None:
        self.closed = True

    def due_at(self) -> datetime | None:
        return self.wake_at

    def on_due(self, now: datetime) -> None:
        self.wake_at = None
        self.alarm()


def _counted(fact: Counted) -> list[Spoken]:
    event = triage.PriorityChanged(
        case_id=fact.id,
        person_id=PERSON,
        priority_from=Priority.ROUTINE,
        priority_to=Priority.URGENT,
        reason_code="counted",
    )
    return [Spoken(event)]


def _alarmed(fact: Alarmed) -> list[Spoken]:
    event = triage.WaitTargetMissed(
        case_id=fact.id, person_id=PERSON, clock=WaitClock.URGENT_24H, due_at=NOON, priority=Priority.URGENT
    )
    return [Spoken(event)]


SAYINGS = Sayings(
    say_by(Counted, triage.PriorityChanged, by=_counted),
    say_by(Alarmed, triage.WaitTargetMissed, by=_alarmed),
)


def tallies(database: Database, clock: Clock | None = None) -> Documents[Tally]:
    return Documents(database, "tallies", Tally, says=SAYINGS, service="triage", clock=clock)


def a_tally(**fields: object) -> Tally:
    return Tally(**{"id": new_id(), **fields})  # type: ignore[arg-type]


def a_full_tally() -> Tally:
    """Every field away from its default, an instant with an offset among them."""
    summer = timezone(timedelta(hours=1))
    return Tally(
        id=new_id(),
        count=3,
        colour=Colour.BLUE,
        colours={Colour.RED: 1, Colour.BLUE: -(2**40)},
        visits=(Visit(on=date(2026, 2, 28), at=datetime(2026, 7, 1, 0, 30, tzinfo=summer), steps=(1, 2)),),
        wake_at=datetime(2026, 7, 1, 9, 0, 0, 1, tzinfo=summer),
        note='Zoë "quoted" \\ 24 hex: 0123456789abcdef01234567 ☂ {"$set": 1}',
    )


async def fifty_changes_at_once(processes: Sequence[Documents[Tally]]) -> tuple[int, int]:
    """Count fifty times at once, ten of them twice, from several processes; the count and the version in the end."""
    with as_staff():
        tally = await processes[0].add(a_tally())

    async def count(number: int) -> None:
        with as_staff(mark=f"reaction:count:{number % 50}"):
            while True:
                try:
                    await processes[number % len(processes)].change(tally.id, Tally.count_one)
                except Busy:
                    continue
                return

    await asyncio.gather(*(count(number) for number in range(60)))
    stored = await processes[0].read(tally.id)
    return stored.aggregate.count, stored.version
