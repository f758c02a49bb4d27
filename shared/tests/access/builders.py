"""An issuer to be tested against: its keys, the tokens it signs, right and wrong ones."""

from collections.abc import Mapping
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey, OKPKey, RSAKey

from alliance.access import generate_key, public_jwks
from alliance.access.issuers import Issuer
from alliance.access.providers import Provider
from alliance.kernel import FixedClock

ISSUER = "https://sign-in.example"
KEY = generate_key()

MEMBERS = ("slam", "certitude")


def an_issuer(**changes: Any) -> Issuer:
    return Issuer.model_validate({"issuer": ISSUER, "organisations": MEMBERS, **changes})


def a_provider(clock: FixedClock, *keys: dict[str, Any], **changes: Any) -> Provider:
    """With pinned keys."""
    return Provider(an_issuer(**changes), clock, jwks=public_jwks(*(keys or (KEY,))))


def an_rsa_key(size: int = 2048) -> dict[str, Any]:
    return {**RSAKey.generate_key(size, auto_kid=True).as_dict(private=True)}


def an_ed_key() -> dict[str, Any]:
    """One that does not say which of the two names of its algorithm it goes by."""
    return {**OKPKey.generate_key("Ed25519", auto_kid=True).as_dict(private=True)}


def an_ec_key() -> dict[str, Any]:
    return {**ECKey.generate_key("P-256", auto_kid=True).as_dict(private=True)}


def published(*private: Mapping[str, Any]) -> dict[str, Any]:
    """The public half of keys of any kind."""
    secret = ("d", "p", "q", "dp", "dq", "qi")
    return {"keys": [{name: value for name, value in key.items() if name not in secret} for key in private]}


def signed(header: Mapping[str, Any], claims: Mapping[str, Any], key: Mapping[str, Any] = KEY) -> str:
    kinds: dict[str, type[OKPKey] | type[RSAKey] | type[ECKey]] = {"OKP": OKPKey, "RSA": RSAKey, "EC": ECKey}
    found = {"alg": "Ed25519", "kid": key["kid"], **header}
    found = {name: value for name, value in found.items() if value is not None}
    return jwt.encode(
        found, dict(claims), kinds[key["kty"]].import_key(dict(key)), algorithms=[found["alg"]], default_type=None
    )


def some_claims(clock: FixedClock, **changes: Any) -> dict[str, Any]:
    now = int(clock.now().timestamp())
    claims = {"iss": ISSUER, "sub": "staff-7", "aud": "triage", "iat": now, "exp": now + 60, "organisation": "slam"}
    return {name: value for name, value in (claims | changes).items() if value is not None}
