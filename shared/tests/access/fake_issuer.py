"""An issuer that does everything right, until a test makes it do one thing wrong."""

import base64
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import httpx2

from alliance.access.providers import Provider
from alliance.kernel import FixedClock, new_id

from .builders import ISSUER, KEY, an_issuer, published, signed

CLIENT = "triage"
SECRET = "made-up-secret"
LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"


@dataclass
class FakeIssuer:
    clock: FixedClock
    issuer: str = ISSUER
    key: Mapping[str, Any] = field(default_factory=lambda: KEY)
    shown: Mapping[str, Any] | None = None
    """The key that is published, where it is not the one that signs."""
    header: dict[str, Any] = field(default_factory=dict)
    """Put over the header of ID tokens."""
    claims: dict[str, Any] = field(default_factory=dict)
    """Put over the claims of ID tokens; None takes one away."""
    metadata: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] = field(default_factory=dict)
    forge: Callable[[str], str] | None = None
    """Does something to a good ID token."""
    away: bool = False
    secret: str | None = SECRET
    asked: list[httpx2.Request] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def provider(self, **changes: Any) -> Provider:
        issuer = an_issuer(issuer=self.issuer, client_id=CLIENT, label="Council sign-in", **changes)
        return Provider(issuer, self.clock, transport=httpx2.MockTransport(self.answer))

    def authorize(self, url: str) -> dict[str, str]:
        """The person signs in; what the browser is sent back with."""
        asked = dict(parse_qsl(urlsplit(url).query))
        assert url.startswith(f"{self.issuer}/authorize?")
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        assert len(asked["nonce"]) == 43
        code = new_id()
        self.codes[code] = asked
        return {"code": code, "state": asked["state"], "iss": self.issuer}

    def logout_token(self, *, header: Mapping[str, Any] | None = None, **changes: Any) -> str:
        now = int(self.clock.now().timestamp())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 120,
            "jti": new_id(),
            "sub": "staff-7",
            "sid": "sid-1",
            "events": {LOGOUT_EVENT: {}},
        }
        told = {name: value for name, value in (claims | changes).items() if value is not None}
        return signed({"typ": "logout+jwt", **(header or {})}, told, self.key)

    def answer(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append(request)
        if self.away:
            raise httpx2.ConnectError("no route")
        match request.url.path:
            case "/.well-known/openid-configuration":
                return httpx2.Response(200, json=self._metadata())
            case "/keys":
                return httpx2.Response(200, json=published(self.shown or self.key))
            case "/token":
                return self._token(request)
            case "/userinfo":
                return self._userinfo(request)
        return httpx2.Response(404)

    def _metadata(self) -> dict[str, Any]:
        found = {
            "issuer": self.issuer,
            "jwks_uri": f"{self.issuer}/keys",
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "end_session_endpoint": f"{self.issuer}/end",
            "authorization_response_iss_parameter_supported": True,
        }
        return {name: value for name, value in (found | self.metadata).items() if value is not None}

    def _token(self, request: httpx2.Request) -> httpx2.Response:
        form = {name: values[0] for name, values in parse_qs(request.content.decode()).items()}
        asked = self.codes.pop(form.get("code", ""), None)
        if self.secret and request.headers.get("authorization") != _basic(CLIENT, self.secret):
            return httpx2.Response(401, json={"error": "invalid_client"})
        if asked is None or asked["redirect_uri"] != form["redirect_uri"]:
            return httpx2.Response(400, json={"error": "invalid_grant"})
        if _challenge(form["code_verifier"]) != asked["code_challenge"]:
            return httpx2.Response(400, json={"error": "invalid_grant"})
        token = self._id_token(asked["nonce"])
        token = self.forge(token) if self.forge else token
        return httpx2.Response(200, json={"access_token": "opaque", "token_type": "Bearer", "id_token": token})

    def _id_token(self, nonce: str) -> str:
        now = int(self.clock.now().timestamp())
        claims = {
            "iss": self.issuer,
            "sub": "staff-7",
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "auth_time": now,
            "nonce": nonce,
            "sid": "sid-1",
            "name": "Ada Made-Up",
            "organisation": "slam",
            "roles": ["key-worker"],
        }
        told = {name: value for name, value in (claims | self.claims).items() if value is not None}
        return signed({"typ": "JWT", **self.header}, told, self.key)

    def _userinfo(self, request: httpx2.Request) -> httpx2.Response:
        if request.headers.get("authorization") != "Bearer opaque":
            return httpx2.Response(401)
        found = {"sub": "staff-7", "organisation": "certitude", "roles": ["triage-worker"], "name": "Bea Made-Up"}
        return httpx2.Response(200, json=found | self.userinfo)


def unsigned(token: str) -> str:
    """The same claims by `alg: none`."""
    head, body, _ = token.split(".")
    return f"{_changed(head, alg='none')}.{body}."


def signed_by_nobody(token: str) -> str:
    head, body, _ = token.split(".")
    return f"{head}.{body}.{'A' * 86}"


def _changed(head: str, **changes: Any) -> str:
    found = json.loads(base64.urlsafe_b64decode(head + "==")) | changes
    return base64.urlsafe_b64encode(json.dumps(found).encode()).rstrip(b"=").decode()


def _basic(name: str, secret: str) -> str:
    return f"Basic {base64.b64encode(f'{name}:{secret}'.encode()).decode()}"


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
