"""What puts much at once waits here until what it put before is on its way: the relay is not flooded."""

import asyncio
from datetime import timedelta
from itertools import chain, repeat

from alliance.kernel import Clock
from alliance.store import Database

LATE = timedelta(seconds=15)
"""Events that wait in an outbox for longer than this go out before more are put."""


async def until_gone_out(database: Database, clock: Clock) -> None:
    for pause in chain((0.0,), repeat(0.25)):
        await asyncio.sleep(pause)
        if not await database.pending(clock.now() - LATE, limit=1):
            return
