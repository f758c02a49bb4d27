"""(e) What a save, a reaction and a page of a list cost at 1,000 and at 100,000 documents."""

import statistics
import time
from collections.abc import Awaitable, Callable
from typing import Any

from tests.bench.ground import Measured, Thing, by_bench, documents, store
from tests.cluster import Cluster

from alliance.kernel import new_id

SMALL, LARGE, REPEATS = 1_000, 100_000, 150


async def measure(cluster: Cluster) -> list[Measured]:
    small, large = await _at(cluster, SMALL), await _at(cluster, LARGE)
    measured = []
    for name in small:
        ratio = large[name] / small[name]
        detail = f"{small[name] * 1000:.1f} ms at {SMALL:,}, {large[name] * 1000:.1f} ms at {LARGE:,}"
        measured.append(Measured(f"(e) a {name}, growth", ratio, "×", "≤ 1.5", ratio <= 1.5, detail))
    return measured


async def _at(cluster: Cluster, size: int) -> dict[str, float]:
    """Median seconds of each kind of work in a collection of `size` documents."""
    database = await store(cluster, f"growth-{size}")
    things = documents(database)
    await database.warm()
    with by_bench():
        await things.add(Thing(id=new_id(), person_id=new_id()))
    collection = database.collection("things")
    (template,) = await collection.find_many({}, limit=1)
    ids = [new_id() for _ in range(size)]
    for start in range(0, size, 1_000):
        await collection.insert_many(
            [{**template, "_id": id_, "keys": {"queue": f"open:{id_}"}} for id_ in ids[start : start + 1_000]]
        )
    every = max(1, size // REPEATS)
    chosen = ids[::every][:REPEATS]

    async def save(id_: str) -> None:
        thing = Thing(id=new_id(), person_id=new_id())
        thing.receive()
        with by_bench(f"command:{new_id()}:1"):
            await things.add(thing)

    async def react(id_: str) -> None:
        with by_bench(f"reaction:look:{new_id()}"):
            await things.change(id_, Thing.look)

    async def page(id_: str) -> None:
        await things.page("queue", "open:", after=f"open:{id_}", limit=50)

    return {
        "save": await _median(save, chosen),
        "reaction": await _median(react, chosen),
        "page of a list": await _median(page, chosen),
    }


async def _median(act: Callable[[str], Awaitable[Any]], ids: list[str]) -> float:
    taken = []
    for id_ in ids:
        began = time.perf_counter()
        await act(id_)
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)
