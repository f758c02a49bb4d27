"""Which client is at the token endpoint: by its secret, or by a signed assertion (RFC 7523)."""

import base64
import binascii
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote_plus

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from alliance.kernel import Clock
from alliance_deploy.issuer.clients import Client

ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ALGORITHMS = ["Ed25519", "EdDSA", "ES256", "RS256", "RS512"]
LONGEST = 300
"""Seconds that an assertion may be good for."""


class ClientRefused(Exception):
    """It did not prove which client it is. The message says how not, never with what."""


@dataclass
class Authenticator:
    clients: Mapping[str, Client]
    issuer: str
    clock: Clock
    _seen: dict[str, float] = field(default_factory=dict, init=False, repr=False)

    def client(self, authorization: str | None, form: Mapping[str, str]) -> Client:
        """Raises `ClientRefused`."""
        ways = [bool(authorization), "client_secret" in form, "client_assertion" in form]
        if sum(ways) != 1:
            raise ClientRefused("a client proves itself in exactly one way")
        if "client_assertion" in form:
            return self._by_assertion(form)
        name, secret = _basic(authorization) if authorization else (form.get("client_id", ""), form["client_secret"])
        client = self.clients.get(name)
        expected = client.secret if client is not None and client.secret else secrets.token_urlsafe(32)
        if not secrets.compare_digest(secret.encode(), expected.encode()) or client is None:
            raise ClientRefused("unknown client, or wrong secret")
        return client

    def _by_assertion(self, form: Mapping[str, str]) -> Client:
        if form.get("client_assertion_type") != ASSERTION:
            raise ClientRefused("client_assertion_type is not known")
        client = self.clients.get(form.get("client_id") or _named_in(form["client_assertion"]))
        if client is None or client.jwks is None:
            raise ClientRefused("this client has no keys here")
        try:
            keys = KeySet.import_key_set({"keys": list(client.jwks["keys"])})
            claims = jwt.decode(form["client_assertion"], keys, algorithms=ALGORITHMS).claims
        except (JoseError, ValueError, KeyError, TypeError, AttributeError):
            raise ClientRefused("the assertion is not signed by this client") from None
        audience = claims.get("aud")
        audiences = audience if isinstance(audience, list) else [audience]
        if claims.get("iss") != client.id or claims.get("sub") != client.id:
            raise ClientRefused("the assertion is not of this client")
        if not {self.issuer, f"{self.issuer}/token"} & {each for each in audiences if isinstance(each, str)}:
            raise ClientRefused("the assertion is for somebody else")
        self._once(claims.get("exp"), claims.get("jti"))
        return client

    def _once(self, expires: object, token_id: object) -> None:
        now = self.clock.now().timestamp()
        if type(expires) is not int or not now < expires <= now + LONGEST:
            raise ClientRefused("the assertion has expired, or is good for too long")
        self._seen = {seen: until for seen, until in self._seen.items() if until > now}
        if not isinstance(token_id, str) or token_id in self._seen:
            raise ClientRefused("the assertion was used before, or has no jti")
        self._seen[token_id] = expires


def _basic(authorization: str) -> tuple[str, str]:
    kind, _, rest = authorization.partition(" ")
    try:
        name, colon, secret = base64.b64decode(rest, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise ClientRefused("the Authorization header cannot be read") from None
    if kind.lower() != "basic" or not colon:
        raise ClientRefused("the Authorization header cannot be read")
    return unquote_plus(name), unquote_plus(secret)


def _named_in(assertion: str) -> str:
    """Whose assertion it says it is; to be believed only once its signature is checked."""
    try:
        padded = assertion.split(".")[1] + "=="
        claims = json.loads(base64.urlsafe_b64decode(padded))
        return str(claims["sub"])
    except (IndexError, KeyError, TypeError, ValueError):
        return ""
