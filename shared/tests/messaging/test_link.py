"""The link comes back from whatever the client library makes of a broken connection."""

import asyncio
from typing import Any

import aio_pika
import pytest

from alliance.messaging import link as module
from alliance.messaging.link import Link


async def test_a_cancellation_that_nobody_asked_for_is_a_lost_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """aiormq cancels the calls that wait on a connection when its reader ends abnormally."""
    tries = 0

    async def connect(*_: Any, **__: Any) -> Any:
        nonlocal tries
        tries += 1
        raise asyncio.CancelledError if tries < 3 else ConnectionError

    monkeypatch.setattr(aio_pika, "connect", connect)
    monkeypatch.setattr(module, "FIRST_DELAY", 0.01)
    link = Link("amqp://nobody:nothing@127.0.0.1:1/none", purpose="test")
    await link.start()
    async with asyncio.timeout(10):
        while tries < 4:
            await asyncio.sleep(0.01)
    await link.stop()


async def test_stopping_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    async def connect(*_: Any, **__: Any) -> Any:
        await asyncio.Event().wait()

    monkeypatch.setattr(aio_pika, "connect", connect)
    link = Link("amqp://nobody:nothing@127.0.0.1:1/none", purpose="test")
    await link.start()
    await asyncio.sleep(0)
    await asyncio.wait_for(link.stop(), 5)
