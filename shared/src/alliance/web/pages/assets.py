"""Style sheets, scripts and images: kept in memory, compressed once, at addresses that change with their content."""

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from fastapi import APIRouter, Request
from starlette.responses import Response

PREFIX = "/static"
KINDS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}
"""What is served. Every file is sent with `nosniff`, so each needs its right type; what has none here is not sent."""

FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
"""For an address of another version, as a page that was open during an update asks for."""


@dataclass(frozen=True)
class Asset:
    kind: str
    plain: bytes
    packed: bytes


@cache
def assets() -> dict[str, Asset]:
    """All that is served, by path."""
    found: dict[str, Asset] = {}
    for path, file in _walk(files("alliance.web") / "static", ""):
        kind = KINDS.get(path[path.rfind(".") :])
        if kind is not None:
            plain = file.read_bytes()
            found[path] = Asset(kind, plain, gzip.compress(plain, 9, mtime=0))
    return found


@cache
def version() -> str:
    """Changes whenever any asset does."""
    digest = hashlib.sha256()
    for path, each in sorted(assets().items()):
        digest.update(path.encode() + b"\0" + hashlib.sha256(each.plain).digest())
    return digest.hexdigest()[:16]


def asset(path: str) -> str:
    """The address of an asset: `asset("alliance.css")`. Raises KeyError for one that does not exist."""
    if path not in assets():
        raise KeyError(path)
    return f"{PREFIX}/{version()}/{path}"


def assets_router() -> APIRouter:
    """Answers for `/static/…`; anybody may see these."""
    router = APIRouter(prefix=PREFIX, include_in_schema=False)

    @router.api_route("/{asked}/{path:path}", methods=["GET", "HEAD"])
    async def static(asked: str, path: str, request: Request) -> Response:
        found = assets().get(path)
        if found is None:
            return Response("There is no such file.", 404, media_type="text/plain")
        tag = f'"{version()}"'
        headers = {
            "cache-control": FOR_EVER if asked == version() else ASK_AGAIN,
            "etag": tag,
            "vary": "accept-encoding",
        }
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        packed = takes_gzip(request.headers.get("accept-encoding", ""))
        if packed:
            headers["content-encoding"] = "gzip"
        body = found.packed if packed else found.plain
        return Response(body, headers={**headers, "content-type": found.kind})

    return router


def takes_gzip(accepted: str) -> bool:
    """Whether `Accept-Encoding` names gzip without ruling it out by `q=0`."""
    for each in accepted.lower().split(","):
        name, _, weight = each.partition(";")
        if name.strip() == "gzip":
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def _walk(folder: Traversable, prefix: str) -> list[tuple[str, Traversable]]:
    found: list[tuple[str, Traversable]] = []
    for each in folder.iterdir():
        if each.is_dir():
            found += _walk(each, f"{prefix}{each.name}/")
        else:
            found.append((prefix + each.name, each))
    return found
