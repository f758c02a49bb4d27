"""What the compiled topology does on a real broker: the ladder comes back, dead letters arrive, limits bite."""

import asyncio

import aiormq
import pytest
from aiormq.abc import AbstractChannel, DeliveredMessage
from pamqp.commands import Basic

from alliance_deploy.agreement import Manifest
from alliance_deploy.testing import LaidOutVhost, LayOut, agreement_granting

pytestmark = pytest.mark.broker

ACCEPTED, CONCERN = "intake.introduction-accepted.v1", "intake.safety-concern-raised.v1"
INTAKE = Manifest(service="intake", says=(ACCEPTED, CONCERN))
TRIAGE = Manifest(service="triage", hears=(ACCEPTED, CONCERN))
PERSISTENT = Basic.Properties(user_id="triage", delivery_mode=2)


async def next_of(channel: AbstractChannel, queue: str, within: float = 5) -> DeliveredMessage:
    """The next message of a lane: those have a single active consumer and cannot be asked."""
    taken: asyncio.Future[DeliveredMessage] = asyncio.get_running_loop().create_future()

    async def take(message: DeliveredMessage) -> None:
        if not taken.done():
            taken.set_result(message)

    await channel.basic_qos(prefetch_count=1)
    started = await channel.basic_consume(queue, take)
    try:
        return await asyncio.wait_for(taken, within)
    finally:
        await channel.basic_cancel(started.consumer_tag or "")


async def test_a_retry_returns_to_the_lane_that_it_names(alliance_vhost: LayOut) -> None:
    vhost = await alliance_vhost([INTAKE, TRIAGE], rungs={"5s": 100, "5m": 200})
    connection = await aiormq.connect(vhost.url("triage"))
    channel = await connection.channel()
    for rung, lane in (("5s", "inbox"), ("5m", "urgent")):
        await channel.basic_publish(
            lane.encode(), exchange=f"triage.retry.{rung}", routing_key=lane, properties=PERSISTENT
        )
        message = await next_of(await connection.channel(), f"triage.{lane}")
        assert message.body == lane.encode()
        assert message.header.properties.user_id == "triage"
    await connection.close()


async def test_a_rejected_message_is_in_quarantine(alliance_vhost: LayOut) -> None:
    vhost = await alliance_vhost([INTAKE, TRIAGE])
    intake = await aiormq.connect(vhost.url("intake"))
    speaking = await intake.channel(on_return_raises=True)
    signed = Basic.Properties(user_id="intake", delivery_mode=2)
    await speaking.basic_publish(
        b"bad", exchange="intake.events", routing_key="safety-concern-raised.v1", properties=signed
    )
    triage = await aiormq.connect(vhost.url("triage"))
    channel = await triage.channel()
    message = await next_of(channel, "triage.urgent")
    await channel.basic_reject(message.delivery_tag or 0, requeue=False)
    assert (await next_of(await triage.channel(), "triage.quarantine")).body == b"bad"
    await intake.close()
    await triage.close()


async def test_the_connection_limit_of_a_member_is_its_own(alliance_vhost: LayOut) -> None:
    agreement = agreement_granting([INTAKE, TRIAGE])
    tight = {name: terms.model_copy(update={"connections": 2}) for name, terms in agreement.services.items()}
    vhost = await alliance_vhost([INTAKE, TRIAGE], agreement.model_copy(update={"services": tight}))
    held = [await aiormq.connect(vhost.url("triage")) for _ in range(2)]
    with pytest.raises(aiormq.exceptions.AMQPError):
        await aiormq.connect(vhost.url("triage"))
    held.append(await aiormq.connect(vhost.url("intake")))
    for connection in held:
        await connection.close()


async def test_changed_limits_reach_queues_that_are_in_use(alliance_vhost: LayOut) -> None:
    vhost = await alliance_vhost([INTAKE, TRIAGE], rungs={"5s": 60_000, "5m": 60_000})
    connection = await aiormq.connect(vhost.url("triage"))
    channel = await connection.channel()
    vhost.rungs["5s"] = 50
    changed = await vhost.apply()
    assert changed.equal
    assert {(step.act, step.thing.kind) for step in changed.plan.steps} == {("change", "policy")}
    await channel.basic_publish(b"soon", exchange="triage.retry.5s", routing_key="inbox", properties=PERSISTENT)
    assert (await next_of(channel, "triage.inbox")).body == b"soon"
    await connection.close()


async def test_credentials_are_renewed_one_after_the_other_without_a_gap(alliance_vhost: LayOut) -> None:
    vhost = await alliance_vhost([INTAKE, TRIAGE])
    first, second = await aiormq.connect(vhost.url("triage")), await aiormq.connect(vhost.url("triage.b"))
    old = vhost.url("triage.b")
    (vhost.secrets.folder / "triage.b").unlink()
    outcome = await vhost.apply()
    assert outcome.equal
    assert outcome.plan.shrunk() == {"triage.b"}
    await closed(second)
    assert not first.is_closed
    with pytest.raises(aiormq.exceptions.AMQPError):
        await aiormq.connect(old)
    renewed = await aiormq.connect(vhost.url("triage.b"))
    for connection in (first, renewed):
        await connection.close()


async def test_a_plan_changes_nothing(alliance_vhost: LayOut) -> None:
    from alliance_deploy.reconcile import plan_for
    from alliance_deploy.topology import compile_topology

    vhost: LaidOutVhost = await alliance_vhost([INTAKE, TRIAGE])
    topology = compile_topology(vhost.agreement, vhost.manifests, vhost=f"{vhost.name}-not-there")
    plan = await plan_for(topology, vhost.management, vhost.secrets)
    assert plan
    assert topology.vhost not in {row["name"] for row in await vhost.management.get("vhosts")}


async def closed(connection: aiormq.abc.AbstractConnection) -> None:
    async with asyncio.timeout(5):
        while not connection.is_closed:
            await asyncio.sleep(0.02)
