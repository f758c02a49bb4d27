"""A partner gets two wheels, the service and the library, and runs its part of the alliance with them."""

import asyncio
import subprocess
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from tests.cluster import SERVICES, Cluster

Install = Callable[[str], Path]


async def until(found: Callable[[], Awaitable[Any]], within: float = 20) -> Any:
    async with asyncio.timeout(within):
        while not (answer := await found()):
            await asyncio.sleep(0.1)
    return answer


@pytest.mark.broker
async def test_a_service_runs_with_nothing_of_the_others_installed(installed: Install, tmp_path: Path) -> None:
    python = installed("livingwell-notify")
    for other in (*(name for name in SERVICES if name != "notify"), "alliance_deploy"):
        missing = subprocess.run([python, "-c", f"import {other}"], capture_output=True, text=True)
        assert "ModuleNotFoundError" in missing.stderr
    async with Cluster(tmp_path) as cluster:
        cluster.members["notify"].python = str(python)
        await cluster.start("intake", "notify")
        async with cluster.client("intake") as intake, cluster.client("notify") as notify:
            introduced = await intake.post(
                "/api/v1/self-introductions",
                json={"person": {"call_me": "Tess"}, "in_danger_now": True},
                headers={"Idempotency-Key": "alone-1"},
            )
            assert introduced.status_code == 201, introduced.text

            async def alerts() -> Any:
                return (await notify.get("/api/v1/alerts")).json()["items"]

            (alert,) = await until(alerts)
            assert alert["kind"] == "safety-concern"
