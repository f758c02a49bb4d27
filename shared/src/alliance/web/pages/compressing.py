"""Pages and lists on their way to a browser, compressed."""

import secrets
import struct
import zlib

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from alliance.web.pages.assets import takes_gzip

FROM = 1_000
"""Bytes; what is smaller fits in one packet anyway."""

KINDS = ("text/html", "text/csv")
PADDING = 64


class Compressing:
    """Pure ASGI. Compresses whole HTML and CSV answers; streams and everything else pass as they are.

    BREACH reads a secret from the length of compressed answers that repeat what an attacker sent along with it. Our
    pages hold no lasting secret (form tokens serve once), cookies are `SameSite`, and searches are POSTs, so nobody
    else's page can make a browser ask for such an answer; a random length in the gzip header blurs what is left.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and takes_gzip(Headers(scope=scope).get("accept-encoding", "")):
            await self._app(scope, receive, _Answer(send).send)
        else:
            await self._app(scope, receive, send)


class _Answer:
    """Holds the start back until the first part of the body shows whether it is all of it."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message | None = None

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _suits(Headers(raw=message["headers"])):
            self._start = message
            return
        if self._start is not None and message["type"] == "http.response.body":
            start, self._start = self._start, None
            body = message.get("body", b"")
            headers = MutableHeaders(scope=start)
            headers.add_vary_header("accept-encoding")
            if not message.get("more_body", False) and len(body) >= FROM:
                body = packed(body)
                headers["content-encoding"] = "gzip"
                headers["content-length"] = str(len(body))
                message = {**message, "body": body}
            await self._send(start)
        await self._send(message)


def packed(body: bytes) -> bytes:
    """A gzip member whose header names a file of random length."""
    name = secrets.token_hex(PADDING)[: secrets.randbelow(PADDING)].encode() + b"\0"
    header = b"\x1f\x8b\x08\x08" + b"\0" * 4 + b"\0\xff" + name
    deflate = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    tail = struct.pack("<II", zlib.crc32(body), len(body) & 0xFFFFFFFF)
    return header + deflate.compress(body) + deflate.flush() + tail


def _suits(headers: Headers) -> bool:
    return "content-encoding" not in headers and headers.get("content-type", "").startswith(KINDS)
