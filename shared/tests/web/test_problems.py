"""Whatever goes wrong, the answer is a problem document (RFC 9457)."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from fastapi import FastAPI

from alliance.kernel import NotYet, Refusal, Stale, Unknown, new_id
from alliance.testing.api import ApiClient, api_client, token_for

ADA = {"name": "Ada Made-Up"}
JSON = {"content-type": "application/json"}


def is_a_problem(answer: Any, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    found: dict[str, Any] = answer.json()
    assert found["status"] == status
    assert found["title"].endswith(".")
    assert found["instance"] == f"urn:uuid:{answer.headers['x-correlation-id']}"
    return found


async def test_an_address_that_does_not_exist(api: ApiClient) -> None:
    is_a_problem(await api.get("/nowhere"), 404)


async def test_a_method_that_does_not_exist(api: ApiClient) -> None:
    answer = await api.delete("/api/v1/front-door")
    is_a_problem(answer, 405)
    assert answer.headers["allow"] == "POST"


async def test_an_id_that_cannot_be_one(api: ApiClient) -> None:
    for wrong in ("7", "..", "%00", "a" * 300, "%F0%9F%99%82"):
        is_a_problem(await api.get(f"/api/v1/people/{wrong}"), 404)


async def test_an_id_that_nobody_has(api: ApiClient) -> None:
    found = is_a_problem(await api.get(f"/api/v1/people/{new_id()}"), 404)
    assert found["title"] == "There is no such person."


@pytest.mark.parametrize(
    "content",
    ["{", "", "[1,", b"\xff\xfe", '{"name": 1' + "0" * 5000 + "}", "[" * 20000, '{"name": "a"} x'],
)
async def test_a_body_that_is_no_json(api: ApiClient, content: str | bytes) -> None:
    answer = await api.post("/api/v1/people", content=content, headers=JSON)
    is_a_problem(answer, 422 if content == "" else 400)


@pytest.mark.parametrize("content", ['"text"', "null", "7", "[]", "[[]]"])
async def test_a_body_that_is_no_object(api: ApiClient, content: str) -> None:
    is_a_problem(await api.post("/api/v1/people", content=content, headers=JSON), 422)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "nonsense"])
async def test_a_body_of_another_kind(api: ApiClient, kind: str) -> None:
    answer = await api.post("/api/v1/people", content=json.dumps(ADA), headers={"content-type": kind})
    is_a_problem(answer, 415)


async def test_a_body_that_is_too_large(api: ApiClient, app: FastAPI) -> None:
    is_a_problem(await api.post("/api/v1/people", json={"name": "x" * 70_000}), 413)


async def test_a_body_that_is_too_large_and_does_not_say_so(api: ApiClient) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(70):
            yield b" " * 1024

    is_a_problem(await api.post("/api/v1/people", content=pieces(), headers=JSON), 413)


@pytest.mark.parametrize(
    "given", ["", "Bearer", "Bearer nonsense", "Basic c3RhZmY6Nw==", f"Bearer {token_for('housing', 'triage-worker')}"]
)
async def test_no_token_or_a_wrong_one(app: FastAPI, given: str) -> None:
    async with api_client(app) as api:
        answer = await api.post("/api/v1/people", json=ADA, headers={"Authorization": given})
        is_a_problem(answer, 401)
        assert answer.headers["www-authenticate"].startswith("Bearer")


async def test_a_caller_without_the_role(app: FastAPI) -> None:
    async with api_client(app, roles=["sample.reader"]) as api:
        is_a_problem(await api.post("/api/v1/people", json=ADA), 403)


class HomeAlreadyOffered(Refusal):
    """The refusal of this test."""


@pytest.mark.parametrize(
    ("error", "status", "refusal", "title"),
    [
        (HomeAlreadyOffered("This home has been offered."), 409, "home-already-offered", "This home has been offered."),
        (HomeAlreadyOffered(), 409, "home-already-offered", "Home already offered."),
        (Stale("Somebody changed it."), 409, "stale", "Somebody changed it."),
        (Unknown("There is no such home."), 404, None, "There is no such home."),
    ],
)
async def test_a_refusal_has_its_name_and_its_sentence(
    api: ApiClient, desk: Any, error: Exception, status: int, refusal: str | None, title: str
) -> None:
    desk.fails = error
    found = is_a_problem(await api.post("/api/v1/people", json=ADA), status)
    assert found.get("refusal") == refusal
    assert found["title"] == title


async def test_a_store_that_is_away_for_a_moment(api: ApiClient, desk: Any) -> None:
    class StoreAway(Exception):
        transient = True

    desk.fails = StoreAway("mongodb://user:secret@somewhere")
    answer = await api.post("/api/v1/people", json=ADA)
    is_a_problem(answer, 503)
    assert int(answer.headers["retry-after"]) > 0
    assert "secret" not in answer.text


@pytest.mark.parametrize("error", [ValueError("Ada Made-Up"), NotYet("Ada Made-Up"), KeyError("Ada Made-Up")])
async def test_a_fault_of_ours(api: ApiClient, desk: Any, error: Exception) -> None:
    desk.fails = error
    answer = await api.post("/api/v1/people", json=ADA)
    is_a_problem(answer, 500)
    assert "Ada" not in answer.text


async def test_a_field_name_of_half_characters_is_answered(api: ApiClient) -> None:
    content = '{"name": "Ada Made-Up", "\\ud800": {"\\udfff": 1}}'
    is_a_problem(await api.post("/api/v1/people", content=content, headers=JSON), 422)


async def test_wrong_parameters_in_the_query(api: ApiClient) -> None:
    found = is_a_problem(await api.get("/api/v1/people", params={"limit": "1000"}), 422)
    assert found["errors"] == [{"field": "limit", "why": "This must be at most 100."}]
