"""The answers that a route may give besides its good one, written into the OpenAPI document."""

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from alliance.web.complaints import FieldProblem
from alliance.web.problems import MEDIA_TYPE, TITLES, Problem

_REF = "#/components/schemas/{model}"


def answers(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """For `responses=` of a route: problems beyond those that every route of its kind has anyway (see `document`)."""
    return {status: _response(status) for status in statuses}


def document(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document with the problems that follow from what a route takes: token, body, parameters, method."""
    if app.openapi_schema is None:
        found = get_openapi(title=app.title, version=app.version, routes=app.routes, description=app.description)
        schemas = found.setdefault("components", {}).setdefault("schemas", {})
        for model in (Problem, FieldProblem):
            schemas[model.__name__] = model.model_json_schema(ref_template=_REF)
            schemas[model.__name__].pop("$defs", None)
        for unused in ("HTTPValidationError", "ValidationError"):
            schemas.pop(unused, None)
        for method, operation in _operations(found):
            operation["responses"].pop("422", None)
            for parameter in operation.get("parameters", ()):
                parameter["schema"] = _never_null(parameter["schema"])
            for status in sorted(_possible(method, operation)):
                operation["responses"].setdefault(str(status), _response(status))
        app.openapi_schema = found
    return app.openapi_schema


def _operations(found: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, operations in found["paths"].items():
        if path.startswith("/api/"):
            yield from operations.items()


def _possible(method: str, operation: dict[str, Any]) -> set[int]:
    places = {parameter["in"] for parameter in operation.get("parameters", ())}
    possible = {503}
    if operation.get("security"):
        possible |= {401, 403}
    if "path" in places:
        possible |= {404}
    if "query" in places:
        possible |= {422}
    if "header" in places:
        possible |= {400}
    if "requestBody" in operation:
        possible |= {400, 413, 415, 422}
    if method != "get":
        possible |= {409}
    return possible


def _never_null(schema: dict[str, Any]) -> dict[str, Any]:
    """A header or a query parameter is text or absent; the framework documents an optional one as nullable."""
    kinds = [kind for kind in schema.get("anyOf", ()) if kind != {"type": "null"}]
    if len(kinds) != 1:
        return schema
    return {**{key: value for key, value in schema.items() if key not in ("anyOf", "default")}, **kinds[0]}


def _response(status: int) -> dict[str, Any]:
    return {
        "description": TITLES.get(status, "A problem"),
        "content": {MEDIA_TYPE: {"schema": {"$ref": _REF.format(model="Problem")}}},
    }
