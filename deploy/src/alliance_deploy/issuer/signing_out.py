"""/end-session: signed out here, and at every service where this sign-in was used."""

import asyncio
import logging
from typing import Annotated, Any
from urllib.parse import urlencode

import httpx2
from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from alliance_deploy.issuer.clients import BACK_CHANNEL, Client, for_programs
from alliance_deploy.issuer.desk import Desk
from alliance_deploy.issuer.pages.rendering import Pages
from alliance_deploy.issuer.signings_in import COOKIE, SignedIn
from alliance_deploy.issuer.tokens import NotOurs

SECONDS = 3.0
ELSEWHERE = "You were to be sent on to an address that is not registered for any service here."
log = logging.getLogger("alliance.issuer")


def signing_out(desk: Desk, pages: Pages) -> APIRouter:
    """OpenID Connect RP-Initiated Logout 1.0. Without proof of who is to be signed out, the person is asked."""
    router = APIRouter(include_in_schema=False)

    @router.api_route("/end-session", methods=["GET", "POST"])
    async def end_session(request: Request) -> Response:
        sent = request.query_params if request.method == "GET" else await request.form()
        said = {name: value for name, value in sent.items() if isinstance(value, str)}
        try:
            hint = desk.signer.read(said["id_token_hint"], "JWT", expired=True) if said.get("id_token_hint") else {}
        except NotOurs:
            return pages.problem("The service that wants to sign you out did not say who you are in a way that holds.")
        try:
            client = _client(desk, said.get("client_id"), hint)
            then = _then(client, said)
        except ValueError as refused:
            return pages.problem(str(refused))
        present = desk.signed_in.of(request.cookies.get(COOKIE))
        if present is not None and not hint:
            return pages.leave(present, then)
        hinted = desk.signed_in.known_as(hint.get("sid", ""))
        for signed_in in (present, hinted if hinted is not present else None):
            if signed_in is not None:
                await ended(desk, signed_in)
        return _gone(RedirectResponse(then, status_code=303) if then else pages.left())

    @router.post("/sign-out")
    async def sign_out(request: Request, then: Annotated[str, Form()] = "") -> Response:
        """The person said yes."""
        if then and not any(then.partition("?")[0] in client.after_sign_out for client in desk.clients.values()):
            return pages.problem(ELSEWHERE)
        present = desk.signed_in.of(request.cookies.get(COOKIE))
        if present is not None:
            await ended(desk, present)
        return _gone(RedirectResponse(then, status_code=303) if then else pages.left())

    return router


async def ended(desk: Desk, signed_in: SignedIn) -> None:
    """Nobody is signed in by this any more, here or at a service; one that does not answer is noted in the log."""
    desk.signed_in.end(signed_in)
    await asyncio.gather(*(tell(desk, desk.clients[name], signed_in) for name in sorted(signed_in.clients)))


async def tell(desk: Desk, client: Client, signed_in: SignedIn) -> None:
    """OpenID Connect Back-Channel Logout 1.0."""
    address, host = for_programs(client.origin + BACK_CHANNEL)
    form = {"logout_token": desk.signer.logout_token(client.id, signed_in)}
    try:
        async with httpx2.AsyncClient(timeout=SECONDS, transport=desk.transport, trust_env=False) as http:
            answer = await http.post(address, data=form, headers={"Host": host})
        if not answer.is_success:
            log.warning("%s answered %s to a sign-out", client.id, answer.status_code)
    except httpx2.HTTPError:
        log.warning("%s did not answer to a sign-out", client.id)


def _client(desk: Desk, named: str | None, hint: dict[str, Any]) -> Client | None:
    name = hint.get("aud") or named
    if named is not None and named != name:
        raise ValueError("Two services at once want to sign you out.")
    if name is None:
        return None
    if name not in desk.clients:
        raise ValueError("The service that wants to sign you out is not registered with this sign-in.")
    return desk.clients[name]


def _then(client: Client | None, said: dict[str, str]) -> str | None:
    """Where to go afterwards: only where the client is registered to send people."""
    address = said.get("post_logout_redirect_uri")
    if not address:
        return None
    if client is None or address not in client.after_sign_out:
        raise ValueError(ELSEWHERE)
    return f"{address}?{urlencode({'state': said['state']})}" if "state" in said else address


def _gone(answer: Response) -> Response:
    answer.delete_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="lax")
    return answer
