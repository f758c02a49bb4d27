"""What routes ask for by annotation: wired objects, and a caller who may do what the route does."""

from collections.abc import Callable, Coroutine, Mapping
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from alliance.access import Access, Caller, Control, TokenRefused, Verifier
from alliance.access.policy import ANY
from alliance.observability import bind, log
from alliance.web.kinds import is_page
from alliance.web.problems import ProblemRaised

if TYPE_CHECKING:
    from alliance.access.sessions import Sessions

bearer = HTTPBearer(auto_error=False, bearerFormat="at+jwt", scheme_name="token", description="RFC 9068 access token")
Bearer = Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]


class SignInNeeded(Exception):
    """A page is for people who have signed in."""


def given(name: str) -> Any:
    """The object wired under `name`: `Cases = Annotated[Documents[Case], given("cases")]`."""

    async def wired(request: Request) -> Any:
        return request.app.state.given[name]

    return Depends(wired)


def may(action: str) -> Any:
    """A caller who may do `action` by the service's table, to the record that the path names: `Access`.

    API routes take bearer tokens only, pages the session only. 401 or the way to the sign-in, 403, or 404. What is
    seen of a person's record is noted before it is shown.
    """
    allowed = allowing(action)

    async def allow(request: Request, access: Annotated[Access, Depends(allowed)]) -> Access:
        await control_of(request).done(access, action, "shown")
        return access

    return Depends(allow)


def allowing(action: str) -> Callable[..., Coroutine[Any, Any, Access]]:
    """The decision alone; whoever asks for it notes the outcome."""

    async def allowed(request: Request, credentials: Bearer) -> Access:
        control, caller = control_of(request), await caller_of(request, credentials)
        record, record_id = _named(control.policy.rule(action).record, request.path_params)
        access = await control.allow(caller, action, record_id, record=record)
        request.state.access = access
        return access

    allowed.action = action  # type: ignore[attr-defined]  # so that a test can ask every route what it is for
    return allowed


def _named(record: str, path: Mapping[str, str]) -> tuple[str | None, str | None]:
    """Which record the path is about: `{case_id}` names a case; any kind may also be named by `{record}`."""
    if record != ANY:
        return record, path.get(f"{record}_id")
    if "record" in path:
        return path["record"], path.get("record_id")
    kind = next((name.removesuffix("_id") for name in path if name.endswith("_id")), None)
    return kind, path.get(f"{kind}_id")


async def caller_of(request: Request, credentials: HTTPAuthorizationCredentials | None = None) -> Caller:
    """Whoever sent the request, with the roles that their issuer claims."""
    caller = await _signed_in(request) if is_page(request.scope) else await _by_token(request, credentials)
    bind(actor=caller.subject)
    return caller


def control_of(request: Request) -> Control:
    control: Control = request.app.state.control
    return control


async def _signed_in(request: Request) -> Caller:
    sessions: Sessions = request.app.state.sessions
    by_itself = "hx-request" in request.headers
    session = await sessions.find(request.cookies.get(sessions.cookie), touch=not by_itself)
    if session is None:
        raise SignInNeeded
    request.state.signed_in = session.caller
    return session.caller


async def _by_token(request: Request, credentials: HTTPAuthorizationCredentials | None) -> Caller:
    verifier: Verifier = request.app.state.verifier
    if credentials is None:
        raise ProblemRaised(401, headers={"WWW-Authenticate": "Bearer"})
    try:
        return await verifier.verify(credentials.credentials)
    except TokenRefused as refused:
        log.warning("token-refused", reason=str(refused))
        raise ProblemRaised(401, headers={"WWW-Authenticate": 'Bearer error="invalid_token"'}) from None
