"""What the measurements stand on: servers of their own, and the parts of one made-up service in this process."""

import asyncio
import statistics
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.cluster import Cluster

from alliance.contracts import intake
from alliance.contracts.publication import sample_of
from alliance.contracts.saying import Sayings, say
from alliance.kernel import Aggregate, Fact, Provenance, acting, new_id
from alliance.store import Documents, MongoDatabase

SAMPLE = sample_of("intake.introduction-received.v1")
ROUNDS = 3


@dataclass(frozen=True, kw_only=True)
class Received(Fact):
    introduction_id: str
    person_id: str
    way_in: str = SAMPLE["way_in"]
    source_code: str = SAMPLE["source_code"]
    received_at: str = SAMPLE["received_at"]
    safety_concern: bool = False
    help_areas: tuple[str, ...] = ()


@dataclass(kw_only=True)
class Thing(Aggregate):
    """About as large as an introduction."""

    indexed = ("queue",)

    person_id: str
    state: str = "received"
    notes: list[str] = field(default_factory=lambda: ["made up for a measurement " * 8])
    seen: int = 0

    @property
    def queue(self) -> str:
        return f"open:{self.id}"

    def receive(self) -> None:
        self.record(Received(introduction_id=self.id, person_id=self.person_id))

    def look(self) -> None:
        self.seen += 1


SAYS = Sayings(say(Received, intake.IntroductionReceived))


@dataclass(frozen=True)
class Measured:
    """One line of the table; `ratio` is ours over theirs, `floor` what the issue asks for."""

    name: str
    value: float
    unit: str
    floor: str
    ok: bool
    detail: str = ""


@asynccontextmanager
async def ground(folder: Path) -> AsyncIterator[Cluster]:
    async with Cluster(folder) as cluster:
        yield cluster


def documents(database: MongoDatabase, name: str = "things") -> Documents[Thing]:
    return Documents(database, name, Thing, says=SAYS, service="intake")


def by_bench(mark: str | None = None) -> Any:
    return acting(Provenance(actor="staff-bench", organisation="certitude", correlation_id=new_id(), mark=mark))


async def store(cluster: Cluster, name: str) -> MongoDatabase:
    return MongoDatabase(cluster.store.url, f"bench-{name}-{new_id()[-6:]}")


async def side_by_side(work: Sequence[Callable[[], Awaitable[Any]]], width: int) -> float:
    """Seconds for all of `work`, at most `width` at once."""
    gate = asyncio.Semaphore(width)

    async def one(act: Callable[[], Awaitable[Any]]) -> None:
        async with gate:
            await act()

    began = time.perf_counter()
    await asyncio.gather(*(one(act) for act in work))
    return time.perf_counter() - began


async def until(condition: Callable[[], bool], within: float = 120) -> None:
    async with asyncio.timeout(within):
        while not condition():
            await asyncio.sleep(0.002)


async def median_ratio(
    ours: Callable[[], Awaitable[float]], theirs: Callable[[], Awaitable[float]]
) -> tuple[float, float, float]:
    """Rates of both sides in alternation, the same work each: (ratio, ours, theirs), medians of three."""
    mine, other = [], []
    for _ in range(ROUNDS):
        other.append(await theirs())
        mine.append(await ours())
    ratios = [one / two for one, two in zip(mine, other, strict=True)]
    return statistics.median(ratios), statistics.median(mine), statistics.median(other)
