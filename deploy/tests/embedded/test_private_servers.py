"""The private broker and store: on 127.0.0.1 alone, state kept over a kill, and gone when their parent is."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from functools import partial
from pathlib import Path

import aio_pika
import pytest
import pytest_asyncio
from pymongo import AsyncMongoClient

from alliance_deploy.embedded import RabbitNode, StoreServer
from alliance_deploy.embedded.child import NotReady, free_port

PARENT = """
import asyncio, sys
from pathlib import Path
from alliance_deploy.embedded import StoreServer

async def run():
    store = StoreServer(Path(sys.argv[1]), int(sys.argv[2]))
    await store.start()
    print(store.pid, flush=True)
    await asyncio.sleep(600)

asyncio.run(run())
"""


@pytest_asyncio.fixture(loop_scope="session")
async def node(tmp_path: Path) -> AsyncIterator[RabbitNode]:
    node = RabbitNode(tmp_path / "node")
    await node.start()
    yield node
    await node.kill()


def listening(pid: int) -> Iterator[str]:
    """Addresses in hexadecimal, as the kernel lists them, of the process's listening TCP sockets."""
    sockets = set()
    for file in Path(f"/proc/{pid}/fd").iterdir():
        try:
            target = str(file.readlink())
        except OSError:
            continue
        if target.startswith("socket:["):
            sockets.add(target[8:-1])
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]:
            words = line.split()
            if words[3] == "0A" and words[9] in sockets:
                yield words[1].partition(":")[0]


async def until(condition: Callable[[], bool], within: float = 10) -> None:
    async with asyncio.timeout(within):
        while not condition():
            await asyncio.sleep(0.05)


def gone(pid: int) -> bool:
    try:
        return "\nState:\tZ" in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return True


def registered(node: RabbitNode, queue: str) -> bool:
    """Ra writes the names of new quorum queues to disk twice a second: killed before, it forgets the queue."""
    return any(queue.encode() in file.read_bytes() for file in node.folder.glob("data/node/quorum/*/names.dets"))


@pytest.mark.broker
async def test_a_killed_broker_starts_again_with_its_messages(node: RabbitNode) -> None:
    connection = await aio_pika.connect(node.amqp_url())
    async with connection:
        channel = await connection.channel()
        queue = await channel.declare_queue("kept", durable=True, arguments={"x-queue-type": "quorum"})
        message = aio_pika.Message(b"still here", delivery_mode=aio_pika.DeliveryMode.PERSISTENT)
        await channel.default_exchange.publish(message, queue.name)
        await until(lambda: registered(node, "kept"))
        await node.kill()
    assert not node.running
    await node.start()
    connection = await aio_pika.connect(node.amqp_url())
    async with connection:
        channel = await connection.channel()
        queue = await channel.get_queue("kept")
        taken = await queue.get(timeout=10)
        assert taken.body == b"still here"


@pytest.mark.broker
async def test_the_broker_listens_on_this_machine_alone_and_has_no_guest(broker_node: RabbitNode) -> None:
    node = broker_node
    assert node.pid
    assert node._epmd
    addresses = [*listening(node.pid), *listening(node._epmd.pid)]
    local = {"0100007F", "00000000000000000000000001000000"}
    assert len(addresses) >= 4
    assert set(addresses) <= local
    with pytest.raises(aio_pika.exceptions.AMQPConnectionError):
        await aio_pika.connect(node.amqp_url("guest", "guest"))
    for secret in ("admin-password", ".erlang.cookie", "rabbitmq.conf"):
        assert (node.folder / secret).stat().st_mode & 0o077 == 0


@pytest.mark.broker
async def test_a_stopped_broker_leaves_nothing_running(tmp_path: Path) -> None:
    node = RabbitNode(tmp_path / "node")
    await node.start()
    assert node.pid
    assert node._epmd
    pids = [node.pid, node._epmd.pid]
    await node.stop()
    for pid in pids:
        await until(partial(gone, pid))


async def test_a_port_in_use_is_refused_with_its_name(tmp_path: Path) -> None:
    taken = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0)
    port = taken.sockets[0].getsockname()[1]
    async with taken:
        with pytest.raises(NotReady, match=f"port {port} .* is in use"):
            await StoreServer(tmp_path / "store", port).start()
        with pytest.raises(NotReady, match=f"port {port} .*amqp.* is in use"):
            await RabbitNode(tmp_path / "node", amqp_port=port).start()


@pytest.mark.store
async def test_a_killed_store_starts_again_with_what_it_acknowledged(tmp_path: Path) -> None:
    store = StoreServer(tmp_path / "store")
    await store.start()
    client: AsyncMongoClient[dict[str, str]] = AsyncMongoClient(store.url)
    try:
        await client["made_up"]["things"].insert_one({"_id": "1", "kept": "yes"})
        await store.kill()
        await store.start()
        assert await client["made_up"]["things"].find_one({"_id": "1"}) == {"_id": "1", "kept": "yes"}
    finally:
        await client.close()
        await store.stop()


@pytest.mark.store
async def test_a_server_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    parent = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", PARENT, str(tmp_path), str(free_port())), stdout=asyncio.subprocess.PIPE
    )
    assert parent.stdout
    pid = int(await asyncio.wait_for(parent.stdout.readline(), 30))
    os.kill(parent.pid, signal.SIGKILL)
    await parent.wait()
    await until(partial(gone, pid))
