"""/authorize and /choose: who somebody is, and back to the service with a code."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from alliance_deploy.issuer.asking import Asked, Declined, NotSafe, asked, sent_back
from alliance_deploy.issuer.desk import Desk
from alliance_deploy.issuer.pages.rendering import Pages
from alliance_deploy.issuer.personas import Persona
from alliance_deploy.issuer.signing_out import ended
from alliance_deploy.issuer.signings_in import COOKIE, LASTS, SignedIn


def signing_in(desk: Desk, pages: Pages) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.api_route("/authorize", methods=["GET", "POST"])
    async def authorize(request: Request) -> Response:
        query = request.url.query if request.method == "GET" else (await request.body()).decode("latin-1")
        try:
            wanted = asked(query, desk.clients)
        except NotSafe as refused:
            return pages.problem(str(refused))
        except Declined as declined:
            return _to(declined.answer(desk.issuer))
        present = desk.signed_in.of(request.cookies.get(COOKIE))
        if present is not None and _will_do(desk, present, wanted):
            return _to(_with_code(desk, present, wanted))
        if "none" in wanted.prompts:
            told = {"error": "login_required", "error_description": "nobody is signed in"}
            return _to(sent_back(wanted.redirect_uri, desk.issuer, wanted.state, told))
        return pages.who(wanted, present)

    @router.post("/choose")
    async def choose(
        request: Request, subject: Annotated[str, Form()], asked_with: Annotated[str, Form()] = ""
    ) -> Response:
        """One persona was chosen: for the service that asked, or from the start page for their own."""
        persona = desk.persona(subject)
        if persona is None:
            return pages.problem("There is nobody of that name here.")
        try:
            wanted = asked(asked_with, desk.clients) if asked_with else None
        except NotSafe as refused:
            return pages.problem(str(refused))
        except Declined as declined:
            return _to(declined.answer(desk.issuer))
        signed_in = await _begun(desk, persona, desk.signed_in.of(request.cookies.get(COOKIE)))
        answer = _to(_with_code(desk, signed_in, wanted) if wanted else f"{desk.clients[persona.lands].origin}/")
        answer.set_cookie(
            COOKIE,
            signed_in.key,
            max_age=int(LASTS.total_seconds()),
            path="/",
            secure=True,
            httponly=True,
            samesite="lax",
        )
        return answer

    return router


async def _begun(desk: Desk, persona: Persona, before: SignedIn | None) -> SignedIn:
    """Signed in anew. Whoever it was before is signed out everywhere, so that no page still shows them."""
    if before is not None and before.persona != persona:
        await ended(desk, before)
    signed_in = desk.signed_in.begin(persona)
    if before is not None and before.persona == persona:
        signed_in.sid, signed_in.clients = before.sid, before.clients
        desk.signed_in.end(before)
    return signed_in


def _will_do(desk: Desk, present: SignedIn, wanted: Asked) -> bool:
    """Whether the present sign-in answers the request, or somebody must choose again."""
    if wanted.prompts & {"login", "select_account"}:
        return False
    return wanted.max_age is None or desk.clock.now() - present.at <= timedelta(seconds=wanted.max_age)


def _with_code(desk: Desk, signed_in: SignedIn, wanted: Asked) -> str:
    signed_in.clients.add(wanted.client.id)
    code = desk.codes.issue(
        client=wanted.client.id,
        redirect_uri=wanted.redirect_uri,
        challenge=wanted.challenge,
        nonce=wanted.nonce,
        sid=signed_in.sid,
    )
    return sent_back(wanted.redirect_uri, desk.issuer, wanted.state, {"code": code})


def _to(address: str) -> RedirectResponse:
    return RedirectResponse(address, status_code=303)
