"""Nothing is lost and nothing is done twice, wherever a service dies."""

import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.cluster import SERVICES
from tests.faults.cells import Cells
from tests.faults.scene import Alliance, Tell, an_alliance

pytestmark = [pytest.mark.broker, pytest.mark.store]

ROUND = 10
MOST_ROUNDS = 10


@pytest.mark.timeout(600)
async def test_thirty_journeys_outlive_every_crash_of_two_services(alliance: Alliance, tell: Tell) -> None:
    await outlive(alliance, ("housing", "triage"), journeys=30, tell=tell, latest=4)


@pytest.mark.slow
@pytest.mark.timeout(3600)
async def test_three_hundred_journeys_outlive_every_crash_of_every_service(tmp_path: Path, tell: Tell) -> None:
    async with an_alliance(tmp_path, tell) as alliance:
        await outlive(alliance, SERVICES, journeys=300, tell=tell, latest=40)


async def outlive(alliance: Alliance, services: Sequence[str], *, journeys: int, tell: Tell, latest: int) -> None:
    """Drive at least so many journeys, and more until every cell is hit; then everything must be as answered."""
    driver, began = alliance.driver, time.monotonic()
    already, said = driver.finished, await alliance.events
    cells = Cells(alliance.cluster, services)
    await cells.arm(alliance.rng, latest=lambda name: min(latest, 3) if name == "reporting" else latest)
    await driver.drive(journeys)
    for _ in range(MOST_ROUNDS):
        if not cells.missing:
            break
        await driver.drive(ROUND)
    table, missing, crashes = str(cells), cells.missing, cells.crashes
    await cells.disarm()
    verdict = await alliance.settled()
    seconds = time.monotonic() - began
    events = await alliance.events - said
    done = f"{driver.finished - already} journeys, {events} events, {crashes} crashes, {seconds:.0f} s"
    tell(f"{done}; {verdict}\n{table}")
    assert driver.stuck == []
    assert verdict.ok, str(verdict)
    assert missing == []
