"""Work that can wait gives way to whoever waits for an answer: requests first, then what is done in bulk."""

import asyncio
from contextlib import suppress
from types import TracebackType
from typing import Self

LONGEST = 0.25
"""Seconds: work that can wait gets on, however many ask."""


class Answering:
    """A request for as long as somebody waits for its answer; `over` may come before the end, and more than once."""

    now = 0
    """How many requests this process is answering."""
    waiting: set["asyncio.Future[None]"] = set()  # noqa: RUF012 - of the whole process, as `now` is

    def __enter__(self) -> Self:
        Answering.now += 1
        self._on = True
        return self

    def over(self) -> None:
        if not self._on:
            return
        self._on = False
        Answering.now -= 1
        if not Answering.now:
            for each in tuple(Answering.waiting):
                if not each.done():
                    each.set_result(None)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.over()


async def give_way(longest: float = LONGEST) -> None:
    """Wait for a moment at which nobody waits for an answer of this process, for `longest` seconds at most."""
    if not Answering.now:
        return
    moment = asyncio.get_running_loop().create_future()
    Answering.waiting.add(moment)
    try:
        with suppress(TimeoutError):
            async with asyncio.timeout(longest):
                await moment
    finally:
        Answering.waiting.discard(moment)
