"""Services, broker, store or network go away in mid-journey; afterwards everything is as answered."""

import time
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

import pytest
from tests.faults import breaking
from tests.faults.scene import Alliance, Tell, an_alliance

pytestmark = [pytest.mark.broker, pytest.mark.store, pytest.mark.slow, pytest.mark.timeout(1800)]

JOURNEYS = 60
BLACK_OUT = 75.0
"""Seconds: longer than two heartbeats and every publish timeout, as a day would be."""

Break = Callable[[], Awaitable[None]]


async def test_services_killed_at_any_moment(tmp_path: Path, tell: Tell) -> None:
    async with an_alliance(tmp_path, tell) as alliance:
        kill = partial(breaking.kill_again_and_again, alliance.cluster, alliance.rng, times=20, every=3.0)
        await _outlive(alliance, kill, "kill -9 twenty times", tell)


@pytest.mark.parametrize("gently", [True, False], ids=["stopped", "killed"])
async def test_the_broker_restarts(tmp_path: Path, tell: Tell, gently: bool) -> None:
    async with an_alliance(tmp_path, tell) as alliance:
        restart = partial(breaking.restart_broker, alliance.cluster, after=5, gently=gently)
        await _outlive(alliance, restart, f"broker {'stopped' if gently else 'killed'}", tell)


@pytest.mark.parametrize("gently", [True, False], ids=["stopped", "killed"])
async def test_the_store_restarts(tmp_path: Path, tell: Tell, gently: bool) -> None:
    async with an_alliance(tmp_path, tell) as alliance:
        restart = partial(breaking.restart_store, alliance.cluster, after=5, gently=gently)
        await _outlive(alliance, restart, f"store {'stopped' if gently else 'killed'}", tell)


async def test_the_network_to_the_broker_is_dead_for_long(tmp_path: Path, tell: Tell) -> None:
    async with (
        an_alliance(tmp_path, tell) as alliance,
        breaking.through_a_proxy(alliance.cluster, "intake", "housing", "finance") as proxy,
    ):
        dead = partial(breaking.black_out, proxy, after=5, seconds=BLACK_OUT)
        await _outlive(alliance, dead, f"{BLACK_OUT:.0f} s without a network for half of the services", tell)


async def test_the_broker_runs_out_of_memory(tmp_path: Path, tell: Tell) -> None:
    async with an_alliance(tmp_path, tell) as alliance:
        alarm = partial(breaking.run_out_of_memory, alliance.cluster, after=5, seconds=30)
        await _outlive(alliance, alarm, "memory alarm for 30 s", tell)


async def _outlive(alliance: Alliance, act: Break, what: str, tell: Tell) -> None:
    began = time.monotonic()
    async with breaking.meanwhile(act):
        await alliance.driver.drive(JOURNEYS, at_once=10)
    verdict = await alliance.settled()
    done = f"{alliance.driver.finished} journeys, {await alliance.events} events, {time.monotonic() - began:.0f} s"
    tell(f"{what}: {done}; {verdict}")
    assert alliance.driver.stuck == []
    assert verdict.ok, str(verdict)
