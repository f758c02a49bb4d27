"""Back-channel logout: an issuer says that somebody has signed out, and their sessions here end."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from alliance.access.claims import TokenRefused
from alliance.access.pending import SignIns
from alliance.access.providers import Provider
from alliance.access.sessions import Sessions
from alliance.access.signatures import Signed, unverified, verified
from alliance.access.tokens import is_for
from alliance.kernel import Clock

EVENT = "http://schemas.openid.net/event/backchannel-logout"
TYPES = ("logout+jwt", "application/logout+jwt", "JWT", None)
"""The type is recommended, not required; what tells a logout token from others is its event, and no nonce."""

OLDEST_SECONDS = 300
LEEWAY_SECONDS = 30


@dataclass(frozen=True, kw_only=True)
class BackChannel:
    providers: Sequence[Provider]
    sessions: Sessions
    used: SignIns
    clock: Clock

    async def hear(self, token: str) -> int:
        """End the sessions that a logout token names; how many.

        OpenID Connect Back-Channel Logout 1.0, section 2.6. Raises `TokenRefused`, or `IssuerUnreachable` where the
        issuer's keys are not known yet.
        """
        provider = self._provider(unverified(token).claims.get("iss"))
        signed = await verified(token, provider)
        self._check(provider, signed)
        issuer, claims = provider.issuer.issuer, signed.claims
        if await self.used.seen(issuer, claims["jti"]):
            raise TokenRefused("used")
        if (sid := claims.get("sid")) is not None:
            ended = await self.sessions.end_by_sid(issuer, sid)
        else:
            ended = await self.sessions.end_by_subject(issuer, claims["sub"])
        await self.used.use(issuer, claims["jti"])
        return ended

    def _provider(self, issuer: Any) -> Provider:
        for provider in self.providers:
            if provider.issuer.signs_in and provider.issuer.issuer == issuer:
                return provider
        raise TokenRefused("issuer")

    def _check(self, provider: Provider, signed: Signed) -> None:
        claims = signed.claims
        if signed.header.get("typ") not in TYPES:
            raise TokenRefused("type")
        if claims.get("iss") != provider.issuer.issuer:
            raise TokenRefused("issuer")
        if not is_for(provider.issuer.client_id or "", claims):
            raise TokenRefused("audience")
        self._check_times(claims)
        events = claims.get("events")
        if not isinstance(events, dict) or not isinstance(events.get(EVENT), dict):
            raise TokenRefused("events")
        if "nonce" in claims:
            raise TokenRefused("nonce")
        if not isinstance(claims.get("jti"), str) or not claims["jti"]:
            raise TokenRefused("jti")
        named = [claims[name] for name in ("sid", "sub") if claims.get(name) is not None]
        if not named or not all(isinstance(each, str) and each for each in named):
            raise TokenRefused("subject")

    def _check_times(self, claims: dict[str, Any]) -> None:
        now = self.clock.now().timestamp()
        issued, expires = claims.get("iat"), claims.get("exp")
        if type(issued) is not int or not -LEEWAY_SECONDS < now - issued < OLDEST_SECONDS:
            raise TokenRefused("iat")
        if expires is not None and (type(expires) is not int or expires + LEEWAY_SECONDS <= now):
            raise TokenRefused("expired")
