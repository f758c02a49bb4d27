"""Every (service × crash point) cell: armed one after the other, hit by the traffic, and shown in a table."""

import asyncio
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tests.cluster import Cluster

from alliance.kernel.crash import CRASH_POINTS


@dataclass
class Cells:
    """Each service dies at every point in turn, each time at a passing chosen by chance, and comes back by itself."""

    cluster: Cluster
    services: Sequence[str]
    _order: dict[str, list[str]] = field(default_factory=dict)
    _before: dict[str, int] = field(default_factory=dict)

    async def arm(self, rng: random.Random, *, latest: Callable[[str], int]) -> None:
        """Start them anew, each with its first point; the next takes its place when it has died of it."""
        for place, name in enumerate(self.services):
            turn = place % len(CRASH_POINTS)
            self._order[name] = [*CRASH_POINTS[turn:], *CRASH_POINTS[:turn]]
        await asyncio.gather(*(self._arm(name, rng, latest(name)) for name in self.services))

    async def _arm(self, name: str, rng: random.Random, latest: int) -> None:
        member = self.cluster.members[name]
        await member.stop()
        self._before[name] = member.crashes
        first, *others = ({"ALLIANCE_CRASH_AT": f"{point}:{rng.randint(1, latest)}"} for point in self._order[name])
        member.afterwards = list(others)
        await member.start(**first)

    async def disarm(self) -> None:
        """Start those that have points left without them."""
        for name in {name for name, _ in self.missing}:
            member = self.cluster.members[name]
            member.afterwards = []
            await member.stop()
            await member.start()
        await asyncio.gather(*(self.cluster.members[name].ready(120) for name in self.services))

    def hit(self, service: str, point: str) -> bool:
        """A service has one point at a time, and only that ends it with code 137."""
        return self._order[service].index(point) < self.crashes_of(service)

    def crashes_of(self, service: str) -> int:
        return self.cluster.members[service].crashes - self._before[service]

    @property
    def crashes(self) -> int:
        return sum(self.crashes_of(name) for name in self.services)

    @property
    def missing(self) -> list[tuple[str, str]]:
        return [(name, point) for name in self.services for point in CRASH_POINTS if not self.hit(name, point)]

    def __str__(self) -> str:
        width = max(map(len, CRASH_POINTS)) + 2
        head = "".join(text.ljust(width) for text in ("service", *CRASH_POINTS)).rstrip()
        rows = [
            "".join(text.ljust(width) for text in (name, *("hit" if self.hit(name, p) else "-" for p in CRASH_POINTS)))
            for name in self.services
        ]
        return "\n".join((head, *(row.rstrip() for row in rows)))
