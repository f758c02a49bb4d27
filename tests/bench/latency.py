"""(c) From the answer to a command until its effect in the next service, on an idle alliance."""

import asyncio
import statistics
import time

from tests.bench.ground import Measured
from tests.cluster import Cluster

from alliance.kernel import from_text, new_id
from alliance_deploy.operate.tap import open_tap

TIMES = 100


async def measure(cluster: Cluster) -> list[Measured]:
    await cluster.start()
    seen: dict[str, float] = {}
    async with open_tap(cluster.admin_url, ["triage"]) as tap, cluster.client("intake") as intake:

        async def listen() -> None:
            async for event in tap.events():
                if event.type == "triage.case-opened.v1" and event.data:
                    seen[event.data["introduction_id"]] = from_text(event.time).timestamp()

        listening = asyncio.create_task(listen())
        answered: dict[str, float] = {}
        for number in range(TIMES + 5):
            key = {"Idempotency-Key": f"bench-{new_id()}"}
            made = await intake.post("/api/v1/self-introductions", json={}, headers=key)
            introduction = made.json()["introduction_id"]
            await asyncio.sleep(0.1)
            accepted = await intake.post(
                f"/api/v1/introductions/{introduction}/accept", json={"suggested_priority": "3"}, headers=key
            )
            assert accepted.status_code == 200, accepted.text
            if number >= 5:
                answered[introduction] = time.time()
            await asyncio.sleep(0.1)
        async with asyncio.timeout(20):
            while not answered.keys() <= seen.keys():
                await asyncio.sleep(0.05)
        listening.cancel()
    waits = sorted(max(0.0, seen[each] - answered[each]) * 1000 for each in answered)
    p50, p99 = statistics.median(waits), waits[int(len(waits) * 0.99) - 1]
    return [
        Measured("(c) answer to effect, p50", p50, "ms", "≤ 50", p50 <= 50, f"{TIMES} introductions accepted"),
        Measured("(c) answer to effect, p99", p99, "ms", "≤ 250", p99 <= 250, "effect: the case is recorded"),
    ]
