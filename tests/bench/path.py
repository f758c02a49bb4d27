"""(b) The full path against a bare FastStream handler with the same two store writes and no guarantees."""

import time

from faststream.rabbit import Channel, ExchangeType, RabbitBroker, RabbitExchange, RabbitQueue
from tests.bench.ground import SAMPLE, Measured, Thing, by_bench, documents, median_ratio, side_by_side, store, until
from tests.cluster import Cluster

from alliance.contracts import intake
from alliance.kernel import new_id
from alliance.messaging import Heard, listen, on
from alliance.messaging.listener import Listener
from alliance.messaging.relay import Relay

EVENTS = 1_500
WIDTH = 50


async def measure(cluster: Cluster) -> list[Measured]:
    environment = {name: member.environment["ALLIANCE_AMQP_URL"] for name, member in cluster.members.items()}

    async def ours() -> float:
        said, heard_by = await store(cluster, "says"), await store(cluster, "hears")
        things, effects = documents(said), documents(heard_by, "effects")
        done = 0

        async def react(heard: Heard[intake.IntroductionReceived]) -> None:
            nonlocal done
            await effects.change_or_add(
                heard.data.introduction_id,
                lambda: Thing(id=heard.data.introduction_id, person_id=heard.data.person_id),
                Thing.look,
            )
            done += 1

        relay = Relay(said, service="intake", amqp_url=environment["intake"])
        said.on_written(relay.written)
        listener = Listener(
            listen(on(intake.IntroductionReceived, do=react)),
            {},
            service="reporting",
            organisation="bench",
            amqp_url=environment["reporting"],
        )
        await said.warm()
        await heard_by.warm()
        await relay.start()
        await listener.start()
        await until(lambda: relay.up)

        async def command() -> None:
            thing = Thing(id=new_id(), person_id=new_id())
            thing.receive()
            with by_bench(f"command:{new_id()}:1"):
                await things.add(thing)

        await side_by_side([command] * 20, WIDTH)
        await until(lambda: done >= 20)
        began = time.perf_counter()
        await side_by_side([command] * EVENTS, WIDTH)
        await until(lambda: done >= EVENTS + 20)
        seconds = time.perf_counter() - began
        await listener.stop()
        await relay.stop()
        return EVENTS / seconds

    async def bare() -> float:
        said, heard_by = await store(cluster, "bare-says"), await store(cluster, "bare-hears")
        things, effects = said.collection("things"), heard_by.collection("effects")
        broker = RabbitBroker(cluster.admin_url, logger=None)
        exchange = RabbitExchange("bench.events", type=ExchangeType.TOPIC)
        queue = RabbitQueue("bench.inbox", routing_key="introduction-received.v1", durable=True)
        done = 0

        @broker.subscriber(queue, exchange, channel=Channel(prefetch_count=WIDTH))
        async def handle(data: intake.IntroductionReceived) -> None:
            nonlocal done
            await effects.insert({"_id": new_id(), "state": data.model_dump(mode="json")})
            done += 1

        await broker.start()

        async def command() -> None:
            event = {**SAMPLE, "introduction_id": new_id(), "person_id": new_id()}
            await things.insert({"_id": event["introduction_id"], "state": event, "notes": "made up " * 25})
            await broker.publish(event, exchange=exchange, routing_key="introduction-received.v1", persist=True)

        await side_by_side([command] * 20, WIDTH)
        await until(lambda: done >= 20)
        began = time.perf_counter()
        await side_by_side([command] * EVENTS, WIDTH)
        await until(lambda: done >= EVENTS + 20)
        seconds = time.perf_counter() - began
        await broker.stop()
        return EVENTS / seconds

    ratio, mine, other = await median_ratio(ours, bare)
    detail = f"{mine:.0f} against {other:.0f} events a second"
    return [Measured("(b) full path / bare FastStream", ratio, "×", "≥ 0.5", ratio >= 0.5, detail)]
