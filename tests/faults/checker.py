"""Compares the log of answered commands with what took effect, once the dust has settled."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import aio_pika
import httpx2
from tests.faults.answered import Journal
from tests.faults.effects import Effect, Verdict
from tests.faults.expected import TOTAL, expected_effects
from tests.faults.found import Services

QUEUES = ("inbox", "urgent", "retry.5s", "retry.5m", "quarantine")
QUIET = 3.0
"""Seconds after which a second look must find the same: what is done twice may come late."""


@dataclass(frozen=True)
class Checker:
    """Knows the log, the addresses of the services and an administrator's account of the broker."""

    https: Mapping[str, httpx2.AsyncClient]
    admin_url: str

    async def verdict(self, journal: Journal) -> Verdict:
        """As things are now."""
        found = await Services(self.https, journal).findings()
        expected = expected_effects(journal)
        if found.escalations:
            expected[Effect("reporting", "alerts-escalated", TOTAL)] = found.escalations
        left = await waiting(self.admin_url, self.https)
        return Verdict.of(expected, +found.effects, broken=tuple(found.broken), left=left)

    async def settled(self, journal: Journal, *, within: float = 150) -> Verdict:
        """Look again and again until all is as it should be, and still is a moment later; the last verdict."""
        deadline = asyncio.get_running_loop().time() + within
        while True:
            try:
                verdict = await self.verdict(journal)
                if verdict.ok:
                    await asyncio.sleep(QUIET)
                    verdict = await self.verdict(journal)
                if verdict.ok or asyncio.get_running_loop().time() > deadline:
                    return verdict
            except httpx2.HTTPError:
                if asyncio.get_running_loop().time() > deadline:
                    raise
            await asyncio.sleep(2)


async def waiting(admin_url: str, services: Iterable[str]) -> tuple[str, ...]:
    """A sentence for every queue that is not empty."""
    counts = await _counts(admin_url, [f"{service}.{queue}" for service in services for queue in QUEUES])
    return tuple(f"{count} messages in {name}" for name, count in counts.items() if count)


async def events_said(admin_url: str, services: Iterable[str]) -> int:
    """How many events the logs hold: all that were said openly, those said twice by a relay that died included."""
    return sum((await _counts(admin_url, [f"{service}.log" for service in services])).values())


async def _counts(admin_url: str, queues: Iterable[str]) -> dict[str, int]:
    connection = await aio_pika.connect(admin_url, timeout=10)
    async with connection:
        channel = await connection.channel()
        declared = {name: await channel.declare_queue(name, passive=True) for name in queues}
        return {name: queue.declaration_result.message_count or 0 for name, queue in declared.items()}
