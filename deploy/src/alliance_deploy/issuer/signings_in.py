"""Who is signed in to the issuer: one cookie for all services, kept in memory only."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from alliance.kernel import Clock
from alliance_deploy.issuer.personas import Persona

COOKIE = "__Host-sign-in"
LASTS = timedelta(hours=8)


@dataclass
class SignedIn:
    persona: Persona
    at: datetime
    key: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    """The cookie's value."""
    sid: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    """What services know it by."""
    clients: set[str] = field(default_factory=set)
    """Where it has been used to sign in."""


class SigningsIn:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._by_key: dict[str, SignedIn] = {}

    def begin(self, persona: Persona) -> SignedIn:
        now = self._clock.now()
        self._by_key = {key: one for key, one in self._by_key.items() if now - one.at < LASTS}
        signed_in = SignedIn(persona, now)
        self._by_key[signed_in.key] = signed_in
        return signed_in

    def of(self, key: str | None) -> SignedIn | None:
        """That of a cookie, while it lasts."""
        found = self._by_key.get(key or "")
        return found if found is not None and self._clock.now() - found.at < LASTS else None

    def known_as(self, sid: str) -> SignedIn | None:
        return next((one for one in self._by_key.values() if one.sid == sid), None)

    def end(self, signed_in: SignedIn) -> None:
        self._by_key.pop(signed_in.key, None)
