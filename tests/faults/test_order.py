"""Order does not matter, and neither does hearing a thing twice."""

import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from tests.cluster import SERVICES
from tests.faults.scene import Alliance, Tell, an_alliance
from tests.faults.shuffling import Shuffled

pytestmark = [pytest.mark.broker, pytest.mark.store]


@pytest.mark.timeout(600)
async def test_shuffled_and_doubled_deliveries_end_in_the_same(alliance: Alliance, tell: Tell) -> None:
    await outlive_shuffling(alliance, ("intake", "housing", "notify", "finance"), journeys=8, tell=tell)


@pytest.mark.slow
@pytest.mark.timeout(1800)
async def test_shuffled_and_doubled_deliveries_to_every_service_end_in_the_same(tmp_path: Path, tell: Tell) -> None:
    async with an_alliance(tmp_path, tell) as alliance:
        await outlive_shuffling(alliance, SERVICES, journeys=80, tell=tell)


async def outlive_shuffling(alliance: Alliance, services: Sequence[str], *, journeys: int, tell: Tell) -> None:
    began = time.monotonic()
    async with AsyncExitStack() as stack:
        shuffled = [Shuffled(alliance.cluster, name, rng=alliance.rng) for name in services]
        for each in shuffled:
            await stack.enter_async_context(each)
        await alliance.driver.drive(journeys, at_once=20)
    verdict = await alliance.settled()
    arrived, passed = sum(each.arrived for each in shuffled), sum(each.passed for each in shuffled)
    overtaken = sum(each.overtaken for each in shuffled)
    seconds = time.monotonic() - began
    tell(
        f"shuffled: {journeys} journeys, {arrived} events, {passed - arrived} handed on twice, "
        f"{overtaken} overtaken, {seconds:.0f} s; {verdict}"
    )
    assert alliance.driver.stuck == []
    assert verdict.ok, str(verdict)
    assert passed > arrived
    assert overtaken > arrived / 4
