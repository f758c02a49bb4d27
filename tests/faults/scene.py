"""An alliance with everything that a scenario needs: its processes, the driver, the checker, and chance."""

import os
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.cluster import SERVICES, Cluster
from tests.faults.checker import Checker, events_said
from tests.faults.driver import Driver, driving
from tests.faults.effects import Verdict

CONTESTED_HOMES = 2

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Alliance:
    """The driver's log goes on through all scenarios of one alliance."""

    cluster: Cluster
    driver: Driver
    checker: Checker
    rng: random.Random

    @property
    async def events(self) -> int:
        """How many events have been said so far."""
        return await events_said(self.cluster.admin_url, SERVICES)

    async def settled(self, *, within: float = 180) -> Verdict:
        return await self.checker.settled(self.driver.journal, within=within)


@asynccontextmanager
async def an_alliance(folder: Path, tell: Tell) -> AsyncIterator[Alliance]:
    """All six services up; `FAULTS_SEED` repeats what another run chose by chance."""
    seed = int(os.environ.get("FAULTS_SEED") or random.SystemRandom().randrange(1_000_000))
    tell(f"seed {seed} (FAULTS_SEED={seed} chooses the same)")
    async with Cluster(folder) as cluster:
        await cluster.start()
        async with driving(cluster, seed=seed) as driver:
            await driver.add_contested_homes(CONTESTED_HOMES)
            yield Alliance(cluster, driver, Checker(driver.https, cluster.admin_url), random.Random(seed))
