"""(g) A file of 10,000 introductions, and what the queue's page takes meanwhile. The front door alone is on."""

import asyncio
import csv
import io
import os
import statistics
import time
from pathlib import Path

import aio_pika
import httpx2
from tests.bench.ground import Measured
from tests.bench.madeup import made_up
from tests.cluster import Cluster

from alliance.access import Caller
from alliance.access.sessions import Sessions
from alliance.kernel import SystemClock, new_id
from alliance.store import MongoDatabase
from intake.application.comparing import OWED

ROWS, WARM, IDLE_LOOKS, PAUSE = 10_000, 10, 100, 0.25
OURS = "certitude"


def a_file(rows: int) -> bytes:
    file = io.StringIO()
    first = {"received_on": "2026-10-01", "way_in": "phone", "source_code": "A1"}
    people = [{**first, **somebody.cells, "going_on": "made up " * 20} for somebody in made_up(rows)]
    writer = csv.DictWriter(file, list(people[0]))
    writer.writeheader()
    writer.writerows(people)
    return file.getvalue().encode()


async def measure(cluster: Cluster, rows: int = ROWS) -> list[Measured]:
    await cluster.start("intake")
    port = cluster.members["intake"].port
    async with cluster.client("intake") as api, await a_browser(cluster, port) as browser:
        for _ in range(50):
            key = {"Idempotency-Key": f"bench-{new_id()}"}
            await api.post("/api/v1/self-introductions", json={"story": {"going_on": "made up"}}, headers=key)
        idle = [await look(browser) for _ in range(WARM + IDLE_LOOKS)][WARM:]
        key = {"Idempotency-Key": f"bench-{new_id()}", "Content-Type": "text/csv"}
        began = time.perf_counter()
        put = await api.post("/api/v1/imports", content=a_file(rows), headers=key, timeout=120)
        assert put.status_code == 201, put.text
        checked = time.perf_counter() - began
        place = f"/api/v1/imports/{put.json()['id']}"
        await api.post(f"{place}/start", headers=key)
        busy, began, spent = [], time.perf_counter(), cpu_of(cluster.pid("intake"))
        while (found := (await api.get("/api/v1/imports")).json()["items"][0])["state"] == "running":
            busy.append(await look(browser))
        seconds = time.perf_counter() - began
        spent = cpu_of(cluster.pid("intake")) - spent
        drained = seconds + await until_said(cluster)
        heard = drained + await until_heard(cluster)
        compared = heard + await until_compared(cluster)
    ratio = p95(busy) / p95(idle)
    detail = f"{spent:.0f} s of CPU of the front door; checked in {checked:.1f} s before; "
    detail += f"said to all after {drained:.0f} s, heard after {heard:.0f} s, "
    detail += f"all compared after {compared:.0f} s; load {os.getloadavg()[0]:.1f}"
    pages = f"{p95(idle) * 1000:.0f} ms idle, {p95(busy) * 1000:.0f} ms meanwhile ({len(busy)} looks); "
    pages += f"p50 {statistics.median(idle) * 1000:.0f} and {statistics.median(busy) * 1000:.0f} ms"
    assert found["received"] == rows - put.json()["bad"], found
    return [
        Measured(f"(g) {rows:,} introductions imported", seconds, "s", "≤ 60", seconds <= 60, detail),
        Measured("(g) the queue's page meanwhile, p95", ratio, "×", "≤ 2", ratio <= 2, pages),
    ]


async def a_browser(cluster: Cluster, port: int) -> httpx2.AsyncClient:
    """Somebody of the front door who has signed in: the session is put where the service looks for it."""
    database = MongoDatabase(cluster.store.url, "intake")
    sessions = Sessions(database.collection("sessions"), SystemClock(), "intake")
    who = Caller(
        subject="staff-bench",
        organisation=OURS,
        roles=frozenset({"front-door-worker"}),
        issuer=cluster.start_page,
        name="Benno Made-up",
    )
    value = await sessions.begin(who, issuer=cluster.start_page)
    await database.close()
    headers = {"Cookie": f"{sessions.cookie}={value}"}
    return httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=60, trust_env=False)


async def look(browser: httpx2.AsyncClient) -> float:
    """Seconds that the queue's page takes, as somebody sees it now and then."""
    await asyncio.sleep(PAUSE)
    began = time.perf_counter()
    answer = await browser.get("/introductions")
    assert answer.status_code == 200, answer.status_code
    return time.perf_counter() - began


async def until_said(cluster: Cluster) -> float:
    """Seconds until no event waits in an outbox any more."""
    database, began = MongoDatabase(cluster.store.url, "intake"), time.perf_counter()
    collections = [database.collection(name) for name in ("people", "introductions")]
    while any([await each.find_many({"outbox_at": {"$gte": "@"}}, limit=1) for each in collections]):
        await asyncio.sleep(0.25)
    await database.close()
    return time.perf_counter() - began


async def until_heard(cluster: Cluster) -> float:
    """Seconds until the front door has heard all that it said itself."""
    began = time.perf_counter()
    connection = await aio_pika.connect(cluster.admin_url)
    async with connection:
        channel = await connection.channel()
        while (await channel.declare_queue("intake.inbox", passive=True)).declaration_result.message_count:
            await asyncio.sleep(0.5)
    return time.perf_counter() - began


async def until_compared(cluster: Cluster) -> float:
    """Seconds until everybody has been compared with everybody."""
    database, began = MongoDatabase(cluster.store.url, "intake"), time.perf_counter()
    while await database.collection(OWED).find_many({}, limit=1):
        await asyncio.sleep(0.25)
    await database.close()
    return time.perf_counter() - began


def cpu_of(pid: int) -> float:
    """Seconds of CPU that a process has had: what it takes, whatever else the machine does."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def p95(seconds: list[float]) -> float:
    return sorted(seconds)[int(len(seconds) * 0.95)]
