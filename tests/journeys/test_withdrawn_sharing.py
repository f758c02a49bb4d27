"""A copy of somebody's details that waits in a retry rung does not bring back what the person has withdrawn."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import aio_pika
import aiormq
import httpx2
import pytest
from tests.cluster import Cluster

from alliance.kernel import SystemClock, new_id, to_text
from alliance.messaging.wire import properties

TRUST = "slam"


def key() -> dict[str, str]:
    return {"Idempotency-Key": new_id()}


async def until(holds: Callable[[], Awaitable[bool]], within: float = 20) -> None:
    async with asyncio.timeout(within):
        while not await holds():
            await asyncio.sleep(0.1)


async def copied_on_its_way(cluster: Cluster) -> tuple[aio_pika.abc.AbstractQueue, aio_pika.abc.AbstractConnection]:
    """A queue of the administrator's that gets a copy of every personal message to triage."""
    connection = await aio_pika.connect(cluster.admin_url)
    channel = await connection.channel()
    queue = await channel.declare_queue(exclusive=True)
    await queue.bind("intake.personal", "person-shared.v1.triage")
    return queue, connection


async def put_into_the_rung(cluster: Cluster, message: aio_pika.abc.AbstractIncomingMessage) -> None:
    """As triage itself would, after a reaction that could not be done yet."""
    connection = await aiormq.connect(cluster.members["triage"].environment["ALLIANCE_AMQP_URL"])
    headers = dict(message.headers) | {
        "producer": "intake",
        "reaction": "keep_details",
        "attempt": 1,
        "first-heard": to_text(SystemClock().now()),
    }
    await (await connection.channel()).basic_publish(
        message.body,
        exchange="triage.retry.5s",
        routing_key="inbox",
        properties=properties(f"{new_id()}:keep_details:1", "triage", headers),
    )
    await connection.close()


async def waiting_in_the_rung(cluster: Cluster) -> int:
    connection = await aio_pika.connect(cluster.admin_url)
    async with connection:
        queue = await (await connection.channel()).declare_queue("triage.retry.5s", passive=True)
        return queue.declaration_result.message_count or 0


async def details(triage: httpx2.AsyncClient, introduction: str) -> Any:
    """What triage shows of the person, or None while it holds nothing."""
    items = (await triage.get("/api/v1/cases", params={"introduction_id": introduction})).json()["items"]
    return (await triage.get(f"/api/v1/cases/{items[0]['id']}")).json()["details"] if items else None


@pytest.mark.broker
async def test_a_retried_copy_never_brings_back_what_was_withdrawn(tmp_path: Path) -> None:
    async with Cluster(tmp_path) as cluster:
        queue, connection = await copied_on_its_way(cluster)
        await cluster.start("intake", "triage")
        async with connection, cluster.client("intake") as intake, cluster.client("triage") as triage:
            body = {"person": {"full_name": "Privacy Madeup", "call_me": "Privy"}, "may_hold_details": [TRUST]}
            made = (await intake.post("/api/v1/self-introductions", json=body, headers=key())).json()
            introduction, person = made["introduction_id"], made["person_id"]
            accepted = await intake.post(f"/api/v1/introductions/{introduction}/accept", json={}, headers=key())
            assert accepted.status_code == 200, accepted.text

            async def held() -> bool:
                return bool(await details(triage, introduction))

            async def dropped() -> bool:
                return not await details(triage, introduction)

            async def rung_is_empty() -> bool:
                return await waiting_in_the_rung(cluster) == 0

            await until(held)
            copy = await queue.get(timeout=10)
            assert copy is not None
            await put_into_the_rung(cluster, copy)
            stopped = await intake.post(
                f"/api/v1/people/{person}/sharing",
                json={"organisation_id": TRUST, "allowed": False},
                headers=key(),
            )
            assert stopped.status_code == 200, stopped.text
            await until(dropped)
            assert await waiting_in_the_rung(cluster) == 1, "the copy came back too early to prove anything"
            await until(rung_is_empty)
            await asyncio.sleep(1)
            assert await dropped()
