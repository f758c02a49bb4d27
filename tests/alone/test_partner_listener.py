"""The example listener: outside the workspace, on the contracts and messaging alone, durable without MongoDB."""

import asyncio
import os
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

import aiormq
import pytest
from tests.cluster import ROOT, Cluster

from alliance.contracts import Envelope, housing, intake
from alliance.contracts.event import Event
from alliance.contracts.publication import sample_of
from alliance.kernel import SystemClock, new_id
from alliance.messaging.wire import body_of, headers_of, properties

Install = Callable[[str], Path]
EXAMPLE = ROOT / "docs" / "examples" / "partner-listener"


def envelope(event: type[Event]) -> Envelope:
    data = sample_of(event.type)
    return Envelope(
        id=new_id(),
        source=f"/alliance/{event.publisher()}",
        type=event.type,
        subject=data[event.subject_field],
        time=SystemClock().now(),
        sequence=1,
        partitionkey=data["person_id"],
        correlationid=new_id(),
        actor="staff-test",
        organisation="thames-reach",
        data=data,
    )


async def publish(cluster: Cluster, *envelopes: Envelope) -> None:
    """As the services that own them would."""
    for each in envelopes:
        connection = await aiormq.connect(cluster.members[each.publisher].environment["ALLIANCE_AMQP_URL"])
        channel = await connection.channel()
        await channel.basic_publish(
            body_of(each),
            exchange=f"{each.publisher}.events",
            routing_key=each.type.partition(".")[2],
            properties=properties(each.id, each.publisher, headers_of(each)),
        )
        await connection.close()


def written(book: Path) -> set[tuple[str, str]]:
    if not book.exists():
        return set()
    with sqlite3.connect(book) as opened:
        tables = {name for (name,) in opened.execute("select name from sqlite_master")}
        return set(opened.execute("select event_id, type from heard")) if "heard" in tables else set()


async def until_written(book: Path, expected: set[tuple[str, str]]) -> None:
    async with asyncio.timeout(20):
        while written(book) != expected:
            await asyncio.sleep(0.1)


@pytest.mark.broker
async def test_a_guest_hears_what_is_granted_once_and_can_replay(installed: Install, tmp_path: Path) -> None:
    python = installed("livingwell-shared[messaging]")
    assert (
        "ModuleNotFoundError" in subprocess.run([python, "-c", "import pymongo"], capture_output=True, text=True).stderr
    )
    before, after, ungranted = (
        envelope(housing.PersonMovedIn),
        envelope(housing.PersonMovedIn),
        envelope(intake.IntroductionReceived),
    )
    async with Cluster(tmp_path, guest=EXAMPLE) as cluster:
        book = tmp_path / "book.sqlite"
        variables = {
            **{name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ},
            "ALLIANCE_AMQP_URL": cluster.members["advice"].environment["ALLIANCE_AMQP_URL"],
            "BOOK": str(book),
        }
        command = [str(python), str(EXAMPLE / "listener.py")]
        await publish(cluster, before, before, ungranted)
        running = subprocess.Popen(command, env=variables)
        try:
            await until_written(book, {(before.id, before.type)})
            await publish(cluster, after, after)
            both = {(each.id, each.type) for each in (before, after)}
            await until_written(book, both)
        finally:
            running.terminate()
            running.wait(20)
        book.unlink()
        for _ in range(2):
            replayed = await asyncio.create_subprocess_exec(*command, "replay", env=variables)
            assert await asyncio.wait_for(replayed.wait(), 60) == 0
            assert written(book) == both
