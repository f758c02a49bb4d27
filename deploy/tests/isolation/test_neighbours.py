"""A member that floods, and one that sleeps, stop nobody but themselves."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiormq
import pytest
from aiormq.abc import AbstractChannel, DeliveredMessage
from aiormq.exceptions import DeliveryError
from pamqp.commands import Basic

from alliance_deploy.agreement import Manifest
from alliance_deploy.isolation.examination import counts
from alliance_deploy.testing import LaidOutVhost, LayOut, agreement_granting
from alliance_deploy.topology import compile_topology

pytestmark = pytest.mark.broker

ACCEPTED, OPENED = "intake.introduction-accepted.v1", "finance.commitment-opened.v1"
INTAKE = Manifest(service="intake", says=(ACCEPTED,))
FINANCE = Manifest(service="finance", says=(OPENED,))
TRIAGE = Manifest(service="triage", hears=(ACCEPTED,))
REPORTING = Manifest(service="reporting", hears=(ACCEPTED, OPENED))
ALL = (INTAKE, FINANCE, TRIAGE, REPORTING)
FLOOD, AT_ONCE, BODY = 5_000, 200, b"x" * 1_000


@asynccontextmanager
async def channel_of(vhost: LaidOutVhost, user: str) -> AsyncIterator[AbstractChannel]:
    connection = await aiormq.connect(vhost.url(user))
    try:
        yield await connection.channel(publisher_confirms=True, on_return_raises=True)
    finally:
        await connection.close()


async def publish(channel: AbstractChannel, exchange: str, key: str, body: bytes = BODY) -> None:
    properties = Basic.Properties(user_id=exchange.partition(".")[0], delivery_mode=2)
    await channel.basic_publish(body, exchange=exchange, routing_key=key, properties=properties, mandatory=True)


async def flood(channel: AbstractChannel) -> None:
    for start in range(0, FLOOD, AT_ONCE):
        sends = (publish(channel, "finance.events", "commitment-opened.v1") for _ in range(start, start + AT_ONCE))
        await asyncio.gather(*sends)


async def fill(channel: AbstractChannel, exchange: str) -> None:
    for _ in range(1_000):
        await publish(channel, exchange, "inbox")


async def tell_triage(vhost: LaidOutVhost, times: int) -> None:
    """Intake says something and triage hears it, each time within five seconds."""
    heard: asyncio.Queue[bytes] = asyncio.Queue()
    async with channel_of(vhost, "intake") as speaking, channel_of(vhost, "triage") as listening:

        async def hear(message: DeliveredMessage) -> None:
            await listening.basic_ack(message.delivery_tag or 0)
            heard.put_nowait(message.body)

        await listening.basic_consume("triage.inbox", hear)
        for number in range(times):
            body = str(number).encode()
            async with asyncio.timeout(5):
                await publish(speaking, "intake.events", "introduction-accepted.v1", body)
                assert await heard.get() == body


async def test_a_flood_for_a_sleeping_listener_delays_nobody_else(alliance_vhost: LayOut) -> None:
    vhost = await alliance_vhost(ALL)
    async with channel_of(vhost, "finance") as finance:
        flooding = asyncio.create_task(flood(finance))
        await tell_triage(vhost, 50)
        await flooding
    await tell_triage(vhost, 10)
    topology = compile_topology(vhost.agreement, vhost.manifests, vhost=vhost.name)
    assert (await counts(topology, vhost.admin_url))["reporting.inbox"] == FLOOD + 60


async def test_filling_ones_own_retry_and_quarantine_is_refused_to_oneself_alone(alliance_vhost: LayOut) -> None:
    small = {"retry_bytes": 100_000, "quarantine_bytes": 100_000}
    vhost = await alliance_vhost(ALL, agreement_granting(ALL, broker=small))
    async with channel_of(vhost, "finance") as finance:
        for exchange in ("finance.retry.5m", "finance.quarantine"):
            with pytest.raises(DeliveryError):
                await fill(finance, exchange)
        await tell_triage(vhost, 10)
        await publish(finance, "finance.events", "commitment-opened.v1")


async def test_a_suspended_member_fills_nothing_and_hears_again_when_it_is_back(alliance_vhost: LayOut) -> None:
    awake = agreement_granting(ALL)
    members = awake.members | {
        "reporting-member": awake.members["reporting-member"].model_copy(update={"suspended": True})
    }
    asleep = awake.model_copy(update={"members": members})
    vhost = await alliance_vhost(ALL, asleep)
    topology = compile_topology(asleep, vhost.manifests, vhost=vhost.name)
    await tell_triage(vhost, 5)
    assert (await counts(topology, vhost.admin_url))["reporting.inbox"] == 0

    assert (await vhost.apply(awake)).equal
    await tell_triage(vhost, 3)
    assert (await counts(topology, vhost.admin_url))["reporting.inbox"] == 3
