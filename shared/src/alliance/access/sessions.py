"""Who has signed in: sessions kept by the service, so that they end when they are ended and not only in the browser.

The cookie holds 256 random bits and nothing else; the store holds their digest, so that who reads the store cannot
take part in a session.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from alliance.access.caller import Caller
from alliance.access.kept import Document, Kept, digest, from_moment, moment, new_secret
from alliance.kernel import Clock, new_id

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=10)
"""OWASP ASVS 5.0 7.1.1, 7.3.1, 7.3.2: half an hour without a request, or one working day, whichever comes first."""

TOUCHED_EVERY = timedelta(minutes=1)
LONGEST_COOKIE = 64


@dataclass(frozen=True, kw_only=True)
class Session:
    """Somebody's stay. `reference` names it to an administrator and opens nothing."""

    reference: str
    caller: Caller
    began_at: datetime
    seen_at: datetime
    ends_at: datetime
    """Unless somebody is seen before."""
    auth_time: datetime | None = None
    """When the issuer last saw them prove who they are."""
    id_token: str | None = None
    """To tell the issuer who signs out."""


@dataclass(frozen=True)
class Sessions:
    collection: Kept
    clock: Clock
    service: str
    idle: timedelta = IDLE
    absolute: timedelta = ABSOLUTE

    @property
    def cookie(self) -> str:
        """OWASP ASVS 5.0 3.3.1, 3.3.3: of this host alone. Cookies ignore ports, so each service has its own name."""
        return f"__Host-{self.service}"

    async def prepare(self) -> None:
        """Make sure that what is searched for is found fast."""
        for field in ("by_sid", "by_subject", "by_reference", "ends_at", "opened"):
            await self.collection.index(field)

    async def begin(
        self,
        caller: Caller,
        *,
        issuer: str,
        sid: str | None = None,
        id_token: str | None = None,
        auth_time: datetime | None = None,
        subject: str | None = None,
    ) -> str:
        """A new session; the cookie's value. `subject`: as the issuer says it, where pages know another."""
        now, value, reference = self.clock.now(), new_secret(), new_id()
        document: Document = {
            "_id": digest(value),
            "by_reference": f"={reference}",
            "by_sid": _key(issuer, sid) if sid else None,
            "by_subject": _key(issuer, subject or caller.subject),
            "opened": f"{moment(now)} {reference}",
            "seen_at": moment(now),
            "ends_at": moment(min(now + self.idle, now + self.absolute)),
            "last_at": moment(now + self.absolute),
            "auth_time": moment(auth_time) if auth_time else None,
            "id_token": id_token,
            "subject": caller.subject,
            "organisation": caller.organisation,
            "roles": sorted(caller.roles),
            "issuer": caller.issuer or issuer,
            "name": caller.name,
        }
        await self.collection.insert(document)
        return value

    async def find(self, value: str | None, *, touch: bool = True) -> Session | None:
        """The session that a cookie opens, if it has not ended. `touch=False`: a page asks by itself, nobody is there.

        Being seen is written down at most once a minute.
        """
        if not value or len(value) > LONGEST_COOKIE:
            return None
        document = await self.collection.find(digest(value))
        now = self.clock.now()
        if document is None or now >= from_moment(document["ends_at"]):
            return None
        session = _session(document)
        if not touch or now - session.seen_at < TOUCHED_EVERY:
            return session
        ends_at = min(now + self.idle, from_moment(document["last_at"]))
        seen = {"seen_at": moment(now), "ends_at": moment(ends_at)}
        if not await self.collection.update({"_id": document["_id"]}, {"$set": seen}):
            return None
        return replace(session, seen_at=now, ends_at=ends_at)

    async def end(self, value: str | None) -> None:
        if value:
            await self.collection.delete({"_id": digest(value)})

    async def end_by_sid(self, issuer: str, sid: str) -> int:
        """The session that the issuer calls `sid`; how many there were."""
        return await self.collection.delete({"by_sid": _key(issuer, sid)})

    async def end_by_subject(self, issuer: str, subject: str) -> int:
        """Every session of somebody, as the issuer calls them; how many there were."""
        return await self.collection.delete({"by_subject": _key(issuer, subject)})

    async def by_reference(self, reference: str) -> Session | None:
        """The session of that name, if it has not ended."""
        for document in await self.collection.find_many({"by_reference": f"={reference}"}, limit=1):
            if self.clock.now() < from_moment(document["ends_at"]):
                return _session(document)
        return None

    async def end_by_reference(self, reference: str) -> Session | None:
        """The session that an administrator ends, as it was; None if it had ended by itself."""
        session = await self.by_reference(reference)
        await self.collection.delete({"by_reference": f"={reference}"})
        return session

    async def open_sessions(self, after: str | None = None, limit: int = 100) -> "OpenSessions":
        """Those open now, oldest first; `after` is the `next` of the page before."""
        since = after if after and after.startswith("@") else "@"
        where: dict[str, Any] = {"opened": {"$gt": since}, "ends_at": {"$gt": moment(self.clock.now())}}
        found = await self.collection.find_many(where, sort="opened", limit=limit + 1)
        kept = found[:limit]
        return OpenSessions(
            sessions=[_session(document) for document in kept],
            next=kept[-1]["opened"] if len(found) > limit else None,
        )

    async def sweep(self) -> int:
        """Forget what has ended; how many."""
        return await self.collection.delete({"ends_at": {"$lt": moment(self.clock.now())}})


@dataclass(frozen=True, kw_only=True)
class OpenSessions:
    sessions: list[Session]
    next: str | None = None


def _key(issuer: str, value: str) -> str:
    return f"={digest(issuer, value)}"


def _session(document: Document) -> Session:
    caller = Caller(
        subject=document["subject"],
        organisation=document["organisation"],
        roles=frozenset(document["roles"]),
        issuer=document["issuer"],
        name=document["name"],
    )
    return Session(
        reference=document["by_reference"][1:],
        caller=caller,
        began_at=from_moment(document["opened"].partition(" ")[0]),
        seen_at=from_moment(document["seen_at"]),
        ends_at=from_moment(document["ends_at"]),
        auth_time=from_moment(document["auth_time"]) if document["auth_time"] else None,
        id_token=document["id_token"],
    )
