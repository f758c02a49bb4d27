"""What is wrapped around every request: one id, limits, safe headers, time taken, and an answer to any error."""

from collections.abc import Mapping
from time import perf_counter

from prometheus_client import Histogram
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from alliance.access.csrf import foreign
from alliance.kernel import Answering
from alliance.observability import begin, log
from alliance.web.answering import failed
from alliance.web.correlation import HEADER, begin_correlation
from alliance.web.headers import make_safe, new_nonce
from alliance.web.routes import template_of

QUIET = ("/health/", "/metrics", "/static/")

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

SECONDS = Histogram(
    "alliance_http_request_seconds",
    "Time from request to the last byte of the answer, by route template",
    ["method", "route", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0),
)


class Wrapping:
    """Pure ASGI, so that context variables reach the route and streams are not buffered."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        max_body: int,
        headers: Mapping[str, str],
        bare: frozenset[str],
        larger: Mapping[str, int] | None = None,
    ) -> None:
        self._app, self._max_body, self._headers = app, max_body, headers
        self._larger = larger or {}
        """Paths that take files, and how many bytes of them."""
        self._bare = bare
        """Paths of the development documentation, whose page needs scripts of its own."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        sent = Headers(scope=scope)
        headers = {**self._headers, HEADER: begin_correlation(sent.get(HEADER))}
        with Answering() as waited_for:
            answer = _Answer(send, headers, new_nonce(scope), waited_for)
            await self._answer(scope, receive, sent, answer)

    async def _answer(self, scope: Scope, receive: Receive, sent: Headers, answer: "_Answer") -> None:
        begin(correlation_id=answer.headers[HEADER])
        if scope["path"] in self._bare:
            del answer.headers["content-security-policy"]
        started = perf_counter()
        try:
            most = self._larger.get(scope["path"], self._max_body)
            if _length(sent) > most:
                await (await failed(scope, 413))(scope, receive, answer.send)
            elif reason := foreign(scope["method"], scope["path"], sent):
                log.warning("cross-origin-refused", reason=reason)
                await (await failed(scope, 403))(scope, receive, answer.send)
            else:
                await self._app(scope, self._limited(receive, most), answer.send)
        except Exception as error:  # noqa: BLE001 - the last line: whatever went wrong is answered
            await self._answer_error(error, answer, scope, receive)
        finally:
            if not answer.streams:
                _note(scope, answer.status, perf_counter() - started)

    def _limited(self, receive: Receive, most: int) -> Receive:
        taken = 0

        async def limited() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > most:
                raise HTTPException(413)
            return message

        return limited

    async def _answer_error(self, error: Exception, answer: "_Answer", scope: Scope, receive: Receive) -> None:
        transient = getattr(type(error), "transient", False)
        log.log(30 if transient else 40, "request-failed", error=error, route=template_of(scope))
        if answer.status:
            raise error
        await (await failed(scope, 503 if transient else 500))(scope, receive, answer.send)


class _Answer:
    """Adds headers to the answer on its way out and remembers its status."""

    def __init__(self, send: Send, headers: dict[str, str], nonce: str, waited_for: Answering) -> None:
        self._send, self.headers, self._nonce, self._waited_for, self.status = send, headers, nonce, waited_for, 0
        self.streams = False
        """It is open for as long as somebody listens, which says nothing of how fast the service answers."""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            self.streams = headers.get("content-type", "").startswith("text/event-stream")
            make_safe(headers, self.headers, self._nonce)
            if self.streams:
                self._waited_for.over()
        await self._send(message)


def _length(sent: Headers) -> int:
    text = sent.get("content-length", "0")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _note(scope: Scope, status: int, seconds: float) -> None:
    if scope["path"].startswith(QUIET):
        return
    method = scope["method"] if scope["method"] in METHODS else "other"
    route = template_of(scope).partition(" ")[2] or template_of(scope)
    SECONDS.labels(method, route, str(status)).observe(seconds)
    log.info("answered", method=method, route=route, status=status, milliseconds=round(seconds * 1000, 1))
