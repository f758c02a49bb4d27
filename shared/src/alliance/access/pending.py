"""Sign-ins under way: what must come back unchanged from the issuer, kept here and bound to one browser."""

from dataclasses import dataclass
from datetime import timedelta

from alliance.access.kept import Kept, digest, from_moment, moment, new_secret
from alliance.kernel import Clock

LASTS = timedelta(minutes=10)
LONGEST = 64


@dataclass(frozen=True, kw_only=True)
class Pending:
    """One sign-in, from asking the issuer until it answers."""

    state: str
    nonce: str
    verifier: str
    issuer: str
    next: str
    """Where to go afterwards."""


@dataclass(frozen=True)
class SignIns:
    """`browser` is the value of a cookie: an answer is good in the browser that asked, and nowhere else."""

    collection: Kept
    clock: Clock

    async def prepare(self) -> None:
        await self.collection.index("ends_at")

    async def open(self, browser: str, *, issuer: str, next_: str) -> Pending:
        pending = Pending(state=new_secret(), nonce=new_secret(), verifier=new_secret(), issuer=issuer, next=next_)
        document = {
            "_id": _id(browser, pending.state),
            "ends_at": moment(self.clock.now() + LASTS),
            "nonce": pending.nonce,
            "verifier": pending.verifier,
            "issuer": issuer,
            "next": next_,
        }
        await self.collection.insert(document)
        return pending

    async def take(self, browser: str | None, state: str | None) -> Pending | None:
        """The sign-in that was opened by this browser with this state, once; None if there is none, or too late."""
        if not browser or not state or max(len(browser), len(state)) > LONGEST:
            return None
        id_ = _id(browser, state)
        document = await self.collection.find(id_)
        if document is None or not await self.collection.delete({"_id": id_}):
            return None
        if self.clock.now() >= from_moment(document["ends_at"]):
            return None
        return Pending(
            state=state,
            nonce=document["nonce"],
            verifier=document["verifier"],
            issuer=document["issuer"],
            next=document["next"],
        )

    async def seen(self, issuer: str, token_id: str) -> bool:
        """Whether a token that is good once was used before."""
        return await self.collection.find(_id(issuer, token_id)) is not None

    async def use(self, issuer: str, token_id: str) -> None:
        await self.collection.insert({"_id": _id(issuer, token_id), "ends_at": moment(self.clock.now() + LASTS)})

    async def sweep(self) -> int:
        """Forget what was never finished; how many."""
        return await self.collection.delete({"ends_at": {"$lt": moment(self.clock.now())}})


def _id(*parts: str) -> str:
    return digest(*parts)
