"""Hears that support has started and that people have moved in, and writes each event down once, in a SQLite file."""

import asyncio
import os
import sqlite3
import sys

from alliance.contracts import housing, triage
from alliance.messaging import Heard, listen, on
from alliance.messaging.listener import Listener
from alliance.messaging.log import StreamLog

WE, OURS = "advice", "mosaic-clubhouse"
book = sqlite3.connect(os.environ.get("BOOK", "book.sqlite"), isolation_level=None)
book.execute("create table if not exists heard (event_id text primary key, type text, person_id text, time text)")
book.execute("create table if not exists offsets (name text primary key, offset integer)")


async def write_down(heard: Heard[triage.SupportStartedV2 | housing.PersonMovedIn]) -> None:
    """Effect and memory are one statement, so an event that is delivered again changes nothing."""
    row = (heard.id, heard.envelope.type, heard.data.person_id, heard.time.isoformat())
    book.execute("insert or ignore into heard values (?, ?, ?, ?)", row)


class Offsets:
    """How far a replay has got."""

    async def load(self, name: str) -> int | None:
        return next((offset for (offset,) in book.execute("select offset from offsets where name = ?", (name,))), None)

    async def save(self, name: str, offset: int) -> None:
        book.execute("insert or replace into offsets values (?, ?)", (name, offset))


async def main() -> None:
    hears = listen(on(triage.SupportStartedV2, do=write_down), on(housing.PersonMovedIn, do=write_down))
    url = os.environ["ALLIANCE_AMQP_URL"]
    if sys.argv[1:] == ["replay"]:
        logs = StreamLog(hears, {}, service=WE, organisation=OURS, amqp_url=url, offsets=Offsets())
        for publisher in logs.publishers:
            await logs.replay(publisher)
        return
    await Listener(hears, {}, service=WE, organisation=OURS, amqp_url=url).start()
    await asyncio.Event().wait()


asyncio.run(main())
