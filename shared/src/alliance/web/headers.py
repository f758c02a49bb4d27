"""The headers that keep browsers safe: strictest for machines, with what a page needs for pages."""

import secrets
from collections.abc import Mapping, MutableMapping
from typing import Any

from starlette.datastructures import MutableHeaders

SAFE_HEADERS: Mapping[str, str] = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
"""OWASP ASVS 5.0 3.4.3–3.4.6 and 14.3.2. A route may set its own; what it does not set is set here."""

PAGE_HEADERS: Mapping[str, str] = {
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}

HSTS: Mapping[str, str] = {"strict-transport-security": "max-age=31536000; includeSubDomains"}
"""Outside development: OWASP ASVS 5.0 3.4.1."""

_PAGE_POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)


def new_nonce(scope: MutableMapping[str, Any]) -> str:
    """A nonce for the page that may come of this request; templates read it from the request's state."""
    nonce = secrets.token_urlsafe(16)
    scope.setdefault("state", {})["csp_nonce"] = nonce
    return nonce


def make_safe(found: MutableHeaders, headers: Mapping[str, str], nonce: str) -> None:
    """Add what the answer does not say itself."""
    if found.get("content-type", "").startswith("text/html") and "content-security-policy" in headers:
        page = {**PAGE_HEADERS, "content-security-policy": _PAGE_POLICY.format(nonce=nonce)}
        headers = {**headers, **page}
    for name, value in headers.items():
        found.setdefault(name, value)
