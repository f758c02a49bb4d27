"""Drives many journeys at once through HTTP, and logs what was answered."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

import httpx2
from tests.cluster import SERVICES, Cluster
from tests.faults.answered import Journal
from tests.faults.journeys import KINDS, PATIENCE, Journey, Traveller, add_contested_home

from alliance.kernel import new_id
from alliance_deploy.demo.clients import Client


@dataclass
class Driver:
    """`stuck` are journeys that came to no end: an effect never came, or something was answered that may not be."""

    https: dict[str, httpx2.AsyncClient]
    tokens: dict[str, str]
    journal: Journal = field(default_factory=Journal)
    rng: random.Random = field(default_factory=lambda: random.Random(1))
    pool: list[str] = field(default_factory=list)
    stuck: list[str] = field(default_factory=list)
    finished: int = 0
    _serial: int = 0

    async def drive(self, journeys: int, *, at_once: int = 12, kinds: tuple[Journey, ...] = KINDS) -> None:
        """So many journeys, the kinds by turns, `at_once` of them on their way at any time."""
        places = asyncio.Semaphore(at_once)

        async def one(kind: Journey) -> None:
            who = self.traveller(kind.__name__)
            async with places:
                try:
                    await kind(who)
                    self.finished += 1
                except Exception as error:  # noqa: BLE001 - the checker tells what became of the others
                    self.stuck.append(f"{who.name}: {type(error).__name__} {error}")

        await asyncio.gather(*(one(kinds[place % len(kinds)]) for place in range(journeys)))

    async def add_contested_homes(self, count: int) -> None:
        self.pool += [await add_contested_home(self.traveller("contested-home")) for _ in range(count)]

    def traveller(self, kind: str) -> Traveller:
        self._serial += 1
        correlation_id = new_id()
        clients = {
            name: Client(http, self.tokens[name], correlation_id, patience=PATIENCE)
            for name, http in self.https.items()
        }
        rng = random.Random(self.rng.random())
        return Traveller(f"{kind}-{self._serial}", self._serial, clients, self.journal, rng, self.pool)


@asynccontextmanager
async def driving(cluster: Cluster, *, seed: int) -> AsyncIterator[Driver]:
    """A driver of the cluster's services, signed in with every role."""
    async with AsyncExitStack() as stack:
        https = {name: await stack.enter_async_context(cluster.client(name)) for name in SERVICES}
        tokens = {name: cluster.token(name) for name in SERVICES}
        yield Driver(https, tokens, rng=random.Random(seed))
