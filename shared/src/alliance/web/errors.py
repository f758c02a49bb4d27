"""From what was raised to an answer: a problem document for machines, a page for people."""

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from alliance.access import Refused
from alliance.kernel import Refusal, Unknown
from alliance.observability import log
from alliance.web.answering import failed
from alliance.web.complaints import complaints
from alliance.web.kinds import is_page
from alliance.web.problems import ProblemRaised, problem, refused


async def on_refusal(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)
    if not is_page(request.scope):
        return refused(error)
    from alliance.web.pages.failing import page_for
    from alliance.web.pages.forms import sentence_of

    if isinstance(error, Unknown):
        return await page_for(request, 404)
    return await page_for(request, 409, sentence=sentence_of(error))


async def on_refused(request: Request, error: Exception) -> Response:
    """The table of who may do what says no."""
    assert isinstance(error, Refused)
    log.warning("access-refused", action=error.rule.action)
    if not is_page(request.scope):
        return problem(403, refusal="glass-not-broken" if error.ruling.glass else None)
    from alliance.web.pages.failing import refused_page

    return await refused_page(request, error)


async def on_sign_in_needed(request: Request, error: Exception) -> Response:
    from alliance.web.pages.failing import page_for, to_sign_in

    return to_sign_in(request) if request.method in ("GET", "HEAD") else await page_for(request, 401)


async def on_problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, ProblemRaised)
    if not is_page(request.scope):
        return problem(error.status, title=error.title, headers=error.headers)
    return await failed(request.scope, error.status)


async def on_http_exception(request: Request, error: Exception) -> Response:
    """Starlette's own 404, 405 and 413, and the 400 of a body that is no JSON at all."""
    assert isinstance(error, HTTPException)
    if not is_page(request.scope):
        return problem(error.status_code, headers=error.headers)
    return await failed(request.scope, error.status_code)


async def on_invalid(request: Request, error: Exception) -> Response:
    """An id that cannot be one → 404; a bad header → 400; a body of another kind → 415; everything else → 422."""
    assert isinstance(error, RequestValidationError)
    found = error.errors()
    places = {str(each["loc"][0]) for each in found if each["loc"]}
    if is_page(request.scope):
        return await failed(request.scope, 404 if places & {"path", "query"} else 400)
    if "path" in places:
        return problem(404)
    if any(each["type"] == "json_invalid" for each in found):
        return problem(400, title="The body is not valid JSON.")
    if any(tuple(each["loc"]) == ("body",) and isinstance(each.get("input"), bytes) for each in found):
        return problem(415)
    return problem(400 if "header" in places else 422, kind="fields", errors=complaints(found))
