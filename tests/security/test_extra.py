"""What is sent beyond what was asked changes nothing, and no file runs in a spreadsheet."""

import csv
import io
from collections.abc import Iterator
from typing import Any

import pytest
from tests.access.scenarios import Stage, doors
from tests.cluster import SERVICES
from tests.security.harm import FORMULA

from alliance.access import Role
from alliance.kernel import FixedClock, new_id
from alliance.testing.api import api_client, token_for
from alliance.testing.rooms import browsing

HOME = {
    "provider": "thames-reach",
    "landlord": "made-up-homes",
    "setting": "own-tenancy",
    "support_level": "medium",
    "address": "1 Imaginary Street",
    "area_code": "SW9",
    "confidential": "no",
    "rent": "100",
    "support": "50",
    "void_since[day]": "1",
    "void_since[month]": "11",
    "void_since[year]": "2026",
}
EXTRA = {
    "id": "a",
    "home_id": "b",
    "state": "let",
    "hold": "c",
    "version": "7",
    "weekly_cost_pence": "1",
    "is_admin": "1",
}

FILES = {"/api/v1/directory-entries/import-standard"}
"""Documents of another standard, which may say more than we hold: what is not held is told to whoever imports it."""


def loose(schema: dict[str, Any], document: dict[str, Any]) -> Iterator[str]:
    """The objects of a request's schema that take fields which nobody asked for."""
    if name := schema.get("$ref", "").rpartition("/")[2]:
        yield from (f"{name}: {each}" for each in loose(document["components"]["schemas"][name], document))
    if schema.get("type") == "object" and schema.get("additionalProperties") is not False:
        yield "takes anything"
    parts = [*schema.get("properties", {}).values(), *schema.get("anyOf", ()), schema.get("items")]
    for part in filter(None, parts):
        yield from loose(part, document)


@pytest.mark.parametrize("service", SERVICES)
def test_no_body_takes_what_was_not_asked(service: str, clock: FixedClock) -> None:
    document = Stage(service, clock).app.openapi()
    found = []
    for path, ways in document["paths"].items():
        if path in FILES:
            continue
        body = ways.get("post", {}).get("requestBody", {}).get("content", {}).get("application/json", {})
        found += [f"{path}: {each}" for each in loose(body.get("schema", {}), document)]
    assert found == []


def test_a_body_that_takes_anything_is_found() -> None:
    document = {"components": {"schemas": {"Lax": {"type": "object", "properties": {}}}}}
    assert list(loose({"$ref": "#/components/schemas/Lax"}, document)) == ["Lax: takes anything"]


@pytest.mark.parametrize("service", SERVICES)
async def test_a_body_with_more_is_refused(service: str, clock: FixedClock) -> None:
    """Commands without a body read none; where a file is taken, nothing else is."""
    app = Stage(service, clock).app
    document, found = app.openapi(), []
    async with api_client(app, token_for(service, *(role.value for role in Role))) as api:
        for door in doors(app):
            way = document["paths"].get(door.path, {}).get(door.method.lower(), {})
            if not door.for_machines or "requestBody" not in way:
                continue
            answer = await api.post(door.address, json={"organisation": "x", "state": "y", "id": new_id()})
            takes_json = "application/json" in way["requestBody"]["content"]
            if answer.status_code != (422 if takes_json else 415):
                found.append(f"{door.path}: {answer.status_code}")
    assert found == []


async def test_a_form_takes_what_it_asks_and_no_more(clock: FixedClock) -> None:
    app = Stage("housing", clock).app
    made = []
    async with browsing(app, "housing-manager", organisation="thames-reach") as manager:
        for more in ({}, EXTRA):
            answer = await manager.send_form("/homes/add", **HOME, **more)
            assert answer.status_code == 303, answer.text
        async with api_client(app, token_for("housing", "housing-manager", organisation="thames-reach")) as api:
            made = (await api.get("/api/v1/homes")).json()["items"]
    first, second = ({**home, "id": ""} for home in made)
    assert first == second
    assert {"a", "b"}.isdisjoint(home["id"] for home in made)


def formulas(text: str) -> list[str]:
    """Cells that a spreadsheet would run."""
    cells = [cell for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"))) for cell in row]
    return [
        cell for cell in cells if cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r")) and not _number(cell)
    ]


def _number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("service", SERVICES)
async def test_no_file_runs_in_a_spreadsheet(service: str, clock: FixedClock) -> None:
    """Somebody is called like a formula; their name stands in the file of who looked at a record."""
    app, record = Stage(service, clock).app, new_id()
    roles = [role.value for role in Role]
    files = [door for door in doors(app) if door.path.endswith(".csv") and not door.for_machines]
    async with browsing(app, *roles, name=FORMULA) as staff:
        kind = next(iter(sorted(app.state.control.about)))
        texts = {}
        for path in (*(door.address for door in files), *[f"/looked-at/{kind}/{record}/file.csv"] * 2):
            answer = await staff.get(path)
            if answer.status_code == 200:
                assert answer.headers["content-disposition"].startswith("attachment"), path
                texts[path] = answer.text
    assert {path: bad for path, text in texts.items() if (bad := formulas(text))} == {}
    assert any(f"'{FORMULA}" in text for text in texts.values())
    assert texts.keys() >= {door.path for door in files if "{" not in door.path}


def test_a_file_that_runs_is_found() -> None:
    assert formulas(f"Who\r\n{FORMULA}\r\n-5.50\r\n") == [FORMULA]
