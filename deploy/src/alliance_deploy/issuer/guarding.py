"""Headers on every answer, and refusals that come before any route: a strange host, a form from another site."""

import secrets
from collections.abc import Iterable
from contextvars import ContextVar
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

FORMS = frozenset({"/choose", "/sign-out"})
NONCE: ContextVar[str] = ContextVar("csp_nonce", default="")
"""Of the page that is being made: its one inline script carries it."""


class Guarded:
    """Pure ASGI. `origins`: where a form's answer may lead on to."""

    def __init__(self, app: ASGIApp, *, issuer: str, origins: Iterable[str]) -> None:
        self._app, self._issuer = app, issuer
        self._host = urlsplit(issuer).netloc
        self._numbered = f"127.0.0.1:{urlsplit(issuer).port}"
        self._forms_to = " ".join(("'self'", *sorted(origins)))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        NONCE.set(nonce := secrets.token_urlsafe(16))
        headers, path = Headers(scope=scope), scope["path"]

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add(MutableHeaders(scope=message), nonce, kept=path.startswith("/static/"))
            await send(message)

        app = self._refusal(headers, scope["method"], path) or self._app
        await app(scope, receive, sending)

    def _refusal(self, headers: Headers, method: str, path: str) -> ASGIApp | None:
        host = headers.get("host", "")
        if host not in (self._host, self._numbered) and not path.startswith("/health/"):
            return PlainTextResponse(f"Ask {self._issuer}", 421)
        if host == self._numbered and path == "/" and method in ("GET", "HEAD"):
            return RedirectResponse(f"{self._issuer}/", 307)  # the cookie is of one host name only
        if method == "POST" and path in FORMS:
            site, origin = headers.get("sec-fetch-site"), headers.get("origin", self._issuer)
            known = site in ("same-origin", "none") if site else origin == self._issuer
            if not known:  # with `no-referrer` a browser says "null" for the origin of its own page
                return PlainTextResponse("This form is sent from this site only.", 403)
        return None

    def _add(self, headers: MutableHeaders, nonce: str, *, kept: bool) -> None:
        headers["content-security-policy"] = (
            f"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; "
            f"font-src 'self'; connect-src 'self'; form-action {self._forms_to}; base-uri 'none'; "
            "frame-ancestors 'none'"
        )
        headers["x-content-type-options"] = "nosniff"
        headers["x-frame-options"] = "DENY"
        headers["referrer-policy"] = "no-referrer"
        headers["cross-origin-opener-policy"] = "same-origin"
        headers["cross-origin-resource-policy"] = "same-origin"
        if not kept:
            headers["cache-control"] = "no-store"
