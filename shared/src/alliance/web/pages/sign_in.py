"""Signing in by an issuer and out again, and the issuer's word that somebody has signed out elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from alliance.access import TokenRefused
from alliance.access.colleagues import Colleagues
from alliance.access.kept import new_secret
from alliance.access.logout import BackChannel
from alliance.access.oidc import CALLBACK, SIGNED_OUT, Client, SignedIn
from alliance.access.pending import LASTS
from alliance.access.places import place
from alliance.access.providers import IssuerUnreachable
from alliance.access.sessions import Sessions
from alliance.access.talking import SignInFailed
from alliance.observability import log
from alliance.web.pages.routing import page_router
from alliance.web.pages.showing import Show

GONE = '"cache", "storage"'
"""Of this host alone; `"cookies"` would sign out of the other services of the same domain too."""


@dataclass(frozen=True)
class Trouble:
    status: int
    sentence: str


TROUBLES: Mapping[str, Trouble] = {
    "state": Trouble(400, "This sign-in was begun in another browser or too long ago, or it was used already."),
    "mix-up": Trouble(400, "The answer did not come from the sign-in that you chose."),
    "denied": Trouble(403, "The sign-in was cancelled, or you may not use this service by it."),
    "organisation": Trouble(403, "Your sign-in did not tell which organisation of the alliance you work for."),
    "not-vouched-for": Trouble(403, "Your sign-in named an organisation that it does not speak for."),
    "subject": Trouble(403, "Your sign-in did not tell who you are in a way that we can keep."),
    "roles": Trouble(403, "Your sign-in did not tell your roles in a way that we can read."),
    "unreachable": Trouble(503, "The sign-in of your organisation does not answer just now."),
    "none": Trouble(503, "Nobody can sign in here yet: the service knows no issuer."),
}
OTHERWISE = Trouble(400, "What the sign-in of your organisation answered was not right, so we did not believe it.")


def sign_in_router(client: Client, sessions: Sessions, colleagues: Colleagues, channel: BackChannel) -> APIRouter:
    """Everything that somebody meets who has not signed in, or no longer is."""
    router = page_router()
    browser = f"{sessions.cookie}-signing-in"

    @router.get("/sign-in")
    async def sign_in(
        request: Request,
        show: Show,
        next_: Annotated[str, Query(alias="next")] = "/",
        by: str | None = None,
        here: bool = False,
    ) -> Response:
        """On to the issuer at once where there is only one; else a choice.

        Whoever came by another name of this service goes to its own address first: the issuer sends the browser back
        there, and what it remembers under the other name is not seen. `here`: they have been sent already.
        """
        if not here and request.headers.get("host", "") != client.host:
            asked = {"next": place(next_), **({"by": by} if by is not None else {}), "here": "true"}
            return RedirectResponse(f"{client.url}/sign-in?{urlencode(asked)}", status_code=303)
        issuers = client.issuers
        chosen = [issuer for issuer in issuers if issuer.prefix == by] if by is not None else issuers
        if len(chosen) != 1:
            if not issuers:
                return await _failed(show, SignInFailed("none"), place(next_))
            return await show("alliance/choose-issuer.html", title="Sign in", issuers=issuers, next=place(next_))
        known = request.cookies.get(browser, "")
        value = known if len(known) == len(new_secret()) else new_secret()
        try:
            url = await client.begin(chosen[0], value, place(next_))
        except IssuerUnreachable:
            return await _failed(show, SignInFailed("unreachable", chosen[0]), place(next_))
        answer = RedirectResponse(url, status_code=303)
        age = int(LASTS.total_seconds())
        answer.set_cookie(browser, value, max_age=age, path="/", secure=True, httponly=True, samesite="lax")
        return answer

    @router.get(CALLBACK)
    @router.get(f"{CALLBACK}/{{by}}")
    async def callback(request: Request, show: Show, by: str = "") -> Response:
        """The issuer has sent the browser back."""
        said = dict(request.query_params)
        twice = len(request.query_params.multi_items()) != len(said)
        try:
            found = await client.finish({} if twice else said, request.cookies.get(browser), by)
        except SignInFailed as failed:
            return await _failed(show, failed)
        except IssuerUnreachable:
            return await _failed(show, SignInFailed("unreachable"))
        await sessions.end(request.cookies.get(sessions.cookie))
        await colleagues.note(found.caller)
        value = await _begin(sessions, found)
        log.info("signed-in", actor=found.caller.subject, member=found.caller.organisation, host=found.issuer.host)
        answer = RedirectResponse(place(found.next), status_code=303)
        answer.set_cookie(sessions.cookie, value, path="/", secure=True, httponly=True, samesite="lax")
        return answer

    @router.post("/sign-out")
    async def sign_out(request: Request, show: Show) -> Response:
        """Ended here first, whatever the issuer does; then on to the issuer, by the page and not by a redirect.

        A policy of `form-action 'self'` holds for every redirect that a form leads to.
        """
        value = request.cookies.get(sessions.cookie)
        session = await sessions.find(value, touch=False)
        await sessions.end(value)
        on = await client.leave(session) if session else None
        if session:
            log.info("signed-out", actor=session.caller.subject, member=session.caller.organisation)
        label = client.label_of(session.caller.issuer) if session else None
        answer = await show("alliance/signed-out.html", title="You have signed out", on=on, label=label)
        answer.headers["Clear-Site-Data"] = GONE
        answer.delete_cookie(sessions.cookie, path="/", secure=True, httponly=True, samesite="lax")
        return answer

    @router.get(SIGNED_OUT)
    async def signed_out(show: Show) -> Response:
        return await show("alliance/signed-out.html", title="You have signed out", on=None, label=None)

    @router.post("/back-channel-logout")
    async def back_channel_logout(logout_token: Annotated[str, Form(max_length=16_384)]) -> Response:
        """OpenID Connect Back-Channel Logout 1.0: from the issuer's server, by no browser."""
        try:
            ended = await channel.hear(logout_token)
        except TokenRefused as refused:
            log.warning("logout-token-refused", reason=str(refused))
            return JSONResponse({"error": "invalid_request"}, status_code=400)
        log.info("signed-out-by-issuer", count=ended)
        return Response(status_code=200)

    return router


async def _begin(sessions: Sessions, found: SignedIn) -> str:
    """A session of its own for every sign-in: what was in the browser before opens nothing (OWASP ASVS 5.0 7.2.4)."""
    return await sessions.begin(
        found.caller,
        issuer=found.issuer.issuer,
        sid=found.sid,
        subject=found.subject,
        id_token=found.id_token,
        auth_time=found.auth_time,
    )


async def _failed(show: Show, failed: SignInFailed, next_: str = "/") -> Response:
    """What went wrong in a sentence; the details are in the log, under the reference."""
    trouble = TROUBLES.get(failed.reason, OTHERWISE)
    host = failed.issuer.host if failed.issuer else None
    log.warning("sign-in-refused", reason=failed.reason, host=host)
    return await show(
        "alliance/sign-in.html",
        status=trouble.status,
        title="You are not signed in",
        sentence=trouble.sentence,
        again=failed.reason != "none",
        next=next_,
    )
