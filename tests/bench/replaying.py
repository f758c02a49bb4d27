"""(d) Replay of 50,000 events into reporting, in batches, against reading the same stream raw."""

import asyncio
import time

import aiormq
from pydantic_core import to_json
from tests.bench.ground import SAMPLE, Measured, median_ratio, store
from tests.cluster import Cluster

from alliance.kernel import SystemClock, new_id, to_text
from alliance.messaging.log import StreamLog
from alliance.messaging.wire import PREFIX, properties
from alliance.service.replaying import SavedOffsets
from reporting.main import service

EVENTS = 50_000


async def measure(cluster: Cluster) -> list[Measured]:
    await _fill(cluster.members["intake"].environment["ALLIANCE_AMQP_URL"])
    environment = cluster.members["reporting"].environment
    url = environment["ALLIANCE_AMQP_URL"]
    settings = service.settings.model_validate(
        {name.removeprefix("ALLIANCE_").lower(): value for name, value in environment.items()}
    )

    async def raw() -> float:
        connection = await aiormq.connect(url)
        channel = await connection.channel()
        await channel.basic_qos(prefetch_count=1000)
        seen, done = 0, asyncio.Event()

        async def take(message: aiormq.abc.DeliveredMessage) -> None:
            nonlocal seen
            seen += 1
            assert message.delivery_tag is not None
            if seen % 500 == 0:
                await channel.basic_ack(message.delivery_tag, multiple=True, wait=False)
            if seen >= EVENTS:
                done.set()

        began = time.perf_counter()
        await channel.basic_consume("intake.log", take, arguments={"x-stream-offset": "first"})
        await asyncio.wait_for(done.wait(), 300)
        seconds = time.perf_counter() - began
        await connection.close()
        return EVENTS / seconds

    async def replay() -> float:
        database = await store(cluster, "replay")
        wiring = service.wire(database, settings, SystemClock())
        await database.warm()
        logs = StreamLog(
            service.hears,
            wiring.given,
            service="reporting",
            organisation=settings.organisation,
            amqp_url=url,
            offsets=SavedOffsets(database),
            batch=wiring.replay_batch,
        )
        began = time.perf_counter()
        heard = await logs.replay("intake")
        assert heard >= EVENTS
        return heard / (time.perf_counter() - began)

    ratio, mine, other = await median_ratio(replay, raw)
    detail = f"{mine:.0f} against {other:.0f} events a second"
    return [Measured("(d) replay into reporting / raw stream", ratio, "×", "≥ 0.3", ratio >= 0.3, detail)]


async def _fill(url: str) -> None:
    """Put the events into intake's log, as intake would."""
    connection = await aiormq.connect(url)
    channel = await connection.channel()
    gate = asyncio.Semaphore(200)

    async def publish() -> None:
        data = {**SAMPLE, "introduction_id": new_id(), "person_id": new_id()}
        headers = {
            "specversion": "1.0",
            "id": new_id(),
            "source": "/alliance/intake",
            "type": "intake.introduction-received.v1",
            "subject": data["introduction_id"],
            "time": to_text(SystemClock().now()),
            "sequence": 1,
            "partitionkey": data["person_id"],
            "correlationid": new_id(),
            "actor": "staff-bench",
            "organisation": "certitude",
        }
        named = {PREFIX + name: value for name, value in headers.items()}
        async with gate:
            await channel.basic_publish(
                to_json(data),
                exchange="intake.events",
                routing_key="introduction-received.v1",
                properties=properties(headers["id"], "intake", named),
            )

    for _ in range(EVENTS // 5_000):
        await asyncio.gather(*(publish() for _ in range(5_000)))
    await connection.close()
