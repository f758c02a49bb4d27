"""A command may be sent again: it has the same id and mark each time, and says who acts."""

from typing import Any

import pytest
from fastapi import FastAPI

from alliance.kernel import new_id
from alliance.testing.api import ApiClient, api_client, token_for

ADA = {"name": "Ada Made-Up"}
GRACE = {"name": "Grace Made-Up"}


async def test_a_repeat_gets_the_first_answer(api: ApiClient, desk: Any) -> None:
    first, second = [await api.post("/api/v1/people", json=ADA, headers={"Idempotency-Key": "k-1"}) for _ in range(2)]
    assert first.status_code == second.status_code == 201
    assert first.json() == second.json()
    assert desk.acted[0].mark == desk.acted[1].mark


async def test_another_key_is_another_command(api: ApiClient) -> None:
    first, second = [await api.post("/api/v1/people", json=ADA) for _ in range(2)]
    assert first.json() != second.json()


async def test_the_same_key_with_another_body_has_another_fingerprint(api: ApiClient, desk: Any) -> None:
    for body in (ADA, GRACE):
        await api.post("/api/v1/people", json=body, headers={"Idempotency-Key": "k-1"})
    first, second = [acted.mark.split(":") for acted in desk.acted]
    assert first[:2] == second[:2]
    assert first[0] == "command"
    assert first[2] != second[2]


async def test_keys_of_two_callers_and_of_two_routes_are_apart(api: ApiClient, app: FastAPI, desk: Any) -> None:
    key = {"Idempotency-Key": "k-1"}
    made = (await api.post("/api/v1/people", json=ADA, headers=key)).json()["id"]
    await api.post(f"/api/v1/people/{made}/offers", headers=key)
    async with api_client(app, token_for("sample", "triage-worker", subject="staff-8")) as other:
        await other.post("/api/v1/people", json=ADA, headers=key)
    assert len({acted.mark.split(":")[1] for acted in desk.acted}) == 3


@pytest.mark.parametrize("key", ["", " ", "a" * 65, "Ada Made-Up", "k/1", "k\u00e4"])
async def test_a_key_that_cannot_be_one_is_refused(api: ApiClient, key: str) -> None:
    answer = await api.post("/api/v1/people", json=ADA, headers={"Idempotency-Key": key.encode()})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "Idempotency-Key"


async def test_a_post_without_a_key_is_refused_and_does_nothing(api: ApiClient, desk: Any) -> None:
    request = api.build_request("POST", "/api/v1/people", json=ADA)
    answer = await api.send(request)
    assert answer.status_code == 400
    assert answer.json()["errors"] == [{"field": "Idempotency-Key", "why": "This is needed."}]
    assert desk.acted == []


async def test_the_caller_acts_for_their_organisation(api: ApiClient, desk: Any) -> None:
    correlation = new_id()
    trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    headers = {"X-Correlation-Id": correlation, "traceparent": trace}
    answer = await api.post("/api/v1/people", json=ADA, headers=headers)
    [acted] = desk.acted
    assert (acted.actor, acted.organisation) == ("staff-7", "slam")
    assert acted.correlation_id == correlation == answer.headers["x-correlation-id"]
    assert acted.traceparent == trace


@pytest.mark.parametrize("sent", ["Ada Made-Up", "", "x" * 500])
async def test_a_correlation_id_that_is_no_uuid_is_not_taken_over(api: ApiClient, desk: Any, sent: str) -> None:
    answer = await api.post("/api/v1/people", json=ADA, headers={"X-Correlation-Id": sent, "traceparent": sent})
    assert desk.acted[0].correlation_id == answer.headers["x-correlation-id"] != sent
    assert desk.acted[0].traceparent is None


async def test_anybody_may_introduce_themselves(app: FastAPI, desk: Any) -> None:
    async with api_client(app, token="none") as api:
        headers = {"Idempotency-Key": "k-1", "Authorization": ""}
        first, second = [await api.post("/api/v1/front-door", json=ADA, headers=headers) for _ in range(2)]
    assert first.status_code == 201
    assert first.json() == second.json()
    assert (desk.acted[0].actor, desk.acted[0].organisation) == ("anonymous", "certitude")


async def test_a_version_that_was_looked_at_is_expected(api: ApiClient) -> None:
    made = (await api.post("/api/v1/people", json=ADA)).json()["id"]
    shown = await api.get(f"/api/v1/people/{made}")
    offers = f"/api/v1/people/{made}/offers"
    assert (await api.post(offers, headers={"If-Match": shown.headers["etag"]})).status_code == 200
    stale = await api.post(offers, headers={"If-Match": '"2"'})
    assert stale.status_code == 409
    assert stale.json()["refusal"] == "stale"
    assert (await api.post(offers, headers={"If-Match": "three"})).status_code == 400
