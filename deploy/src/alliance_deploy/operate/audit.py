"""Whether every service's audit trail is whole: its chain held against what its log at the broker says of it."""

from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx2

from alliance.access.audit import Line
from alliance.access.trail import Trail
from alliance.access.verifying import ANCHORED_WITHIN, Anchor, Finding, Reading
from alliance.contracts.catalogue import catalogue
from alliance.kernel import SystemClock
from alliance.messaging.arriving import users_of
from alliance.messaging.stream import Logged, open_stream
from alliance.messaging.wire import Unreadable, decode
from alliance.store import MongoDatabase

PAGE = 500


@dataclass(frozen=True)
class Verdict:
    """What was found about one service's trail."""

    service: str
    entries: int
    anchor: Anchor | None
    findings: Sequence[Finding] = ()

    @property
    def holds(self) -> bool:
        return not self.findings

    def told(self) -> dict[str, Any]:
        """For programs."""
        anchor = {"sequence": self.anchor.sequence, "at": self.anchor.at.isoformat()} if self.anchor else None
        findings = [{"kind": f.kind, "sequence": f.sequence, "sentence": f.sentence} for f in self.findings]
        return {"service": self.service, "ok": self.holds, "entries": self.entries, "anchor": anchor} | {
            "findings": findings
        }


async def examine(service: str, lines: AsyncIterator[Line], anchors: Collection[Anchor], *, now: datetime) -> Verdict:
    """Read the whole chain. The anchors were read before it: the chain may have grown since, never shrunk."""
    reading, findings = Reading(service, anchors), list[Finding]()
    async for line in lines:
        findings += reading.read(line)
    findings += reading.end(now - ANCHORED_WITHIN)
    return Verdict(service, reading.last, reading.anchored, findings)


async def anchors_in_log(amqp_url: str, service: str) -> list[Anchor]:
    """Every anchor that the service's own users put into its log. Raises `NotGranted` where there is no such log."""
    async with open_stream(amqp_url, service, size=PAGE) as stream:
        tail = await stream.tail()
        if tail is None:
            return []
        found = [_anchor(logged, service) async for page in stream.pages("first", tail, PAGE) for logged in page]
        return [anchor for anchor in found if anchor is not None]


def _anchor(logged: Logged, service: str) -> Anchor | None:
    type_ = f"{service}.audit-anchored.v1"
    if logged.headers.get("cloudEvents_type") != type_ or logged.user_id not in users_of(service):
        return None
    try:
        said: Any = catalogue()[type_].model_validate(decode(logged.headers, logged.body, logged.content_type).data)
    except (Unreadable, ValueError):
        return None
    return Anchor(service=service, sequence=said.sequence, hash=said.hash, at=said.at)


async def lines_in_store(mongodb_url: str, database: str, service: str) -> AsyncIterator[Line]:
    """The chain as it is stored. Raises `StoreUnavailable`."""
    store = MongoDatabase(mongodb_url, database)
    try:
        async for line in Trail(store.collection("audit"), SystemClock(), service).chain(PAGE):
            yield line
    finally:
        await store.close()


async def lines_by_api(url: str, token: Callable[[], Awaitable[str]]) -> AsyncIterator[Line]:
    """The chain as the service hands it to an auditor. Raises `httpx2.HTTPError`."""
    async with httpx2.AsyncClient(base_url=url, timeout=30, trust_env=False) as http:
        after: int | None = 0
        while after is not None:
            answer = await http.get(
                "/api/v1/audit/entries",
                params={"after": after, "limit": PAGE},
                headers={"Authorization": f"Bearer {await token()}"},
            )
            answer.raise_for_status()
            page = answer.json()
            for line in page["items"]:
                yield line
            after = page["next"]
