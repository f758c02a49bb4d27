"""Whether a browser sends a request for another site's page (CSRF): by Fetch Metadata, else by `Origin`.

The rules of `net/http.CrossOriginProtection` (Go 1.25) and of `asgi-cross-origin-protection`. A page of a sibling host
counts as another's: one partner's service cannot act for somebody who has signed in at another's.

By the referrer policy of our own pages browsers send `Origin: null` from them; those of today say `Sec-Fetch-Site` too.
"""

from collections.abc import Mapping
from urllib.parse import urlsplit

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

FOR_MACHINES = "/api/"
"""Takes bearer tokens and no cookies, so there is nothing to abuse."""


def foreign(method: str, path: str, headers: Mapping[str, str]) -> str | None:
    """Why the request is not taken: `cross-site`, `same-site` or `origin`; None if it is. `headers` ignore case."""
    if method in SAFE_METHODS or path.startswith(FOR_MACHINES):
        return None
    site = headers.get("sec-fetch-site")
    if site is not None:
        return None if site in ("same-origin", "none") else "same-site" if site == "same-site" else "cross-site"
    origin = headers.get("origin")
    if origin is None or _host(origin) == headers.get("host", "").lower():
        return None
    return "origin"


def _host(origin: str) -> str:
    """`null`, and what is no origin, is nobody's."""
    try:
        parts = urlsplit(origin)
    except ValueError:
        return "?"
    return parts.netloc.lower() if parts.scheme in ("https", "http") else "?"
