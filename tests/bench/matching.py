"""(h) Who may be the same person, among 1,000, 10,000 and 100,000 people in the register."""

import time

from tests.bench.ground import Measured, by_bench, store
from tests.bench.madeup import Somebody, made_up
from tests.cluster import Cluster

from alliance.kernel import SystemClock, derived_id
from alliance.store import Documents, MongoDatabase
from intake.application.candidates import candidates_for
from intake.domain.details import Details
from intake.domain.facts import ContactPoint
from intake.domain.person import Person

SIZES = (1_000, 10_000, 100_000)
ASKED, BATCH = 300, 1_000


def details_of(somebody: Somebody) -> Details:
    told = (("phone", somebody.phone), ("email", somebody.email))
    return Details(
        full_name=somebody.full_name,
        date_of_birth=somebody.date_of_birth,
        nhs_number=somebody.nhs_number,
        contact_points=tuple(ContactPoint(kind=kind, value=value, safe=True) for kind, value in told if value),
    )


async def measure(cluster: Cluster) -> list[Measured]:
    return [line for size in SIZES for line in await at(cluster, size)]


async def at(cluster: Cluster, size: int) -> list[Measured]:
    """Half of those who are looked for are in the register, half are not."""
    database = await store(cluster, f"matching-{size}")
    people = Documents(database, "people", Person, service="intake")
    await database.warm()
    known = list(made_up(size))
    await fill(database, people, known)
    strangers = list(made_up(ASKED // 2, seed=8))
    taken, found = [], 0
    for somebody in [*known[:: max(1, size * 2 // ASKED)][: ASKED // 2], *strangers]:
        began = time.perf_counter()
        found += len(await candidates_for(details_of(somebody), people))
        taken.append(time.perf_counter() - began)
    taken.sort()
    p50, p95 = taken[len(taken) // 2] * 1000, taken[int(len(taken) * 0.95)] * 1000
    detail = f"p50 {p50:.1f} ms, longest {taken[-1] * 1000:.1f} ms, {found / len(taken):.1f} candidates each"
    return [Measured(f"(h) matching among {size:,}, p95", p95, "ms", "≤ 50", p95 <= 50, detail)]


async def fill(database: MongoDatabase, people: Documents[Person], known: list[Somebody]) -> None:
    """As they would be registered, without what that says to others."""
    clock = SystemClock()
    with by_bench():
        for start in range(0, len(known), BATCH):
            await people.add_many(
                [
                    Person.register(
                        id=derived_id("bench", str(start + place)),
                        details=details_of(somebody),
                        holders=[],
                        at=clock.now(),
                        recipients={},
                    )
                    for place, somebody in enumerate(known[start : start + BATCH])
                ]
            )
