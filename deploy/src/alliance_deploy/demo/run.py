"""Runs all journeys side by side against the alliance that is up, listens, and compares."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial

import httpx2

from alliance_deploy.agreement.load import load_agreement
from alliance_deploy.demo.clients import PATIENCE, Client
from alliance_deploy.demo.comparison import compare, is_complete
from alliance_deploy.demo.expected import Expected, expected
from alliance_deploy.demo.heard import Heard, listening
from alliance_deploy.demo.journey import Journey
from alliance_deploy.demo.journeys import JOURNEYS
from alliance_deploy.demo.outcome import Outcome, Result
from alliance_deploy.demo.tokens import Bearer, bearer
from alliance_deploy.embedded.child import NotReady
from alliance_deploy.launcher.agreed import VHOST
from alliance_deploy.launcher.broker import in_use
from alliance_deploy.launcher.place import Place
from alliance_deploy.launcher.record import Record
from alliance_deploy.operate.tap import connected, open_tap

QUIET = 1.0
"""Seconds without anything new before a journey counts as over: what is unexpected must have time to be heard."""

ROLES = {
    "intake": ("front-door-worker",),
    "triage": ("triage-worker", "key-worker"),
    "housing": ("housing-worker", "housing-manager"),
    "finance": ("finance-officer",),
    "notify": ("key-worker",),
    "reporting": ("alliance-lead",),
}

Callers = Mapping[str, tuple[httpx2.AsyncClient, Bearer]]


async def run(place: Place, *, only: Iterable[str] | None = None) -> Outcome:
    """All journeys of the list, or those named. Raises `NotReady` when nothing is up here."""
    wanted = expected() if only is None else {name: expected()[name] for name in only}
    record, admin_url = _record(place), in_use(place).url(VHOST)
    async with _callers(place, record) as callers, open_tap(admin_url, callers) as tap, listening(tap) as heard:
        quarantined = await _quarantined(admin_url, callers)
        drives = (_drive(listed, callers, heard, place, record) for listed in wanted.values())
        results = await asyncio.gather(*drives)
        quarantined = await _quarantined(admin_url, callers) - quarantined
    return Outcome(tuple(results), quarantined)


async def _drive(listed: Expected, callers: Callers, heard: Heard, place: Place, before: Record) -> Result:
    began, journey = time.monotonic(), Journey(listed.name, {})
    journey.clients = {name: Client(http, token, journey.id) for name, (http, token) in callers.items()}
    try:
        await JOURNEYS[listed.name](journey)
    except Exception:
        if all(step.ok for step in journey.steps):
            raise
    else:
        await _settled(listed, journey, heard)
    seconds, events = round(time.monotonic() - began, 3), heard.of(journey)
    findings = compare(listed, events, began=journey.began)
    return Result(journey, tuple(events), findings, seconds, _restarted(before, _record(place)))


async def _settled(listed: Expected, journey: Journey, heard: Heard) -> None:
    """Until everything listed has been heard (or time is over), and then nothing more for a moment."""
    await heard.until(lambda: is_complete(listed, heard.of(journey)), within=PATIENCE)
    while await heard.until(partial(heard.more_than, len(heard.of(journey)), journey), within=QUIET):
        pass


def _record(place: Place) -> Record:
    record = Record.read(place.record)
    if record is None or not record.urls:
        raise NotReady("Nothing is running here: `alliance up` first.")
    return record


def _restarted(before: Record, after: Record) -> tuple[str, ...]:
    return tuple(
        name
        for name, entry in after.servers.items()
        if name in before.servers and (entry.pid, entry.condition) != (before.servers[name].pid, "ready")
    )


@asynccontextmanager
async def _callers(place: Place, record: Record) -> AsyncIterator[Callers]:
    """One HTTP client and one worker's token for each service, of the organisation that owns it."""
    owners = {name: service.owner for name, service in load_agreement(place.agreement).services.items()}
    async with AsyncExitStack() as stack:
        callers = {}
        for name, url in record.urls.items():
            subject = f"staff-demo-{name}"
            token = bearer(place, service=name, organisation=owners[name], roles=ROLES[name], subject=subject)
            http = await stack.enter_async_context(httpx2.AsyncClient(base_url=url, timeout=15, trust_env=False))
            callers[name] = (http, token)
        yield callers


async def _quarantined(admin_url: str, services: Iterable[str]) -> int:
    """How many messages lie in all quarantines."""
    async with await connected(admin_url) as connection:
        channel = await connection.channel()
        queues = [await channel.declare_queue(f"{service}.quarantine", passive=True) for service in services]
        return sum(queue.declaration_result.message_count or 0 for queue in queues)
