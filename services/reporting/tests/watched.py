"""A store in which something happens before every operation: the process dies, or others get a turn."""

import asyncio
from collections.abc import Awaitable, Callable
from inspect import iscoroutinefunction
from typing import Any


class Killed(Exception):
    """The process dies here."""


class Watched:
    """A database, or a collection of it, where something happens before every operation."""

    def __init__(self, inner: Any, before: Callable[[], Awaitable[None]]) -> None:
        self._inner, self._before = inner, before

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        if name == "collection":
            return lambda name: Watched(found(name), self._before)
        if not iscoroutinefunction(found):
            return found

        async def watched(*args: Any, **kwargs: Any) -> Any:
            await self._before()
            return await found(*args, **kwargs)

        return watched


def mortal(database: Any, lives: int) -> Any:
    """The process dies before operation number `lives`."""
    left = iter(range(lives))

    async def die() -> None:
        if next(left, None) is None:
            raise Killed

    return Watched(database, die)


def hesitant(database: Any) -> Any:
    """Others get a turn between any two operations."""
    return Watched(database, lambda: asyncio.sleep(0))
