"""An answer to what cannot be answered well: a problem document for machines, a page for people."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from alliance.observability import log
from alliance.web.kinds import is_page
from alliance.web.problems import problem, unavailable


async def failed(scope: Scope, status: int) -> Response:
    """Works also where the page itself cannot be made."""
    if is_page(scope):
        from alliance.web.pages.failing import page_for

        try:
            return await page_for(Request(scope), status)
        except Exception as error:  # noqa: BLE001 - whatever it is, somebody waits for an answer
            log.error("error-page-failed", error=error)
    return unavailable() if status == 503 else problem(status)
