"""The chaos proxy does to a connection what its words say."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from alliance.testing.proxy import Proxy, proxying

from .waiting import until


@asynccontextmanager
async def echoing() -> AsyncIterator[Proxy]:
    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(1000):
            writer.write(data)
        writer.close()

    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with proxying(f"amqp://somebody@127.0.0.1:{port}/") as proxy:
        yield proxy
    server.close()


class Caller:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    async def ask(self, text: bytes, within: float = 5.0) -> bytes:
        self.writer.write(text)
        async with asyncio.timeout(within):
            return await self.reader.read(1000)


async def a_caller(proxy: Proxy) -> Caller:
    return Caller(*await asyncio.open_connection("127.0.0.1", proxy.port))


async def test_up_passes_both_ways() -> None:
    async with echoing() as proxy:
        assert await (await a_caller(proxy)).ask(b"hello") == b"hello"


async def test_down_cuts_what_is_open_and_refuses_what_is_new_until_up_again() -> None:
    async with echoing() as proxy:
        caller = await a_caller(proxy)
        await caller.ask(b"hello")
        await proxy.down()
        assert await caller.reader.read() == b""
        with pytest.raises(OSError, match=r"refused|failed"):
            await a_caller(proxy)
        await proxy.up()
        assert await (await a_caller(proxy)).ask(b"again") == b"again"


async def test_a_blackhole_keeps_the_connection_and_holds_the_bytes_back() -> None:
    async with echoing() as proxy:
        caller = await a_caller(proxy)
        await caller.ask(b"hello")
        await proxy.blackhole()
        with pytest.raises(TimeoutError):
            await caller.ask(b"late", within=0.1)
        await proxy.up()
        async with asyncio.timeout(5):
            assert await caller.reader.read(1000) == b"late"


async def test_a_reset_breaks_what_is_open_only() -> None:
    async with echoing() as proxy:
        caller = await a_caller(proxy)
        await caller.ask(b"hello")
        await proxy.reset()
        await until(lambda: caller.reader.at_eof() or caller.reader.exception() is not None)
        assert await (await a_caller(proxy)).ask(b"again") == b"again"
        assert proxy.connections == 1


async def test_latency_makes_everything_late() -> None:
    async with echoing() as proxy:
        proxy.latency = 0.05
        caller, began = await a_caller(proxy), time.monotonic()
        await caller.ask(b"hello")
        assert time.monotonic() - began >= 0.1


async def test_a_url_is_led_through_the_proxy() -> None:
    async with echoing() as proxy:
        assert (
            proxy.before("amqp://a:b%2F@host:5672/v?heartbeat=5")
            == f"amqp://a:b%2F@127.0.0.1:{proxy.port}/v?heartbeat=5"
        )
