"""Everything that the issuer signs, and reads back: ID tokens, access tokens, logout tokens."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from alliance.access.tokens import ALGORITHM, public_jwks
from alliance.kernel import Clock, new_id
from alliance_deploy.issuer.codes import Code
from alliance_deploy.issuer.signings_in import SignedIn

ID_TOKEN_LASTS = timedelta(minutes=10)
ACCESS_LASTS = timedelta(minutes=5)
LOGOUT_LASTS = timedelta(minutes=2)
BACK_CHANNEL_EVENT = "http://schemas.openid.net/event/backchannel-logout"


class NotOurs(Exception):
    """The token is not one that this issuer signed, or not of the kind that is asked for."""


@dataclass(frozen=True)
class Signer:
    key: Mapping[str, Any]
    issuer: str
    clock: Clock

    @property
    def jwks(self) -> dict[str, list[dict[str, Any]]]:
        return public_jwks(dict(self.key))

    def id_token(self, client: str, signed_in: SignedIn, nonce: str | None) -> str:
        claims = {**claims_about(signed_in), "aud": client, "sid": signed_in.sid}
        claims["auth_time"] = int(signed_in.at.timestamp())
        return self._sign({**claims, "nonce": nonce} if nonce else claims, "JWT", ID_TOKEN_LASTS)

    def access_token(self, code: Code, signed_in: SignedIn) -> str:
        """Good for this issuer's userinfo and nothing else: services take no token of a person."""
        claims = {"sub": signed_in.persona.subject, "aud": self.issuer, "client_id": code.client}
        return self._sign({**claims, "sid": code.sid, "jti": code.token_id}, "at+jwt", ACCESS_LASTS)

    def machine_token(
        self, client: str, *, subject: str, audience: str, organisation: str, roles: Iterable[str]
    ) -> str:
        """RFC 9068, for one service."""
        claims = {"sub": subject, "aud": audience, "client_id": client, "organisation": organisation}
        return self._sign({**claims, "roles": sorted(roles)}, "at+jwt", ACCESS_LASTS)

    def logout_token(self, client: str, signed_in: SignedIn) -> str:
        """OpenID Connect Back-Channel Logout 1.0, section 2.4."""
        claims = {"sub": signed_in.persona.subject, "aud": client, "sid": signed_in.sid}
        return self._sign({**claims, "events": {BACK_CHANNEL_EVENT: {}}}, "logout+jwt", LOGOUT_LASTS)

    def read(self, token: str, kind: str, *, expired: bool = False) -> dict[str, Any]:
        """The claims of a token of ours. `expired`: take it all the same, as a hint. Raises `NotOurs`."""
        try:
            decoded = jwt.decode(token, OKPKey.import_key(dict(self.key)), algorithms=[ALGORITHM])
        except (JoseError, ValueError, KeyError, TypeError, AttributeError):
            raise NotOurs("signature") from None
        claims: dict[str, Any] = decoded.claims
        if decoded.header.get("typ") != kind or claims.get("iss") != self.issuer:
            raise NotOurs("kind")
        if not expired and claims["exp"] <= self.clock.now().timestamp():
            raise NotOurs("expired")
        return claims

    def _sign(self, claims: Mapping[str, Any], kind: str, lasts: timedelta) -> str:
        now = int(self.clock.now().timestamp())
        times = {"iat": now, "exp": now + int(lasts.total_seconds())}
        header = {"alg": ALGORITHM, "typ": kind, "kid": self.key["kid"]}
        whole = {"iss": self.issuer, "jti": new_id(), **times, **claims}
        return jwt.encode(header, whole, OKPKey.import_key(dict(self.key)), algorithms=[ALGORITHM])


def claims_about(signed_in: SignedIn) -> dict[str, Any]:
    """Who somebody is, in the ID token and from userinfo alike."""
    persona = signed_in.persona
    return {
        "sub": persona.subject,
        "name": persona.name,
        "organisation": persona.organisation,
        "roles": [role.value for role in persona.roles],
    }
