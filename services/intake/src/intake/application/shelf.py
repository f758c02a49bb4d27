"""Small things kept for a short while for somebody who has not signed in, under a secret of their browser's."""

import json
import secrets
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any

from alliance.kernel import Clock
from alliance.store.protocols import Collection
from alliance.store.scalars import as_moment

LONGEST_SECRET = 64

Thing = dict[str, Any]
"""Whatever JSON can say. It is kept as one text, which means the same on every server."""


@dataclass(frozen=True)
class Shelf:
    """The store has the digest of the secret, so that who reads the store cannot take what is somebody else's."""

    collection: Collection
    clock: Clock
    lasts: timedelta
    """From the last time that something was put or changed."""

    async def put(self, thing: Thing) -> str:
        """The secret by which it is found again."""
        secret = secrets.token_urlsafe(32)
        await self.collection.insert({"_id": _digest(secret), **self._kept(thing)})
        return secret

    async def find(self, secret: str | None) -> Thing | None:
        if not secret or len(secret) > LONGEST_SECRET:
            return None
        document = await self.collection.find(_digest(secret))
        if document is None or document["ends_at"] <= as_moment(self.clock.now()):
            return None
        found: Thing = json.loads(document["thing"])
        return found

    async def change(self, secret: str, thing: Thing) -> None:
        """Put another in its place; it then lasts as long again."""
        await self.collection.update({"_id": _digest(secret)}, {"$set": self._kept(thing)})

    async def drop(self, secret: str | None) -> None:
        if secret:
            await self.collection.delete({"_id": _digest(secret)})

    async def sweep(self) -> int:
        """Delete what has had its time; how many."""
        return await self.collection.delete({"ends_at": {"$lte": as_moment(self.clock.now())}})

    async def prepare(self) -> None:
        """Make sure that what has had its time is found fast."""
        await self.collection.index("ends_at")

    def _kept(self, thing: Thing) -> Thing:
        return {"thing": json.dumps(thing), "ends_at": as_moment(self.clock.now() + self.lasts)}


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
