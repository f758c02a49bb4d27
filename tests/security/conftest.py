"""An alliance in which everything that somebody may type does harm where it is not escaped."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import aio_pika
import pytest
from tests.browser.crew import Crew
from tests.browser.filled import Filled, fill
from tests.cluster import SERVICES, Cluster
from tests.security.harm import HOSTILE


@dataclass
class Overheard:
    """What the services said to each other while it was filled, but for what is meant for one of them alone."""

    filled: Filled
    said: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
async def hostile(alliance: Cluster, crew: Crew) -> AsyncIterator[Overheard]:
    connection = await aio_pika.connect(alliance.admin_url)
    async with connection:
        channel = await connection.channel()
        queue = await channel.declare_queue(exclusive=True)
        for name in SERVICES:
            await queue.bind(f"{name}.events", "#")
        overheard = Overheard(await fill(alliance, crew, HOSTILE))
        while message := await queue.get(no_ack=True, fail=False):
            overheard.said.append(f"{message.routing_key} {dict(message.headers)} {message.body.decode()}")
        yield overheard
