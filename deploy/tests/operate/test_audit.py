"""What an auditor is told about a trail, from a real store and a real broker."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from alliance.access.audit import Entry, hash_of
from alliance.kernel import SystemClock, new_id
from alliance.messaging.relay import Relay
from alliance.messaging.stream import NotGranted
from alliance.service.auditing import Auditing, auditing
from alliance.store import MongoDatabase
from alliance_deploy.agreement import Manifest
from alliance_deploy.embedded import StoreServer
from alliance_deploy.operate.audit import Verdict, anchors_in_log, examine, lines_in_store
from alliance_deploy.testing import LaidOutVhost, LayOut

pytestmark = [pytest.mark.broker, pytest.mark.store]

TRIAGE = Manifest(service="triage", says=("triage.audit-anchored.v1", "triage.case-opened.v1"))


class Trail:
    """Triage's trail in a store and at a broker of its own, with what an auditor finds there."""

    def __init__(self, store: StoreServer, vhost: LaidOutVhost) -> None:
        self.url, self.name, self.vhost = store.url, f"test_{secrets.token_hex(4)}", vhost
        self.database = MongoDatabase(self.url, self.name)
        self.relay = Relay(self.database, service="triage", amqp_url=vhost.url("triage"))
        self.database.on_written(self.relay.written)
        self.audit: Auditing = self.again()

    def again(self) -> Auditing:
        return auditing("triage", database=self.database, organisation="slam", clock=SystemClock(), every=900)

    async def grow(self, entries: int) -> None:
        for _ in range(entries):
            await self.audit.trail.note(
                Entry(
                    actor="staff-7",
                    organisation="slam",
                    action="case.read",
                    record="case",
                    record_id=new_id(),
                    ground="own-organisation",
                    outcome="shown",
                    correlation_id=new_id(),
                )
            )

    async def examined(self, *, later: timedelta = timedelta()) -> Verdict:
        anchors = await anchors_in_log(self.vhost.admin_url, "triage")
        lines = lines_in_store(self.url, self.name, "triage")
        return await examine("triage", lines, anchors, now=SystemClock().now() + later)


@pytest.fixture
async def trail(store_server: StoreServer, alliance_vhost: LayOut) -> AsyncIterator[Trail]:
    made = Trail(store_server, await alliance_vhost([TRIAGE]))
    await made.database.warm()
    await made.audit.trail.prepare()
    await made.relay.start()
    yield made
    await made.relay.stop()
    await made.database._client.drop_database(made.name)
    await made.database.close()


async def anchored(trail: Trail) -> None:
    """Anchor, and wait until the anchor is in the log."""
    sequence = (await trail.audit.trail.head()).sequence
    await trail.audit.anchor()
    async with asyncio.timeout(30):
        while sequence not in {anchor.sequence for anchor in await anchors_in_log(trail.vhost.admin_url, "triage")}:
            await asyncio.sleep(0.05)


async def test_an_honest_trail_is_found_whole(trail: Trail) -> None:
    assert (await trail.examined()).told() == {
        "service": "triage",
        "ok": True,
        "entries": 0,
        "anchor": None,
        "findings": [],
    }
    await trail.grow(3)
    await anchored(trail)
    await trail.grow(2)
    verdict = await trail.examined()
    assert (verdict.holds, verdict.entries) == (True, 5)
    assert verdict.anchor
    assert verdict.anchor.sequence == 3


async def test_a_cut_tail_is_found_by_what_the_broker_still_knows(trail: Trail) -> None:
    await trail.grow(4)
    await anchored(trail)
    lines = trail.database.collection("audit")
    await lines.delete({"_id": f"{4:012}"})
    await trail.database.collection("audit_heads").delete({})
    verdict = await trail.examined()
    assert [finding.kind for finding in verdict.findings] == ["cut"]
    trail.audit = trail.again()
    await trail.grow(3)
    await anchored(trail)
    verdict = await trail.examined()
    assert [(finding.kind, finding.sequence) for finding in verdict.findings] == [("rewritten", 4)]


async def test_a_trail_that_was_rewritten_with_all_its_hashes_is_found(trail: Trail) -> None:
    await trail.grow(3)
    await anchored(trail)
    lines, prev = trail.database.collection("audit"), "0" * 64
    for sequence in (1, 2, 3):
        line: dict[str, Any] = await lines.find(f"{sequence:012}") or {}
        body = {**line["body"], "actor": "staff-8", "prev": prev}
        prev = hash_of(body)
        await lines.update({"_id": line["_id"]}, {"$set": {"body": body, "hash": prev}})
    verdict = await trail.examined()
    assert [finding.kind for finding in verdict.findings] == ["rewritten"]


async def test_a_trail_that_nobody_anchors_is_found(trail: Trail) -> None:
    await trail.grow(1)
    assert (await trail.examined()).holds
    verdict = await trail.examined(later=timedelta(hours=3))
    assert [finding.kind for finding in verdict.findings] == ["not-anchored"]


async def test_a_log_that_is_not_there_is_told(trail: Trail) -> None:
    with pytest.raises(NotGranted):
        await anchors_in_log(trail.vhost.admin_url, "nobody")
