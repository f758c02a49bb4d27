"""A broker laid out for two of the services, and what tests look at it with."""

from collections.abc import AsyncIterator, Awaitable, Callable

import aio_pika
import pytest_asyncio

from alliance_deploy.agreement.manifest import Manifest
from alliance_deploy.testing import LaidOutVhost, LayOut

INTAKE = Manifest(
    service="intake",
    says=(
        "intake.introduction-withdrawn.v1",
        "intake.person-shared.v1",
        "intake.safety-concern-raised.v1",
    ),
)
TRIAGE = Manifest(
    service="triage",
    hears=(*INTAKE.says, "triage.case-closed.v1"),
    says=("triage.case-closed.v1",),
    replayable=True,
)
SHORT_RUNGS = {"5s": 150, "5m": 400}

Everything = Callable[[str], Awaitable[list[aio_pika.abc.AbstractIncomingMessage]]]


@pytest_asyncio.fixture(loop_scope="session")
async def vhost(alliance_vhost: LayOut) -> LaidOutVhost:
    """Triage hears intake and itself, may read intake's log; the ladder is short."""
    return await alliance_vhost([INTAKE, TRIAGE], logs=[("triage", "intake")], rungs=SHORT_RUNGS)


@pytest_asyncio.fixture(loop_scope="session")
async def admin(vhost: LaidOutVhost) -> AsyncIterator[aio_pika.abc.AbstractChannel]:
    """A channel that may do everything, for looking and for planting."""
    connection = await aio_pika.connect(vhost.admin_url)
    yield await connection.channel()
    await connection.close()


@pytest_asyncio.fixture(loop_scope="session")
async def everything_in(admin: aio_pika.abc.AbstractChannel) -> Everything:
    """Takes all waiting messages out of a queue."""

    async def take(name: str) -> list[aio_pika.abc.AbstractIncomingMessage]:
        queue = await admin.declare_queue(name, passive=True)
        taken: list[aio_pika.abc.AbstractIncomingMessage] = []
        if not (expected := queue.declaration_result.message_count):
            return taken
        async with queue.iterator(no_ack=True, timeout=10) as messages:
            async for message in messages:
                taken.append(message)
                if len(taken) == expected:
                    break
        return taken

    return take
