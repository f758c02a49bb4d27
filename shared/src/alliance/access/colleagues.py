"""What members of staff are called: noted when they sign in, so that pages can say who did something."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from alliance.access.caller import Caller
from alliance.access.kept import Kept

MOST = 500


@dataclass(frozen=True)
class Colleagues:
    """Names stay here: events and logs carry subjects only."""

    collection: Kept

    async def note(self, caller: Caller) -> None:
        """Remember how somebody is called today; without a name there is nothing to remember."""
        if caller.name:
            named = {"name": caller.name, "organisation": caller.organisation}
            await self.collection.update({"_id": caller.subject}, {"$set": named}, upsert=True)

    async def names(self, subjects: Iterable[str]) -> Mapping[str, str]:
        """By subject, those who have signed in here at some time."""
        wanted = sorted(set(subjects))[:MOST]
        if not wanted:
            return {}
        found = await self.collection.find_many({"_id": {"$in": wanted}}, limit=len(wanted))
        return {document["_id"]: document["name"] for document in found}
