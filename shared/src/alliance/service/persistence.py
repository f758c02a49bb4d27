"""Loops that outlive faults: tried again with patience, ended only by cancelling."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from alliance.observability import log

FIRST_PAUSE, LONGEST_PAUSE = 0.2, 15.0
STEADY = 60.0
"""Seconds of running after which the next fault counts as the first."""


async def until_done(what: str, act: Callable[[], Awaitable[None]]) -> None:
    """Call `act` until it succeeds; errors are named in the log and waited out."""
    pause = FIRST_PAUSE
    while True:
        began = asyncio.get_running_loop().time()
        try:
            await act()
        except Exception as error:  # noqa: BLE001 - whatever it is, giving up would stop the service
            log.warning("trying again", purpose=what, error=type(error).__name__)
            if asyncio.get_running_loop().time() - began > STEADY:
                pause = FIRST_PAUSE
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)
        else:
            return


async def cancelled(task: "asyncio.Task[None]") -> None:
    """End a loop and wait until it has ended."""
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
