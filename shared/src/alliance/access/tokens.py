"""Signed access tokens (RFC 9068, `at+jwt`): issued for development, verified by every service for its own name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from joserfc import jwt
from joserfc.jwk import OKPKey

from alliance.access.caller import Caller
from alliance.access.claims import TokenRefused, caller_from
from alliance.access.providers import Jwk, Provider
from alliance.access.signatures import unverified, verified
from alliance.kernel import Clock, SystemClock, new_id

ALGORITHM = "Ed25519"
"""RFC 9864: the fully specified name; 128-bit strength as OWASP ASVS 5.0 11.2.3 asks."""

TYPE = "at+jwt"
LEEWAY_SECONDS = 10

__all__ = ["TokenRefused", "Verifier", "check_times", "generate_key", "is_for", "issue_token", "public_jwks"]


def generate_key() -> Jwk:
    """A new private signing key as a JWK, its `kid` the RFC 7638 thumbprint."""
    key = OKPKey.generate_key("Ed25519", auto_kid=True)
    return {**key.as_dict(private=True), "alg": ALGORITHM, "use": "sig"}


def public_jwks(*private: Jwk) -> dict[str, list[Jwk]]:
    """The key set that verifiers get: the same keys without their private part."""
    return {"keys": [{name: value for name, value in key.items() if name != "d"} for key in private]}


def issue_token(
    key: Jwk,
    *,
    issuer: str,
    audience: str | Sequence[str],
    subject: str,
    organisation: str,
    roles: Iterable[str] = (),
    lasts: timedelta = timedelta(hours=8),
    clock: Clock | None = None,
) -> str:
    """A token for `subject` of `organisation`, good for the services named in `audience`."""
    now = int((clock or SystemClock()).now().timestamp())
    claims = {
        "iss": issuer,
        "sub": subject,
        "aud": audience if isinstance(audience, str) else list(audience),
        "iat": now,
        "exp": now + int(lasts.total_seconds()),
        "jti": new_id(),
        "organisation": organisation,
        "roles": sorted(roles),
    }
    header = {"alg": ALGORITHM, "typ": TYPE, "kid": key["kid"]}
    return jwt.encode(header, claims, OKPKey.import_key(key), algorithms=[ALGORITHM])


@dataclass
class Verifier:
    """Checks signature, algorithm, type, issuer, audience and time, always all of them."""

    providers: Sequence[Provider]
    audience: str
    """The service's name; an issuer may know it by another."""
    clock: Clock = field(default_factory=SystemClock)

    async def verify(self, token: str) -> Caller:
        """The caller that the token names, or `TokenRefused`.

        Raises `IssuerUnreachable` where the issuer's keys are not known yet and cannot be had.
        """
        provider = self._provider(unverified(token).claims.get("iss"))
        signed = await verified(token, provider)
        if signed.header.get("typ") != TYPE:
            raise TokenRefused("type")
        if signed.claims.get("iss") != provider.issuer.issuer:
            raise TokenRefused("issuer")
        if not is_for(provider.issuer.audience or self.audience, signed.claims):
            raise TokenRefused("audience")
        check_times(signed.claims, self.clock)
        return caller_from(provider.issuer, signed.claims)

    def _provider(self, issuer: Any) -> Provider:
        for provider in self.providers:
            if provider.issuer.issuer == issuer:
                return provider
        raise TokenRefused("issuer")


def is_for(audience: str, claims: Mapping[str, Any]) -> bool:
    found = claims.get("aud")
    return audience in (found if isinstance(found, list) else [found])


def check_times(claims: Mapping[str, Any], clock: Clock) -> None:
    """`exp` is ahead, `iat` and `nbf` are not. Raises `TokenRefused`."""
    now = clock.now().timestamp()
    for name in ("exp", "iat"):
        if type(claims.get(name)) is not int:
            raise TokenRefused(name)
    if claims["exp"] + LEEWAY_SECONDS <= now:
        raise TokenRefused("expired")
    not_before = claims.get("nbf", claims["iat"])
    if type(not_before) is not int or max(not_before, claims["iat"]) - LEEWAY_SECONDS > now:
        raise TokenRefused("not-yet")
