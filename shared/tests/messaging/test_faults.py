"""What breaks between a service and its broker delays events, and does nothing else."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import aio_pika
import pytest

from alliance.messaging import Heard
from alliance.messaging.relay import Relay
from alliance.testing.proxy import proxying
from alliance_deploy.embedded import RabbitNode
from alliance_deploy.testing import LaidOutVhost

from .boxes import Boxes
from .builders import a_concern, an_envelope
from .effects import Effects, hearing, is_ready
from .speaking import ids, speaking
from .waiting import until

pytestmark = pytest.mark.broker

Everything = Callable[[str], Awaitable[list[aio_pika.abc.AbstractIncomingMessage]]]


async def test_an_event_in_hand_when_the_connection_breaks_takes_effect_once(vhost: LaidOutVhost) -> None:
    effects, began = Effects(), asyncio.Event()

    async def hold(heard: Heard[Any]) -> None:
        began.set()
        await asyncio.sleep(0.2)

    effects.hold = hold
    said = [an_envelope(about=f"one-{number}") for number in range(20)]
    async with (
        proxying(vhost.url("triage")) as proxy,
        speaking(vhost.url("intake"), "intake") as intake_,
        hearing(proxy.before(vhost.url("triage")), effects) as listener,
    ):
        await intake_.say(*said)
        await began.wait()
        await proxy.reset()
        await until(lambda: len(effects.events) == 20)
        await until(lambda: is_ready(listener))
    assert sorted(effects.events) == sorted(ids(said))


async def test_a_listener_that_starts_before_its_broker_hears_once_the_broker_is_there(vhost: LaidOutVhost) -> None:
    effects, event = Effects(), an_envelope()
    async with proxying(vhost.url("triage")) as proxy, speaking(vhost.url("intake"), "intake") as intake_:
        await proxy.down()
        async with hearing(proxy.before(vhost.url("triage")), effects, ready=False) as listener:
            await intake_.say(event)
            assert not await is_ready(listener)
            assert await listener.horizon() is None
            await proxy.up()
            await until(lambda: effects.events == [event.id])
            await until(lambda: is_ready(listener))


async def test_an_urgent_event_overtakes_ten_thousand_waiting_ones(vhost: LaidOutVhost) -> None:
    effects, urgent = Effects(), a_concern(about="urgent")
    seen_at: list[int] = []

    async def hold(heard: Heard[Any]) -> None:
        await asyncio.sleep(0)
        if heard.id == urgent.id:
            seen_at.append(len(effects.events))

    effects.hold = hold
    async with speaking(vhost.url("intake"), "intake") as intake_:
        waiting = [an_envelope(about=f"one-{number}") for number in range(10_000)]
        for start in range(0, 10_000, 100):
            await asyncio.gather(*(intake_.say(event) for event in waiting[start : start + 100]))
        async with hearing(vhost.url("triage"), effects, ready=False):
            await until(lambda: len(effects.events) > 100)
            await intake_.say(urgent)
            await until(lambda: bool(seen_at), within=5)
    assert seen_at[0] < 5_000


async def test_duplicates_in_any_order_take_effect_once_each(vhost: LaidOutVhost, everything_in: Everything) -> None:
    effects = Effects()
    events = [an_envelope(about=f"one-{number % 7}", sequence=number + 1) for number in range(100)]
    said = events + random.sample(events, 50)
    random.shuffle(said)
    effects.waits_for.update(ids(events[:5]))
    async with hearing(vhost.url("triage"), effects), speaking(vhost.url("intake"), "intake") as intake_:
        await intake_.say(*said)
        await until(lambda: len(effects.events) == 95)
        effects.waits_for.clear()
        await until(lambda: len(effects.events) == 100)
    assert sorted(effects.events) == sorted(ids(events))
    assert await everything_in("triage.quarantine") == []


async def test_a_lane_without_a_consumer_makes_the_service_not_ready_and_heals(
    vhost: LaidOutVhost, admin: aio_pika.abc.AbstractChannel
) -> None:
    effects = Effects()
    async with hearing(vhost.url("triage"), effects) as listener:
        arguments: dict[str, Any] = {"x-queue-type": "quorum", "x-single-active-consumer": True}
        await admin.queue_delete("triage.inbox")
        await until(lambda: sick(listener))
        inbox = await admin.declare_queue("triage.inbox", durable=True, arguments=arguments)
        await inbox.bind("intake.events", "introduction-withdrawn.v1")
        await until(lambda: is_ready(listener), within=30)
        async with speaking(vhost.url("intake"), "intake") as intake_:
            await intake_.say(event := an_envelope())
            await until(lambda: effects.events == [event.id])


async def sick(listener: Any) -> bool:
    return not await is_ready(listener)


async def test_the_horizon_is_now_when_all_is_heard_and_stays_behind_what_is_in_hand(vhost: LaidOutVhost) -> None:
    effects, release = Effects(), asyncio.Event()

    async def hold(heard: Heard[Any]) -> None:
        await release.wait()

    effects.hold = hold
    old = an_envelope()
    async with speaking(vhost.url("intake"), "intake") as intake_:
        await intake_.say(old)
        async with hearing(vhost.url("triage"), effects) as listener:
            await until(lambda: len(effects.attempts) == 1)
            assert (await listener.horizon()) == old.time - timedelta(seconds=60)
            release.set()
            await until(lambda: passed(listener, old))


async def passed(listener: Any, event: Any) -> bool:
    horizon = await listener.horizon()
    return horizon is not None and horizon > event.time


@pytest.mark.parametrize("fault", ["reset", "down", "blackhole"])
async def test_whatever_breaks_the_relays_connection_nothing_is_lost(
    vhost: LaidOutVhost, everything_in: Everything, fault: str
) -> None:
    boxes = Boxes()
    async with proxying(vhost.url("intake")) as proxy:
        relay = Relay(
            boxes,
            service="intake",
            amqp_url=proxy.before(vhost.url("intake")),
            sweep_seconds=0.1,
            older_than=timedelta(seconds=0.5),
            publish_timeout=1.0,
        )
        await relay.start()
        try:
            await until(lambda: relay.up)
            written = []
            for number in range(500):
                event = an_envelope(about=f"one-{number}")
                written.append(event)
                relay.written(*boxes.write(f"one-{number}", event))
                if number % 100 == 50:
                    await asyncio.sleep(0.005)
                    await getattr(proxy, fault)()
                if number % 100 == 90:
                    await asyncio.sleep(0.05)
                    await proxy.up()
            await until(lambda: boxes.waiting == 0, within=40)
        finally:
            await relay.stop()
    heard = {message.headers["cloudEvents_id"] for message in await everything_in("triage.inbox")}
    assert heard == set(ids(written))


async def test_a_broker_that_is_killed_and_started_again_only_delays(
    vhost: LaidOutVhost, broker_node: RabbitNode
) -> None:
    effects, boxes = Effects(), Boxes()
    relay = Relay(
        boxes,
        service="intake",
        amqp_url=vhost.url("intake"),
        sweep_seconds=0.1,
        older_than=timedelta(seconds=0.5),
        publish_timeout=2.0,
    )
    await relay.start()
    written = []
    try:
        async with hearing(vhost.url("triage"), effects) as listener:
            for number in range(300):
                event = an_envelope(about=f"one-{number}")
                written.append(event)
                relay.written(*boxes.write(f"one-{number}", event))
                await asyncio.sleep(0.001)
                if number == 150:
                    await broker_node.kill()
            await broker_node.start()
            await until(lambda: len(effects.events) == 300, within=60)
            await until(lambda: is_ready(listener), within=30)
            await until(lambda: boxes.waiting == 0)
    finally:
        await relay.stop()
    assert sorted(effects.events) == sorted(ids(written))
