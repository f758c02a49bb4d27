"""Every error is answered by a problem document (RFC 9457) that says what is wrong and never repeats what was sent."""

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from alliance.kernel import Refusal, Stale, Unknown
from alliance.web.complaints import FieldProblem
from alliance.web.correlation import correlation_id

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_SECONDS = 2

TITLES = {
    400: "The request cannot be understood.",
    401: "A valid access token is needed.",
    403: "Your roles do not allow this.",
    404: "There is nothing here by that address or id.",
    405: "That cannot be done here.",
    409: "This is not possible as things stand now.",
    413: "The request is too large.",
    415: "The body must be JSON, sent as application/json.",
    422: "Some of what was sent is missing or not right.",
    500: "Something went wrong on our side.",
    503: "The service cannot do this just now. Try again in a moment with the same Idempotency-Key.",
}


class Problem(BaseModel):
    """RFC 9457, with three members of our own: `refusal`, `errors` and, in `instance`, the id to quote to support."""

    model_config = ConfigDict(extra="forbid")

    type: str
    title: str
    status: int
    instance: str
    refusal: str | None = Field(default=None, description="The name of the rule that says no (409 only)")
    errors: list[FieldProblem] | None = Field(default=None, description="What is wrong, field by field (422 and 400)")


class ProblemRaised(Exception):
    """Ends the request with a problem document; for the web's own refusals, not for the domain's."""

    def __init__(self, status: int, *, title: str | None = None, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status)
        self.status, self.title, self.headers = status, title, headers


def problem(
    status: int,
    *,
    title: str | None = None,
    kind: str | None = None,
    refusal: str | None = None,
    errors: Sequence[FieldProblem] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The answer itself. `title` is a sentence for a person; `kind` the last part of the problem's type."""
    body: dict[str, Any] = {
        "type": f"urn:livingwell:problem:{kind or refusal}" if kind or refusal else "about:blank",
        "title": title or TITLES.get(status) or _phrase(status),
        "status": status,
        "instance": f"urn:uuid:{correlation_id()}",
    }
    if refusal is not None:
        body["refusal"] = refusal
    if errors:
        body["errors"] = [error.model_dump() for error in errors]
    return Response(json.dumps(body), status_code=status, headers=dict(headers or {}), media_type=MEDIA_TYPE)


def refused(refusal: Refusal) -> Response:
    """Unknown → 404; every other refusal, stale ones among them, → 409 with its name."""
    sentence = str(refusal) or None
    if isinstance(refusal, Unknown):
        return problem(404, title=sentence)
    name = "stale" if isinstance(refusal, Stale) else refusal.name
    return problem(409, title=sentence or f"{name.replace('-', ' ').capitalize()}.", refusal=name)


def unavailable() -> Response:
    return problem(503, headers={"Retry-After": str(RETRY_AFTER_SECONDS)})


def _phrase(status: int) -> str:
    try:
        return f"{HTTPStatus(status).phrase}."
    except ValueError:
        return "The request was not answered."
