"""What may break while journeys are on their way: services, the broker, the store, the network between them."""

import asyncio
import os
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from tests.cluster import SERVICES, Cluster

from alliance.testing.proxy import Proxy
from alliance_deploy.embedded.rabbitmq import find_server


@asynccontextmanager
async def meanwhile(act: Callable[[], Awaitable[None]]) -> AsyncIterator[None]:
    """`act` runs beside the block, which waits for its end; an error in it fails the block."""
    async with asyncio.TaskGroup() as group:
        group.create_task(_of(act))
        yield


async def _of(act: Callable[[], Awaitable[None]]) -> None:
    await act()


async def kill_again_and_again(cluster: Cluster, rng: random.Random, *, times: int, every: float) -> None:
    """`kill -9` some service; it comes back by itself."""
    for _ in range(times):
        await asyncio.sleep(rng.uniform(0.5, 1.5) * every)
        await cluster.members[rng.choice(SERVICES)].kill()


async def restart_broker(cluster: Cluster, *, after: float, gently: bool) -> None:
    await asyncio.sleep(after)
    await (cluster.broker.stop() if gently else cluster.broker.kill())
    await asyncio.sleep(2)
    await cluster.broker.start()


async def restart_store(cluster: Cluster, *, after: float, gently: bool) -> None:
    await asyncio.sleep(after)
    await (cluster.store.stop() if gently else cluster.store.kill())
    await asyncio.sleep(2)
    await cluster.store.start()


@asynccontextmanager
async def through_a_proxy(cluster: Cluster, *names: str) -> AsyncIterator[Proxy]:
    """These services reach the broker through a proxy, for the length of a block."""
    proxy = Proxy("127.0.0.1", cluster.broker.ports.amqp)
    await proxy.start()
    members = [cluster.members[name] for name in names]
    direct = {member.name: member.environment["ALLIANCE_AMQP_URL"] for member in members}
    for member in members:
        await member.stop()
        member.environment["ALLIANCE_AMQP_URL"] = proxy.before(direct[member.name])
    await cluster.start(*names)
    try:
        yield proxy
    finally:
        for member in members:
            await member.stop()
            member.environment["ALLIANCE_AMQP_URL"] = direct[member.name]
        await cluster.start(*names)
        await proxy.stop()


async def black_out(proxy: Proxy, *, after: float, seconds: float) -> None:
    """The network is dead: connections stay open and nothing passes."""
    await asyncio.sleep(after)
    await proxy.blackhole()
    await asyncio.sleep(seconds)
    await proxy.up()


async def run_out_of_memory(cluster: Cluster, *, after: float, seconds: float) -> None:
    """The broker raises its memory alarm and takes no message until it is over."""
    await asyncio.sleep(after)
    await _watermark(cluster, "0.00001")
    await asyncio.sleep(seconds)
    await _watermark(cluster, "0.6")


async def _watermark(cluster: Cluster, share: str) -> None:
    server = find_server()
    if server is None:
        raise AssertionError("there is no RabbitMQ on this machine")
    process = await asyncio.create_subprocess_exec(
        str(server.with_name("rabbitmqctl")),
        "set_vm_memory_high_watermark",
        share,
        env={**os.environ, **cluster.broker._environment()},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    if await process.wait():
        raise AssertionError("rabbitmqctl could not set the watermark")
