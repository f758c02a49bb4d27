"""Builds the web application of a service: its routers, and around them what every service has."""

from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from alliance.access import Control, Policy, Refused, Verifier
from alliance.kernel import Refusal, SystemClock
from alliance.web.answers import document
from alliance.web.audit_api import router as audit_api
from alliance.web.dependencies import SignInNeeded
from alliance.web.errors import on_http_exception, on_invalid, on_problem, on_refusal, on_refused, on_sign_in_needed
from alliance.web.headers import HSTS, SAFE_HEADERS
from alliance.web.health import About, Check, health_router
from alliance.web.problems import ProblemRaised
from alliance.web.routes import take_routes
from alliance.web.wrapping import Wrapping

if TYPE_CHECKING:
    from opentelemetry.trace import TracerProvider

    from alliance.web.pages.front import Front

MAX_BODY = 64 * 1024

Part = Callable[[FastAPI], AbstractAsyncContextManager[None]]
"""Something that runs while the application does; parts start in order and stop in reverse."""


def build_app(
    *,
    title: str,
    version: str,
    service: str,
    organisation: str,
    routers: Iterable[APIRouter],
    given: Mapping[str, object],
    verifier: Verifier,
    control: Control | None = None,
    front: "Front | None" = None,
    readiness: Mapping[str, Check] | None = None,
    watched: Mapping[str, Check] | None = None,
    lifespan: Part | Sequence[Part] = (),
    development: bool = False,
    build: str = "development",
    says: Sequence[str] = (),
    hears: Sequence[str] = (),
    metrics: bool = True,
    max_body: int = MAX_BODY,
    larger_bodies: Mapping[str, int] | None = None,
    tracer_provider: "TracerProvider | None" = None,
) -> FastAPI:
    """The application. `given` is what `given("name")` finds; `organisation` owns the service.

    `front` is what people see; without it the service has no pages. `larger_bodies`: paths that take files, in bytes.
    """
    app = FastAPI(
        title=title,
        version=version,
        docs_url="/docs" if development else None,
        redoc_url=None,
        openapi_url="/openapi.json" if development else None,
        lifespan=_one_after_another((lifespan,) if callable(lifespan) else tuple(lifespan)),
        telemetry=_telemetry(tracer_provider),
        redirect_slashes=False,
    )
    app.state.given, app.state.verifier = dict(given), verifier
    app.state.service, app.state.organisation = service, organisation
    app.state.control = control or Control(policy=Policy(), clock=SystemClock())
    if front is not None:
        front.add_to(app)
    about = About(service, version, organisation, build, tuple(says), tuple(hears))
    auditing = (audit_api,) if "trail" in given else ()
    operations = health_router(readiness or {}, about, metrics=metrics, watched=watched)
    for router in (*routers, *auditing, operations):
        take_routes(app, router)
    for kind, answer in {
        Refusal: on_refusal,
        Refused: on_refused,
        SignInNeeded: on_sign_in_needed,
        ProblemRaised: on_problem,
        HTTPException: on_http_exception,
        RequestValidationError: on_invalid,
    }.items():
        app.add_exception_handler(kind, answer)
    app.add_middleware(
        Wrapping,
        max_body=max_body,
        larger=larger_bodies,
        headers=SAFE_HEADERS if development else {**SAFE_HEADERS, **HSTS},
        bare=frozenset({"/docs"} if development else ()),
    )
    app.openapi = lambda: document(app)  # type: ignore[method-assign]
    return app


def _one_after_another(parts: Sequence[Part]) -> Part:
    @asynccontextmanager
    async def running(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            for part in parts:
                await stack.enter_async_context(part(app))
            yield

    return running


def _telemetry(provider: "TracerProvider | None") -> Any:
    """FastAPI's own spans, one per request. Its logs would carry exception texts; its metrics are ours already."""
    return {
        "tracer_provider": provider,
        "tracing": provider is not None,
        "metrics": False,
        "logs": False,
        "operation_spans": False,
        "auto_configure": False,
    }
