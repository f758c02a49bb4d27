"""The queue and the board take as long with 100,000 cases, open and closed, as with a thousand, on a real store."""

import statistics
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from time import perf_counter

import pytest

from alliance.kernel import FixedClock, new_id
from alliance.store import MongoDatabase
from alliance.store.document import Shape
from alliance.testing.rooms import Browser, app_of, browsing
from alliance_deploy.embedded import StoreServer
from triage.domain.allocating import Colleague
from triage.domain.case import Case
from triage.domain.codes import CaseOutcome, Priority
from triage.domain.waits import Targets
from triage.main import service, wire

from ..builders import NINE, OURS, settings

SMALL, LARGE = 1_000, 100_000
LOOKS, WARM = 60, 5
PAGES = (
    "/cases",
    "/cases?priority=3",
    "/",
    "/board",
    "/board?organisation=slam&late=missed",
    "/board?worker=staff-7",
    "/board?stage=waiting&priority=3",
)
CASELOAD = 40
"""Cases of one worker, of which half have not been taken on: with more cases there are more workers."""
CLOSED = 3
"""Of so many cases one is closed."""


@pytest.fixture
async def store(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[StoreServer]:
    server = StoreServer(tmp_path_factory.mktemp("store"))
    await server.start()
    yield server
    await server.stop()


def a_document(place: int, shape: Shape[Case], workers: int) -> dict[str, object]:
    """One of many: received a minute after the one before, with all four priorities among them."""
    case = Case.expected(new_id(), new_id(), Targets(), organisation=OURS)
    priority = list(Priority)[3 if place % 10 else place // 10 % 4]
    case.open(received_at=NINE - timedelta(minutes=place), suggested=priority, help_areas=())
    if place % 2:
        case.take_on(Colleague(subject=f"staff-{place % workers}", organisation=OURS), at=NINE)
    if place % CLOSED == 0:
        case.close(CaseOutcome.GOALS_MET, at=NINE)
    case.take_facts()
    empty = {"outbox": {}, "waiting": 0, "outbox_at": None, "urgent_at": None, "heard": [], "due_at": None}
    return {"_id": case.id, "version": 1, "sequence": 0, "state": shape.state(case), "keys": shape.keys(case), **empty}


async def fill(database: MongoDatabase, many: int) -> None:
    shape, cases = Shape(Case), database.collection("cases")
    for first in range(0, many, 1_000):
        await cases.insert_many([a_document(place, shape, many // CASELOAD) for place in range(first, first + 1_000)])


@asynccontextmanager
async def browsing_among(store: StoreServer, many: int, clock: FixedClock) -> AsyncIterator[Browser]:
    """A triage worker in front of a queue with so many cases."""
    database = MongoDatabase(store.url, f"test_{many}", "pymongo")
    wiring = wire(database, settings(), clock)
    await fill(database, many)
    await database.warm()
    async with browsing(app_of(service, wiring, database, clock, organisation=OURS), "triage-worker") as browser:
        yield browser
    await database.close()


async def look(browser: Browser, path: str) -> float:
    """Milliseconds of the server."""
    started = perf_counter()
    assert (await browser.get(path)).status_code == 200
    return (perf_counter() - started) * 1_000


@pytest.mark.slow
@pytest.mark.store
@pytest.mark.timeout(1_800)
async def test_pages_of_the_queue_do_not_grow_with_the_queue(store: StoreServer, clock: FixedClock) -> None:
    """Both are looked at by turns, so that whatever else the machine does slows down both."""
    async with browsing_among(store, SMALL, clock) as small, browsing_among(store, LARGE, clock) as large:
        for path in PAGES:
            looks = [(await look(small, path), await look(large, path)) for _ in range(LOOKS)]
            few, many = (statistics.quantiles(taken, n=20)[-1] for taken in zip(*looks[WARM:], strict=True))
            print(f"{path}: p95 {few:.1f} ms with {SMALL:,} cases, {many:.1f} ms with {LARGE:,}")
            assert many <= 2 * few, path
