"""Pages that say what went wrong and what to do, with a reference that is in the logs."""

from dataclasses import dataclass
from urllib.parse import quote

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from alliance.access import Refused
from alliance.web.pages.showing import Showing

CRISIS_LINES = "crisis_lines"
"""Under this name a service that anybody may come to gives the numbers to call: they stand on its error pages too."""


@dataclass(frozen=True)
class Trouble:
    title: str
    what_to_do: str


TROUBLES = {
    400: Trouble(
        "We could not read that", "Go back, load the page again and send the form once more. Nothing was changed."
    ),
    401: Trouble("You need to sign in", "Sign in, then try again. Nothing was changed."),
    403: Trouble(
        "You cannot see or do this",
        "Your organisation and role do not allow it. If your work needs it, ask your service administrator.",
    ),
    404: Trouble(
        "There is nothing here by that address",
        "If you typed the address, check it. If you came by a link, what it led to is not here, or no longer.",
    ),
    405: Trouble("That cannot be done here", "Go back and use the links and buttons of the page."),
    409: Trouble("This is not possible as things stand now", "Go back and look at the record as it is now."),
    413: Trouble("That is too much at once", "Send less text, or a smaller file. Nothing was changed."),
    429: Trouble("That was a lot in a short time", "Wait a minute, then try again."),
    500: Trouble(
        "Sorry, something went wrong on our side", "Try again in a few minutes. What you had sent may be lost."
    ),
    503: Trouble(
        "The service cannot do this just now", "Try again in a moment: sending the same form again does it only once."
    ),
}


async def page_for(request: Request, status: int, *, sentence: str | None = None) -> Response:
    """The error page for `status`; `sentence` where somebody knows better what happened."""
    trouble = TROUBLES.get(status, TROUBLES[500 if status >= 500 else 400])
    show = Showing(request)
    return await show(
        "alliance/error.html",
        status=status,
        title=trouble.title,
        sentence=sentence,
        what_to_do=trouble.what_to_do,
        problem=status,
        crisis_lines=request.app.state.given.get(CRISIS_LINES, ()),
    )


async def refused_page(request: Request, refused: Refused) -> Response:
    """403; where breaking the glass would open the record, the way to do so."""
    about = refused.about
    if about is None or not refused.ruling.glass:
        return await page_for(request, 403)
    show = Showing(request)
    return await show("alliance/closed.html", status=403, title="This record is closed to you", about=about)


def to_sign_in(request: Request) -> Response:
    """To the sign-in and back again; what was being sent is not sent again by itself.

    A part of a page that asks by itself gets 401 instead: the sign-in page must not come to stand inside another.
    """
    if "hx-request" in request.headers:
        return Response(status_code=401)
    came = request.url.path if request.method == "GET" else "/"
    query = f"?{request.url.query}" if request.method == "GET" and request.url.query else ""
    return RedirectResponse(f"/sign-in?next={quote(came + query, safe='')}", status_code=303)
