"""(a) The relay against raw aio-pika with a hundred confirms in flight, with and without the store's share."""

import time
from collections.abc import Sequence
from datetime import datetime

import aio_pika
from tests.bench.ground import Measured, Thing, by_bench, documents, median_ratio, side_by_side, store, until
from tests.cluster import Cluster

from alliance.contracts import Envelope
from alliance.kernel import new_id
from alliance.messaging.outbox import Confirmed, Waiting
from alliance.messaging.relay import Relay
from alliance.messaging.wire import body_of, headers_of

EVENTS = 3_000

Written = tuple[str, str, int, Sequence[Envelope]]


class NoStore:
    """Takes confirms and does nothing: what the relay costs by itself."""

    def __init__(self) -> None:
        self.confirmed = 0

    async def pending(self, older_than: datetime, limit: int = 100) -> Sequence[Waiting]:
        return []

    async def confirm(self, confirmed: Sequence[Confirmed]) -> None:
        self.confirmed += len(confirmed)

    async def lease(self, name: str, holder: str, seconds: float) -> bool:
        return True


async def measure(cluster: Cluster) -> list[Measured]:
    url = cluster.members["intake"].environment["ALLIANCE_AMQP_URL"]

    async def written() -> tuple[list[Written], object]:
        database = await store(cluster, "relay")
        things, found = documents(database), list[Written]()
        database.on_written(lambda *parts: found.append(parts))
        await database.warm()

        async def add() -> None:
            thing = Thing(id=new_id(), person_id=new_id())
            thing.receive()
            with by_bench():
                await things.add(thing)

        await side_by_side([add] * EVENTS, 50)
        return found, database

    async def relayed(*, with_store: bool) -> float:
        found, database = await written()
        outboxes = _Counting(database) if with_store else NoStore()
        relay = Relay(outboxes, service="intake", amqp_url=url)
        await relay.start()
        await until(lambda: relay.up)
        began = time.perf_counter()
        for parts in found:
            relay.written(*parts)
        await until(lambda: outboxes.confirmed >= EVENTS)
        seconds = time.perf_counter() - began
        await relay.stop()
        return EVENTS / seconds

    async def raw() -> float:
        found, _ = await written()
        connection = await aio_pika.connect(url)
        async with connection:
            channel = await connection.channel(on_return_raises=True)
            exchange = await channel.get_exchange("intake.events", ensure=False)

            async def publish(envelope: Envelope) -> None:
                message = aio_pika.Message(
                    body_of(envelope),
                    headers=headers_of(envelope),
                    content_type="application/json",
                    message_id=envelope.id,
                    user_id="intake",
                    delivery_mode=aio_pika.DeliveryMode.PERSISTENT,
                )
                await exchange.publish(message, envelope.type.partition(".")[2], mandatory=True)

            work = [lambda each=parts[3][0]: publish(each) for parts in found]
            return EVENTS / await side_by_side(work, 100)

    whole, ours, theirs = await median_ratio(lambda: relayed(with_store=True), raw)
    bare, alone, _ = await median_ratio(lambda: relayed(with_store=False), raw)
    return [
        Measured(
            "(a) relay / raw aio-pika", whole, "×", "≥ 0.45", whole >= 0.45, f"{ours:.0f} against {theirs:.0f} a second"
        ),
        Measured("(a) the same without the store", bare, "×", "≥ 0.7", bare >= 0.7, f"{alone:.0f} a second"),
    ]


class _Counting:
    """The store, counting what it has been told."""

    def __init__(self, database: object) -> None:
        self._database = database
        self.confirmed = 0

    async def pending(self, older_than: datetime, limit: int = 100) -> Sequence[Waiting]:
        return []

    async def confirm(self, confirmed: Sequence[Confirmed]) -> None:
        await self._database.confirm(confirmed)  # type: ignore[attr-defined]
        self.confirmed += len(confirmed)

    async def lease(self, name: str, holder: str, seconds: float) -> bool:
        return True
