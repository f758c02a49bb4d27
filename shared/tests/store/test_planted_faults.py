"""The guards bite: stores that are wrong on purpose are found out by the same checks."""

import asyncio
from typing import Any

from alliance.store import MemoryDatabase
from alliance.store.memory import MemoryCollection
from alliance.store.protocols import Change, Document, Filter

from .builders import fifty_changes_at_once, tallies


class _Slow(MemoryCollection):
    """Lets others in between a read and a write, as a server does."""

    async def find(self, id_: str) -> Document | None:

        document = await super().find(id_)
        await asyncio.sleep(0)
        return document


class _Forgetful(_Slow):
    """Overwrites whatever is there: the classic lost update."""

    async def update(self, where: Filter, change: Change, *, upsert: bool = False) -> bool:
        return await super().update({"_id": where["_id"]}, change, upsert=upsert)


class _Planted(MemoryDatabase):
    def __init__(self, kind: type[MemoryCollection]) -> None:
        super().__init__()
        self._kind = kind

    def collection(self, name: str) -> Any:
        return self._collections.setdefault(name, self._kind(name))


async def test_a_lost_update_is_caught() -> None:
    database = _Planted(_Forgetful)
    assert await fifty_changes_at_once([tallies(database) for _ in range(5)]) != (50, 51)


async def test_the_same_check_passes_on_a_store_that_is_merely_slow() -> None:
    database = _Planted(_Slow)
    assert await fifty_changes_at_once([tallies(database) for _ in range(5)]) == (50, 51)
