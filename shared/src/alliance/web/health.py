"""What operators ask of a process: is it alive, is it ready, what is it, how is it doing."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

from fastapi import APIRouter, FastAPI, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest, start_http_server
from pydantic import BaseModel

Check = Callable[[], Awaitable[tuple[bool, str]]]
"""Answers (ok, detail); the detail is for operators and holds no personal data."""

CHECK_SECONDS = 1.0


@dataclass(frozen=True)
class About:
    """What `/version` says."""

    service: str
    version: str
    organisation: str
    build: str = "development"
    says: Sequence[str] = field(default=())
    hears: Sequence[str] = field(default=())


class Finding(BaseModel):
    ok: bool
    detail: str


class Readiness(BaseModel):
    ready: bool
    checks: dict[str, Finding]


def health_router(
    checks: Mapping[str, Check], about: About, *, metrics: bool, watched: Mapping[str, Check] | None = None
) -> APIRouter:
    router = APIRouter(tags=["operations"])

    @router.get("/health/live")
    async def live() -> dict[str, str]:
        """The process answers; nothing else is asked."""
        return {"status": "live"}

    @router.get("/health/ready", responses={503: {"model": Readiness, "description": "Not ready"}})
    async def ready(response: Response) -> Readiness:
        """Every check passes, each within a second; what is watched beside them is told and decides nothing."""
        found = await readiness(checks, watched or {})
        response.status_code = 200 if found.ready else 503
        return found

    @router.get("/version")
    async def version() -> dict[str, Any]:
        """What runs here, and which contracts it says and hears."""
        return asdict(about)

    if metrics:

        @router.get("/metrics", response_class=Response, responses={200: {"content": {"text/plain": {}}}})
        async def measurements() -> Response:
            """Prometheus text format."""
            return Response(generate_latest(), headers={"content-type": CONTENT_TYPE_LATEST})

    return router


def metrics_on(host: str, port: int) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    """A part of the lifespan that answers `/metrics` on a port of its own, which need not be public (ASVS 13.4.5)."""

    @asynccontextmanager
    async def running(_: FastAPI) -> AsyncIterator[None]:
        server, thread = start_http_server(port, host)
        try:
            yield
        finally:
            await asyncio.to_thread(server.shutdown)
            server.server_close()
            thread.join(timeout=1)

    return running


async def readiness(
    checks: Mapping[str, Check], watched: Mapping[str, Check], *, seconds: float = CHECK_SECONDS
) -> Readiness:
    """Run all checks side by side; one that takes longer than `seconds` counts as failed and is not waited for."""
    running = {name: asyncio.ensure_future(_run(check)) for name, check in {**checks, **watched}.items()}
    if running:
        await asyncio.wait(running.values(), timeout=seconds)
    found = {name: _finding(task, seconds) for name, task in running.items()}
    return Readiness(ready=all(found[name].ok for name in checks), checks=found)


async def _run(check: Check) -> tuple[bool, str]:
    return await check()


def _finding(task: "asyncio.Future[tuple[bool, str]]", seconds: float) -> Finding:
    if not task.done():
        task.cancel()
        return Finding(ok=False, detail=f"no answer within {seconds:g} s")
    if task.cancelled():
        return Finding(ok=False, detail="cancelled")
    if error := task.exception():
        return Finding(ok=False, detail=type(error).__name__)
    ok, detail = task.result()
    return Finding(ok=ok, detail=detail)
