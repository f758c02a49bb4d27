"""The front door's API: what it answers when asked rightly and wrongly."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from fastapi import FastAPI

from alliance.kernel import FixedClock, new_id
from alliance.testing.api import ApiClient, api_client, token_for
from alliance.testing.fuzzing import fuzz

from ..builders import OURS, FrontDoor

SELF = "/api/v1/self-introductions"
INTRODUCTIONS = "/api/v1/introductions"


@pytest.fixture
def door(clock: FixedClock) -> FrontDoor:
    return FrontDoor.opened(clock)


@pytest.fixture
def app(door: FrontDoor) -> FastAPI:
    return door.app()


@pytest.fixture
async def staff(app: FastAPI) -> AsyncIterator[ApiClient]:
    async with api_client(app, token_for("intake", "front-door-worker", organisation=OURS)) as client:
        yield client


async def received(staff: ApiClient, **body: Any) -> dict[str, str]:
    answer = await staff.post(SELF, json=body)
    assert answer.status_code == 201, answer.text
    found: dict[str, str] = answer.json()
    return found


async def test_anybody_may_introduce_themselves_with_almost_nothing(app: FastAPI) -> None:
    async with api_client(app) as client:
        del client.headers["Authorization"]
        answer = await client.post(SELF, json={})
        assert answer.status_code == 201
        assert answer.json()["call_now"] == []


async def test_somebody_in_danger_is_told_whom_to_call_at_once(staff: ApiClient, door: FrontDoor) -> None:
    answer = await received(staff, in_danger_now=True)
    assert answer["call_now"]
    assert "safety-concern-raised.v1" in door.types_said()


async def test_a_command_sent_again_has_the_same_answer_and_no_second_effect(staff: ApiClient, door: FrontDoor) -> None:
    key, body = {"Idempotency-Key": new_id()}, {"person": {"call_me": "Testa"}}
    first = await staff.post(SELF, json=body, headers=key)
    said = list(door.said)
    second = await staff.post(SELF, json=body, headers=key)
    assert (first.status_code, first.json()) == (second.status_code, second.json())
    assert door.said == said
    other = await staff.post(SELF, json={}, headers=key)
    assert (other.status_code, other.json()["refusal"]) == (409, "key-reused")


@pytest.mark.parametrize(
    ("person", "field"),
    [
        ({"nhs_number": "9990548600"}, "nhs_number"),
        ({"date_of_birth": "1975-02-30"}, "date_of_birth"),
        ({"date_of_birth": "2190-01-01"}, "date_of_birth"),
        ({"full_name": "x" * 201}, "full_name"),
        ({"full_name": 7}, "full_name"),
        ({"surname": "Example"}, "surname"),
        ({"contact_points": [{"kind": "pigeon", "value": "x", "safe": True}]}, "kind"),
    ],
)
async def test_a_wrong_body_is_answered_by_the_field_and_why(
    staff: ApiClient, door: FrontDoor, person: dict[str, Any], field: str
) -> None:
    answer = await staff.post(SELF, json={"person": person})
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert field in str(error)
    assert not await door.states()


async def test_an_introduction_is_of_somebody_new_or_known_but_not_both(staff: ApiClient) -> None:
    known = (await received(staff))["person_id"]
    base = {"way_in": "phone", "source_code": "A1"}
    again = await staff.post(INTRODUCTIONS, json={**base, "person_id": known})
    assert (again.status_code, again.json()["person_id"]) == (201, known)
    both = await staff.post(INTRODUCTIONS, json={**base, "person_id": known, "person": {}})
    assert both.status_code == 422
    nobody = await staff.post(INTRODUCTIONS, json={**base, "person_id": new_id()})
    assert nobody.status_code == 404


async def test_without_token_role_or_key_nothing_is_done(app: FastAPI, staff: ApiClient) -> None:
    path = f"{INTRODUCTIONS}/{(await received(staff))['introduction_id']}/withdraw"
    async with api_client(app, "nonsense") as nobody:
        assert (await nobody.post(path)).status_code == 401
    for role in ("triage-worker", "housing-manager", "alliance-lead", "integration"):
        async with api_client(app, roles=[role]) as other:
            assert (await other.post(path)).status_code == 403
    async with api_client(app, roles=["auditor"]) as auditor:
        assert (await auditor.post(path)).status_code == 403
        assert (await auditor.get(INTRODUCTIONS)).status_code == 200
        assert (await auditor.get(path.removesuffix("/withdraw"))).status_code == 403
    assert (await staff.post(path, headers={"Idempotency-Key": "not a key"})).status_code == 400


async def test_a_refusal_has_its_name_and_a_stale_version_is_told(staff: ApiClient) -> None:
    path = f"{INTRODUCTIONS}/{(await received(staff))['introduction_id']}"
    tag = (await staff.get(path)).headers["ETag"]
    assert (await staff.post(f"{path}/claim", headers={"If-Match": tag})).status_code == 200
    stale = await staff.post(f"{path}/withdraw", headers={"If-Match": tag})
    assert (stale.status_code, stale.json()["refusal"]) == (409, "stale")
    assert (await staff.post(f"{path}/accept", json={"suggested_priority": "2"})).status_code == 200
    refused = await staff.post(f"{path}/close", json={"ending": "signposted", "elsewhere": "gp"})
    assert (refused.status_code, refused.json()["refusal"]) == (409, "introduction-already-accepted")
    assert (await staff.post(f"{INTRODUCTIONS}/{new_id()}/claim")).status_code == 404


async def test_the_queue_is_read_page_by_page(staff: ApiClient, clock: FixedClock) -> None:
    made = []
    for _ in range(3):
        made.append((await received(staff))["introduction_id"])
        clock.advance(minutes=1)
    unsafe = (await received(staff, danger="self-harm"))["introduction_id"]
    first = (await staff.get(INTRODUCTIONS, params={"limit": 2})).json()
    second = (await staff.get(INTRODUCTIONS, params={"limit": 2, "after": first["next"]})).json()
    assert [each["id"] for each in first["items"] + second["items"]] == [unsafe, *made]
    assert second["next"] is None


async def test_sharing_can_be_stopped_and_allowed_again(staff: ApiClient) -> None:
    path = f"/api/v1/people/{(await received(staff))['person_id']}"
    choices = (await staff.get("/api/v1/sharing-choices")).json()["organisations"]
    assert choices == ["mosaic-clubhouse", "slam", "thames-reach"]
    await staff.post(f"{path}/sharing", json={"organisation_id": "slam", "allowed": False})
    await staff.post(f"{path}/details", json={"call_me": "Testa"})
    person = (await staff.get(path)).json()
    assert person["details"]["call_me"] == "Testa"
    assert {wish["organisation_id"]: wish["allowed"] for wish in person["sharing"]}["slam"] is False
    refused = await staff.post(
        f"{path}/sharing", json={"organisation_id": "slam", "allowed": True, "basis": "objection"}
    )
    assert (refused.status_code, refused.json()["refusal"]) == (409, "basis-does-not-allow")


@pytest.mark.parametrize(
    ("verb", "body"),
    [
        ("claim", None),
        ("reassign", {"subject": "staff-8"}),
        ("notes", {"text": "made-up words"}),
        ("contact-attempts", {"channel": "call", "outcome": "they-got-in-touch"}),
        ("hand-over", {"area": "Southwark", "service": "made-up service"}),
        ("raise-safety-concern", {"kind": "self-harm"}),
        ("correct-source", {"source_code": "B2", "reason_code": "typing-error"}),
        ("accept", {"suggested_priority": "3"}),
        ("withdraw", None),
    ],
)
async def test_every_step_can_be_repeated(staff: ApiClient, door: FrontDoor, verb: str, body: Any) -> None:
    path = f"{INTRODUCTIONS}/{(await received(staff))['introduction_id']}/{verb}"
    key = {"Idempotency-Key": new_id()}
    first = await staff.post(path, json=body, headers=key)
    assert first.status_code == 200, first.text
    state, said = await door.states(), list(door.said)
    second = await staff.post(path, json=body, headers=key)
    assert (second.status_code, second.json()) == (200, first.json())
    assert (await door.states(), door.said) == (state, said)


async def test_another_organisation_reads_the_story_and_details_only_where_the_person_lets_it(
    app: FastAPI, staff: ApiClient
) -> None:
    mine = await received(staff, person={"call_me": "Testa"}, story={"going_on": "MARKED"}, may_hold_details=["slam"])
    record, person = f"{INTRODUCTIONS}/{mine['introduction_id']}", f"/api/v1/people/{mine['person_id']}"
    for organisation, shown in ((OURS, True), ("slam", True), ("mosaic-clubhouse", False)):
        async with api_client(app, token_for("intake", "front-door-worker", organisation=organisation)) as reader:
            assert ("MARKED" in (await reader.get(record)).text) is shown
            assert ("Testa" in (await reader.get(person)).text) is shown


async def test_who_may_not_see_the_details_may_not_replace_them(app: FastAPI, staff: ApiClient) -> None:
    person = (await received(staff, person={"call_me": "Testa"}, may_hold_details=["slam"]))["person_id"]
    path = f"/api/v1/people/{person}"
    async with api_client(app, token_for("intake", "front-door-worker", organisation="mosaic-clubhouse")) as other:
        assert (await other.post(f"{path}/details", json={"call_me": "Somebody else"})).status_code == 403
    assert (await staff.get(path)).json()["details"]["call_me"] == "Testa"


async def test_a_named_worker_of_another_role_opens_what_they_work_on_and_nothing_else(
    app: FastAPI, staff: ApiClient
) -> None:
    path = f"{INTRODUCTIONS}/{(await received(staff))['introduction_id']}"
    assert (await staff.post(f"{path}/claim")).status_code == 200
    for subject, status in (("staff-7", 200), ("staff-8", 403)):
        async with api_client(app, token_for("intake", "key-worker", subject=subject)) as key_worker:
            answer = await key_worker.get(path)
            assert answer.status_code == status
    assert answer.json()["refusal"] == "glass-not-broken"


async def test_several_are_claimed_and_each_is_answered(app: FastAPI, staff: ApiClient) -> None:
    mine, theirs = [(await received(staff))["introduction_id"] for _ in range(2)]
    async with api_client(app, token_for("intake", "front-door-worker", organisation=OURS, subject="staff-8")) as other:
        assert (await other.post(f"{INTRODUCTIONS}/{theirs}/claim")).status_code == 200
    nowhere = new_id()
    answer = await staff.post(f"{INTRODUCTIONS}/claim", json={"introduction_ids": [mine, theirs, nowhere]})
    assert answer.status_code == 200
    results = {each["introduction_id"]: (each["claimed"], each["refusal"]) for each in answer.json()["results"]}
    assert results == {
        mine: (True, None),
        theirs: (False, "claimed-by-somebody-else"),
        nowhere: (False, "unknown"),
    }
    async with api_client(app, roles=["triage-worker"]) as other:
        assert (await other.post(f"{INTRODUCTIONS}/claim", json={"introduction_ids": [mine]})).status_code == 403


async def test_an_introduction_goes_through_hands_and_openings(staff: ApiClient) -> None:
    path = f"{INTRODUCTIONS}/{(await received(staff))['introduction_id']}"
    for verb, body in (
        ("claim", None),
        ("notes", {"text": "MARKED-NOTE"}),
        ("release", {"note": "MARKED-BACK"}),
        ("reassign", {"subject": "staff-8"}),
        ("hand-over", {"area": "Southwark", "service": "made-up service"}),
        ("confirm-hand-over", {"confirmed_by": "Somebody made up"}),
        ("reopen", {"reason_code": "handed-back"}),
    ):
        assert (await staff.post(f"{path}/{verb}", json=body)).status_code == 200, verb
    record = (await staff.get(path)).json()
    assert (record["state"], record["spell"], record["claimed_by"]) == ("received", 2, None)
    assert [note["text"] for note in record["notes"]] == ["MARKED-NOTE", "MARKED-BACK"]
    assert record["reopenings"][0]["closed"]["ending"] == "out-of-area"
    assert record["hand_over"] is None


async def test_whoever_introduces_somebody_is_recorded_and_shown_with_the_story_only(
    app: FastAPI, staff: ApiClient
) -> None:
    body = {
        "way_in": "professional",
        "source_code": "A1",
        "person": {},
        "may_hold_details": [],
        "introducer": {"role": "gp", "organisation": "MARKED-SURGERY", "person_knows": "does-not-know"},
    }
    made = (await staff.post(INTRODUCTIONS, json=body)).json()
    record = f"{INTRODUCTIONS}/{made['introduction_id']}"
    assert (await staff.get(record)).json()["introducer"]["organisation"] == "MARKED-SURGERY"
    async with api_client(app, token_for("intake", "front-door-worker", organisation="slam")) as other:
        assert "MARKED-SURGERY" not in (await other.get(record)).text


async def test_the_public_api_has_a_limit_that_somebody_in_danger_does_not_meet(clock: FixedClock) -> None:
    door = FrontDoor.opened(clock, api_sends_each="1/hour")
    async with api_client(door.app()) as client:
        del client.headers["Authorization"]
        assert (await client.post(SELF, json={})).status_code == 201
        over = await client.post(SELF, json={})
        assert (over.status_code, over.headers["Retry-After"]) == (429, "60")
        assert (await client.post(SELF, json={"in_danger_now": True})).status_code == 201
    assert len((await door.documents())["introductions"]) == 2


def test_random_requests_never_break_it(app: FastAPI) -> None:
    assert fuzz(app, roles=["front-door-worker"], examples=10) > 50
