"""Signed access tokens (RFC 9068, `at+jwt`): issued for development, verified by every service for its own name."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, OKPKey

from alliance.access.caller import SUBJECT, Caller
from alliance.kernel import Clock, SystemClock, new_id

ALGORITHM = "Ed25519"
"""RFC 9864: the fully specified name; 128-bit strength as OWASP ASVS 5.0 11.2.3 asks."""

TYPE = "at+jwt"
LEEWAY_SECONDS = 10

Jwk = dict[str, Any]
Jwks = Mapping[str, Any]


class TokenRefused(Exception):
    """The token proves nothing. The message is one code word (`expired`, `audience`, …) that may be logged."""


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
    """Checks signature, algorithm, type, issuer, audience and expiry, always all of them."""

    jwks: Jwks | Callable[[], Jwks]
    """The issuer's public keys; a function is asked again when a token names a key that is not known yet."""
    issuer: str
    audience: str
    clock: Clock = field(default_factory=SystemClock)
    reload_seconds: float = 30.0
    _keys: KeySet | None = field(default=None, init=False, repr=False)
    _loaded_at: float = field(default=0.0, init=False, repr=False)

    def verify(self, token: str) -> Caller:
        """The caller that the token names, or `TokenRefused`."""
        try:
            decoded = jwt.decode(token, self._key_for, algorithms=[ALGORITHM])
        except TokenRefused:
            raise
        except (JoseError, ValueError, KeyError, TypeError, AttributeError):
            raise TokenRefused("signature") from None
        return self._caller(decoded.header, decoded.claims)

    def _caller(self, header: Mapping[str, Any], claims: Mapping[str, Any]) -> Caller:
        if header.get("typ") != TYPE:
            raise TokenRefused("type")
        if claims.get("iss") != self.issuer:
            raise TokenRefused("issuer")
        audience = claims.get("aud")
        if self.audience not in (audience if isinstance(audience, list) else [audience]):
            raise TokenRefused("audience")
        self._check_time(claims)
        subject, organisation, roles = claims.get("sub"), claims.get("organisation"), claims.get("roles", [])
        if not isinstance(subject, str) or not SUBJECT.fullmatch(subject):
            raise TokenRefused("subject")
        if not isinstance(organisation, str) or not SUBJECT.fullmatch(organisation):
            raise TokenRefused("organisation")
        if not isinstance(roles, list) or not all(isinstance(role, str) for role in roles):
            raise TokenRefused("roles")
        return Caller(subject=subject, organisation=organisation, roles=frozenset(roles))

    def _check_time(self, claims: Mapping[str, Any]) -> None:
        now = self.clock.now().timestamp()
        for name in ("exp", "iat"):
            if type(claims.get(name)) is not int:
                raise TokenRefused(name)
        if claims["exp"] + LEEWAY_SECONDS <= now:
            raise TokenRefused("expired")
        not_before = claims.get("nbf", claims["iat"])
        if type(not_before) is not int or max(not_before, claims["iat"]) - LEEWAY_SECONDS > now:
            raise TokenRefused("not-yet")

    def _key_for(self, obj: Any) -> OKPKey:
        kid = obj.headers().get("kid")
        key = _named(kid, self._keys or self._load()) or _named(kid, self._load_again())
        if key is None:
            raise TokenRefused("key")
        return key

    def _load(self) -> KeySet:
        found = self.jwks() if callable(self.jwks) else self.jwks
        self._keys = KeySet.import_key_set({"keys": list(found["keys"])})
        self._loaded_at = self.clock.now().timestamp()
        return self._keys

    def _load_again(self) -> KeySet | None:
        """Keys change seldom and anybody may send a made-up `kid`: look again now and then, not each time."""
        if not callable(self.jwks) or self.clock.now().timestamp() - self._loaded_at < self.reload_seconds:
            return None
        return self._load()


def _named(kid: Any, keys: KeySet | None) -> OKPKey | None:
    for key in keys.keys if keys and isinstance(kid, str) else ():
        if key.kid == kid and isinstance(key, OKPKey):
            return key
    return None
