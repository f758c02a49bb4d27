"""What routes ask for by annotation: wired objects, and a caller with the right roles."""

from collections.abc import Callable, Coroutine
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from alliance.access import Caller, TokenRefused, Verifier
from alliance.observability import bind, log
from alliance.web.problems import ProblemRaised

bearer = HTTPBearer(auto_error=False, bearerFormat="at+jwt", scheme_name="token", description="RFC 9068 access token")


def given(name: str) -> Any:
    """The object wired under `name`: `Cases = Annotated[Documents[Case], given("cases")]`."""

    async def wired(request: Request) -> Any:
        return request.app.state.given[name]

    return Depends(wired)


def needs(*roles: str) -> Any:
    """A caller who holds one of `roles` (any caller with a good token if none is named); 401 or 403 otherwise."""
    return Depends(caller_with(*roles))


def caller_with(*roles: str) -> Callable[..., Coroutine[Any, Any, Caller]]:
    async def caller(
        request: Request, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]
    ) -> Caller:
        verifier: Verifier = request.app.state.verifier
        if credentials is None:
            raise ProblemRaised(401, headers={"WWW-Authenticate": "Bearer"})
        try:
            found = verifier.verify(credentials.credentials)
        except TokenRefused as refused:
            log.warning("token-refused", reason=str(refused))
            raise ProblemRaised(401, headers={"WWW-Authenticate": 'Bearer error="invalid_token"'}) from None
        if not found.may_act_as(roles):
            log.warning("role-missing", actor=found.subject, organisation=found.organisation)
            raise ProblemRaised(403)
        bind(actor=found.subject)
        return found

    return caller
