"""Commands: POSTs that may be repeated; their key names what they make and marks what they changed."""

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Header, Request

from alliance.access import Access, Caller
from alliance.kernel import Provenance, Refusal, acting, derived_id
from alliance.observability import current_traceparent
from alliance.web.correlation import correlation_id
from alliance.web.dependencies import allowing, control_of
from alliance.web.problems import ProblemRaised

KEY_PATTERN = r"^[A-Za-z0-9_-]{1,64}$"

Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        pattern=KEY_PATTERN,
        description="A new random text for each command; the same text when the same command is sent again",
    ),
]
Expecting = Annotated[
    str | None,
    Header(
        alias="If-Match",
        pattern=r'^"[0-9]{1,15}"$',
        description="The ETag of what the caller looked at; answered by 409 `stale` if it has changed since",
    ),
]

ANONYMOUS = "anonymous"


@dataclass(kw_only=True)
class Command:
    caller: Caller
    key: str
    id: str
    """The same for every repeat: what the command makes takes this id, or one derived from it."""
    expecting: int | None = None
    """The version that the caller looked at (`If-Match`, or a page's `version`), or None."""
    access: Access | None = None
    """What the caller was allowed; None for a command of anybody's."""
    outcome: str = "done"
    """What the audit trail will say: a page that shows a refusal in its form puts the refusal's name here."""

    def derived(self, *parts: str) -> str:
        """An id for a second thing that the command makes: `command.derived("person")`."""
        return derived_id(self.id, *parts)


def doing(action: str) -> Any:
    """Opens a command of a caller who may do `action`: `Closing = Annotated[Command, doing("case.close")]`.

    For the API, with its headers. How it came out is noted before the answer leaves.
    """

    async def opened(
        request: Request, access: Annotated[Access, Depends(allowing(action))], key: Key, expecting: Expecting = None
    ) -> AsyncIterator[Command]:
        async with _carried_out(request, action, access, key, expecting) as command:
            yield command

    return Depends(opened, scope="function")


def page_doing(action: str) -> Any:
    """The same for pages, whose forms carry `form_token` and `version`."""

    async def opened(request: Request, access: Annotated[Access, Depends(allowing(action))]) -> AsyncIterator[Command]:
        key, version = await _sent_with(request)
        async with _carried_out(request, action, access, key, version) as command:
            yield command

    return Depends(opened, scope="function")


def public_command() -> Any:
    """Opens a command of anybody, without a token: the actor is `anonymous`, of the service's own organisation."""

    async def opened(request: Request, key: Key) -> AsyncIterator[Command]:
        opening = _open(request, _anybody(request), key, None)
        with acting(_provenance(opening, await request.body(), request)):
            yield opening

    return Depends(opened)


def public_page_doing() -> Any:
    """The same for public pages, whose forms carry `form_token`."""

    async def opened(request: Request) -> AsyncIterator[Command]:
        key, _ = await _sent_with(request)
        opening = _open(request, _anybody(request), key, None)
        with acting(_provenance(opening, await request.body(), request)):
            yield opening

    return Depends(opened)


@asynccontextmanager
async def _carried_out(
    request: Request, action: str, access: Access, key: str, expecting: str | None
) -> AsyncIterator[Command]:
    opening = _open(request, access.caller, key, expecting)
    opening.access = access
    request.state.command = opening
    try:
        with acting(_provenance(opening, await request.body(), request)):
            yield opening
    except Refusal as refusal:
        opening.outcome = refusal.name
        await control_of(request).done(access, action, opening.outcome)
        raise
    except Exception:
        await control_of(request).done(access, action, "failed")
        raise
    await control_of(request).done(access, action, opening.outcome)


async def _sent_with(request: Request) -> tuple[str, str | None]:
    """A form's token and version. A form without a good token was not made by us: 400."""
    await request.body()
    form = await request.form()
    key, version = form.get("form_token"), form.get("version")
    if not isinstance(key, str) or not 1 <= len(key) <= 64 or not key.replace("-", "").replace("_", "").isalnum():
        raise ProblemRaised(400)
    return key, version if isinstance(version, str) and version.isdecimal() and len(version) < 16 else None


def _anybody(request: Request) -> Caller:
    return Caller(subject=ANONYMOUS, organisation=request.app.state.organisation)


def _open(request: Request, caller: Caller, key: str, expecting: str | None) -> Command:
    who = f"{caller.issuer} {caller.subject}" if caller.issuer else caller.subject
    return Command(
        caller=caller,
        key=key,
        id=derived_id(request.app.state.service, who, f"{request.method} {request.url.path}", key),
        expecting=int(expecting.strip('"')) if expecting else None,
    )


def _provenance(opening: Command, body: bytes, request: Request) -> Provenance:
    fingerprint = hashlib.sha256(_without_boundary(request, body)).hexdigest()[:32]
    return Provenance(
        actor=opening.caller.subject,
        organisation=opening.caller.organisation,
        correlation_id=correlation_id(),
        traceparent=current_traceparent(request.headers.get("traceparent")),
        mark=f"command:{opening.id}:{fingerprint}",
    )


def _without_boundary(request: Request, body: bytes) -> bytes:
    """A form with a file is cut by a line that the browser makes up anew each time it sends the same."""
    _, _, boundary = request.headers.get("content-type", "").partition("boundary=")
    return body.replace(boundary.strip('"').encode("latin-1"), b"") if boundary else body
