"""Signatures that are believed: asymmetric, strong enough, and made by the key that the issuer published for them."""

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey
from joserfc.jws import JWSRegistry

from alliance.access.claims import TokenRefused
from alliance.access.providers import SHORTEST_RSA, Key, Provider

ALGORITHMS = ("Ed25519", "EdDSA", "ES256", "ES384", "PS256", "PS384", "PS512", "RS256", "RS384", "RS512")
"""Never `none`, and nothing with a shared secret: a public key is not one (OWASP ASVS 5.0 9.1.2)."""

LONGEST = 16_384


@dataclass(frozen=True)
class Signed:
    """What a good signature covers. Nothing in it has been checked yet."""

    header: dict[str, Any]
    claims: dict[str, Any]


def unverified(token: str) -> Signed:
    """What a token claims of itself: good for choosing whose keys to try, for nothing else."""
    try:
        if len(token) > LONGEST:
            raise ValueError("too long")
        head, body, _ = token.split(".")
        return Signed(_part(head), _part(body))
    except (ValueError, binascii.Error, RecursionError):
        raise TokenRefused("signature") from None


async def verified(token: str, provider: Provider) -> Signed:
    """The token's header and claims if the provider's key signed it. Raises `TokenRefused`."""
    header = unverified(token).header
    algorithm = header.get("alg")
    if algorithm not in ALGORITHMS:
        raise TokenRefused("algorithm")
    key = await provider.key(header.get("kid"))
    if key is None:
        raise TokenRefused("key")
    if not _fits(key, algorithm):
        raise TokenRefused("algorithm")
    try:
        found = jwt.decode(token, key, registry=JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False))
    except (JoseError, ValueError, KeyError, TypeError, AttributeError):
        raise TokenRefused("signature") from None
    return Signed(dict(found.header), dict(found.claims))


def _fits(key: Key, algorithm: str) -> bool:
    """The key is of the algorithm's kind, says nothing else of itself, and is long enough."""
    same = {"Ed25519": "EdDSA"}
    said = key.get("alg")
    if said is not None and same.get(str(said), said) != same.get(algorithm, algorithm):
        return False
    match algorithm:
        case "Ed25519" | "EdDSA":
            return key.key_type == "OKP" and key.get("crv") == "Ed25519"
        case "ES256" | "ES384":
            return key.key_type == "EC" and key.get("crv") == f"P-{algorithm[2:]}"
        case _:
            return isinstance(key, RSAKey) and key.public_key.key_size >= SHORTEST_RSA


def _part(text: str) -> dict[str, Any]:
    found = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    if not isinstance(found, dict):
        raise ValueError("not an object")
    return found
