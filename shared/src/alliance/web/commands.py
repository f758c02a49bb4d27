"""Commands: POSTs that may be repeated; the `Idempotency-Key` names what they make and marks what they changed."""

import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Header, Request

from alliance.access import Caller
from alliance.kernel import Provenance, acting, derived_id
from alliance.observability import current_traceparent
from alliance.web.correlation import correlation_id
from alliance.web.dependencies import caller_with

Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[A-Za-z0-9_-]{1,64}$",
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


@dataclass(frozen=True, kw_only=True)
class Command:
    caller: Caller
    key: str
    id: str
    """The same for every repeat: what the command makes takes this id, or one derived from it."""
    expecting: int | None = None
    """The version that the caller looked at (`If-Match`), or None."""

    def derived(self, *parts: str) -> str:
        """An id for a second thing that the command makes: `command.derived("person")`."""
        return derived_id(self.id, *parts)


def command(*roles: str) -> Any:
    """Opens a command of a caller who holds one of `roles`: `Annotated[Command, command("triage.worker")]`."""

    async def opened(
        request: Request, caller: Annotated[Caller, Depends(caller_with(*roles))], key: Key, expecting: Expecting = None
    ) -> AsyncIterator[Command]:
        opening = await _open(request, caller, key, expecting)
        with acting(_provenance(opening, await request.body(), request)):
            yield opening

    return Depends(opened)


def public_command() -> Any:
    """Opens a command of anybody, without a token: the actor is `anonymous`, of the service's own organisation."""

    async def opened(request: Request, key: Key) -> AsyncIterator[Command]:
        caller = Caller(subject=ANONYMOUS, organisation=request.app.state.organisation)
        opening = await _open(request, caller, key, None)
        with acting(_provenance(opening, await request.body(), request)):
            yield opening

    return Depends(opened)


async def _open(request: Request, caller: Caller, key: str, expecting: str | None) -> Command:
    return Command(
        caller=caller,
        key=key,
        id=derived_id(request.app.state.service, caller.subject, f"{request.method} {request.url.path}", key),
        expecting=int(expecting.strip('"')) if expecting else None,
    )


def _provenance(opening: Command, body: bytes, request: Request) -> Provenance:
    fingerprint = hashlib.sha256(body).hexdigest()[:32]
    return Provenance(
        actor=opening.caller.subject,
        organisation=opening.caller.organisation,
        correlation_id=correlation_id(),
        traceparent=current_traceparent(request.headers.get("traceparent")),
        mark=f"command:{opening.id}:{fingerprint}",
    )
