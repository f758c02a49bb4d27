"""Who was introduced is compared with all whom we know: noted when it is heard, done by a worker, one at a time.

Hearing must not wait for it: when a file of thousands comes in, whatever else the front door hears comes in between.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from alliance.kernel import Clock, Provenance, acting, from_text, give_way, new_id, to_text
from alliance.store import Database
from alliance.store.protocols import Collection, Document
from alliance.store.scalars import as_moment
from intake.application.collections import Matches, People
from intake.application.matches import look_for_duplicates

OWED = "comparisons"
LEASE, LEASED_SECONDS = "intake-comparing", 60.0
LOOKS_EVERY = 2.0
AT_ONCE = 5
"""So few that the lease outlasts them, also while a file comes in."""
BRIEFLY = 0.02
"""Seconds that a comparison waits for a page: many may wait behind it, and somebody may always be asking."""
REST, LONG_REST = 0.5, 20.0
"""Seconds in which the store is left to others, for each second of comparing; the long one while a file comes in."""
AGAIN_AFTER = timedelta(minutes=10)
"""Until a comparison that failed is tried again."""


@dataclass(kw_only=True)
class Comparing:
    """`run` is a loop of the service's, in one process at a time. A kill costs nothing: a repeat proposes nothing new.

    A person is owed a comparison by a document of its own, which goes once they have been compared.
    """

    database: Database
    people: People
    matches: Matches
    organisation: str
    clock: Clock
    report: Callable[[str, Exception], None]
    """Told of a person who could not be compared, and why."""
    stands_back: bool = False
    """While a file comes in: the rows first, and those who wait for a page."""
    holder: str = field(default_factory=new_id)
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    async def owe(self, person_id: str) -> None:
        """They will be compared; said twice it is owed once."""
        now = self.clock.now()
        await self._owed.insert({"_id": person_id, "since": to_text(now), "look_at": as_moment(now)})
        self._news.set()

    async def since(self) -> datetime | None:
        """Whoever is compared next was introduced then; None if everybody has been compared."""
        first = await self._owed.find_many({}, sort="look_at", limit=1)
        return from_text(first[0]["since"]) if first else None

    async def run(self) -> None:
        await self._owed.index("look_at")
        while True:
            self._news.clear()
            if not await self.step():
                with suppress(TimeoutError):
                    async with asyncio.timeout(LOOKS_EVERY):
                        await self._news.wait()

    async def step(self) -> bool:
        """Compare some, those who have waited longest first; False if nobody waits, or another process compares."""
        due = {"look_at": {"$lte": as_moment(self.clock.now())}}
        owed = await self._owed.find_many(due, sort="look_at", limit=AT_ONCE)
        if not owed or not await self.database.lease(LEASE, self.holder, LEASED_SECONDS):
            return False
        for each in owed:
            await give_way(BRIEFLY)
            began = asyncio.get_running_loop().time()
            await self._one(each)
            rest = LONG_REST if self.stands_back else REST
            await asyncio.sleep(rest * (asyncio.get_running_loop().time() - began))
        return True

    async def _one(self, owed: Document) -> None:
        """One that fails keeps nobody else waiting. What passes (the store is away) ends the step."""
        by = Provenance(actor="service:intake", organisation=self.organisation, correlation_id=owed["_id"])
        try:
            with acting(by):
                await look_for_duplicates(owed["_id"], self.people, self.matches, self.clock)
        except Exception as error:
            if getattr(error, "transient", False):
                raise
            self.report(owed["_id"], error)
            later = as_moment(self.clock.now() + AGAIN_AFTER)
            await self._owed.update({"_id": owed["_id"]}, {"$set": {"look_at": later}})
        else:
            await self._owed.delete({"_id": owed["_id"]})

    @property
    def _owed(self) -> Collection:
        return self.database.collection(OWED)
