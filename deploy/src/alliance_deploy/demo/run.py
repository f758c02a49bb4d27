"""Runs all journeys side by side against the alliance that is up, listens, and compares."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import aio_pika
import httpx2

from alliance_deploy.agreement.load import load_agreement
from alliance_deploy.demo.clients import Client
from alliance_deploy.demo.comparison import Findings, compare, is_complete
from alliance_deploy.demo.expected import Expected, expected
from alliance_deploy.demo.heard import Heard, listening
from alliance_deploy.demo.journey import Journey
from alliance_deploy.demo.journeys import JOURNEYS, Story
from alliance_deploy.embedded.child import NotReady
from alliance_deploy.launcher.agreed import VHOST
from alliance_deploy.launcher.broker import in_use
from alliance_deploy.launcher.keys import token
from alliance_deploy.launcher.place import Place
from alliance_deploy.launcher.record import Record
from alliance_deploy.operate.tap import Said, open_tap

QUIET = 1.0
"""Seconds without anything new before a journey counts as over: what is unexpected must have time to be heard."""

ROLES = {
    "intake": ("intake.worker",),
    "triage": ("triage.worker",),
    "housing": ("housing.worker",),
    "finance": ("finance.worker",),
    "notify": ("notify.worker",),
    "reporting": ("reporting.reader",),
}


@dataclass(frozen=True)
class Result:
    journey: Journey
    events: tuple[Said, ...]
    findings: Findings
    seconds: float

    @property
    def ok(self) -> bool:
        return self.findings.ok and all(step.ok for step in self.journey.steps)

    def as_json(self) -> dict[str, Any]:
        steps: list[dict[str, Any]] = [
            {"step": step.text, "ok": step.ok, "seconds": step.seconds} | ({"why": step.why} if step.why else {})
            for step in self.journey.steps
        ]
        effects = {"step": "all effects as listed, and no others", "ok": self.findings.ok, "seconds": self.seconds}
        steps.append(effects | ({"why": "; ".join(self.findings.sentences)} if not self.findings.ok else {}))
        return {"name": self.journey.name, "ok": self.ok, "steps": steps, "seconds": self.seconds}


@dataclass(frozen=True)
class Outcome:
    results: tuple[Result, ...]
    quarantined: int

    @property
    def ok(self) -> bool:
        return self.quarantined == 0 and bool(self.results) and all(result.ok for result in self.results)

    def as_json(self) -> dict[str, Any]:
        events = {event.id for result in self.results for event in result.events}
        return {
            "ok": self.ok,
            "journeys": [result.as_json() for result in self.results],
            "events": len(events),
            "quarantined": self.quarantined,
        }


async def run(place: Place, *, only: Iterable[str] | None = None) -> Outcome:
    """All journeys of the list, or those named. Raises `NotReady` when nothing is up here."""
    record = Record.read(place.record)
    if record is None or not record.urls:
        raise NotReady("Nothing is running here: `alliance up --demo` first.")
    listed = {name: journey for name, journey in expected().items() if only is None or name in set(only)}
    admin_url = in_use(place).url(VHOST)
    async with _callers(place, record) as (https, tokens), open_tap(admin_url, https) as tap, listening(tap) as heard:
        before = await _quarantined(admin_url, https)

        def journey(name: str) -> Journey:
            made = Journey(name, {})
            made.clients = {who: Client(https[who], tokens[who], made.id) for who in https}
            return made

        results = await asyncio.gather(
            *(_drive(row, JOURNEYS[row.name], journey(row.name), heard) for row in listed.values())
        )
        after = await _quarantined(admin_url, https)
    return Outcome(tuple(results), after - before)


async def _drive(listed: Expected, story: Story, journey: Journey, heard: Heard) -> Result:
    began = time.monotonic()
    try:
        await story(journey)
    except Exception:
        if all(step.ok for step in journey.steps):
            raise
    else:
        await _settled(listed, journey, heard)
    seconds = round(time.monotonic() - began, 3)
    events = heard.of(journey)
    return Result(journey, tuple(events), compare(listed, events, began=journey.began), seconds)


async def _settled(listed: Expected, journey: Journey, heard: Heard) -> None:
    """Until everything listed has been heard (or is overdue), and then nothing more for a moment."""
    patience = max(effect.within for effect in listed.effects)
    await heard.until(lambda: is_complete(listed, heard.of(journey)), within=patience)
    while await heard.until(partial(heard.more_than, len(heard.of(journey)), journey), within=QUIET):
        pass


@asynccontextmanager
async def _callers(
    place: Place, record: Record
) -> AsyncIterator[tuple[Mapping[str, httpx2.AsyncClient], Mapping[str, str]]]:
    """One HTTP client and one worker's token for each service, of the organisation that owns it."""
    owners = {name: service.owner for name, service in load_agreement(place.agreement).services.items()}
    tokens = {
        name: token(
            place.secrets, service=name, organisation=owners[name], roles=ROLES[name], subject=f"staff-demo-{name}"
        )
        for name in record.urls
    }
    async with AsyncExitStack() as stack:
        https = {
            name: await stack.enter_async_context(httpx2.AsyncClient(base_url=url, timeout=15, trust_env=False))
            for name, url in record.urls.items()
        }
        yield https, tokens


async def _quarantined(admin_url: str, services: Iterable[str]) -> int:
    """How many messages lie in all quarantines."""
    connection = await aio_pika.connect(admin_url, timeout=10)
    async with connection:
        channel = await connection.channel()
        queues = [await channel.declare_queue(f"{service}.quarantine", passive=True) for service in services]
        return sum(queue.declaration_result.message_count or 0 for queue in queues)
