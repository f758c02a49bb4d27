"""How an application takes its routes, and what metrics, logs and command ids name instead of the path of a request."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, FastAPI

UNMATCHED = "unmatched"


def take_routes(app: FastAPI, router: APIRouter) -> None:
    """Its routes as they are. To include the router would analyse each once more at the first request, which then waits
    for a fifth of a second, and so does the first request of every application that a test builds.
    """
    app.router.routes.extend(router.routes)


def template_of(scope: Mapping[str, Any]) -> str:
    """`POST /api/v1/cases/{id}/close`; `unmatched` where no route was met."""
    if "route" not in scope:
        return UNMATCHED
    return f"{scope['method']} {_template(scope)}"


def _template(scope: Mapping[str, Any]) -> str:
    """The included routes know only their own part of the path, so parameters are put back into the whole of it."""
    parameters = [(name, str(value)) for name, value in scope.get("path_params", {}).items()]
    segments = str(scope["path"]).split("/")
    for index in reversed(range(len(segments))):
        if parameters and segments[index] == parameters[-1][1]:
            segments[index] = f"{{{parameters.pop()[0]}}}"
    return UNMATCHED if parameters else "/".join(segments)
