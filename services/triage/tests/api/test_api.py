"""Triage's API: what it answers when asked rightly and wrongly."""

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest
from fastapi import FastAPI

from alliance.contracts import intake
from alliance.contracts.codes import Priority
from alliance.kernel import FixedClock, new_id
from alliance.testing.api import ApiClient, api_client
from alliance.testing.fuzzing import fuzz

from ..builders import CASE, INTRODUCTION, NINE, PERSON, Room, accepted, concern, placement_opened, shared, sharing

CASES = "/api/v1/cases"
PATH = f"{CASES}/{CASE}"
HELD = {"held_at": "2026-11-02T09:00:00Z", "strengths": ["creative"], "goals": ["own-choices"], "needs": ["home"]}
OFFER = {"kind": "peer-support", "provider_id": "mosaic-clubhouse"}
IPSA = {"current_setting": "residential-care", "weekly_cost_pence": 153800, "support_level": "medium"}


@pytest.fixture
def room(clock: FixedClock) -> Room:
    return Room.opened(clock)


@pytest.fixture
def app(room: Room) -> FastAPI:
    return room.app()


@pytest.fixture
async def staff(app: FastAPI) -> AsyncIterator[ApiClient]:
    async with api_client(app, roles=["triage-worker"]) as client:
        yield client


async def offered(staff: ApiClient) -> str:
    answer = await staff.post(f"{PATH}/offers", json=OFFER)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["offer_id"])


async def test_a_case_goes_from_conversation_to_support_to_closing(staff: ApiClient, room: Room) -> None:
    await room.hear(accepted(), shared(1))
    (found,) = (await staff.get(CASES, params={"introduction_id": INTRODUCTION})).json()["items"]
    assert found["id"] == CASE
    assert (await staff.post(f"{PATH}/hold-conversation", json={**HELD, "notes": "MARKED-NOTES"})).status_code == 200
    offer = f"{PATH}/offers/{await offered(staff)}"
    for verb, body in (("accept", None), ("start", {}), ("end", None)):
        assert (await staff.post(f"{offer}/{verb}", json=body)).status_code == 200
    assert (await staff.post(f"{PATH}/close", json={"outcome": "goals-met"})).status_code == 200
    record = (await staff.get(PATH)).json()
    assert (record["state"], record["outcome"]) == ("closed", "goals-met")
    assert record["details"]["full_name"] == "Testa Example-Person"
    assert record["conversations"][0]["notes"] == "MARKED-NOTES"
    said_aloud = "".join(envelope.model_dump_json() + str(envelope.data) for envelope in room.said)
    assert "MARKED-NOTES" not in said_aloud
    assert "Testa" not in said_aloud
    assert {"support-started.v1", "support-started.v2"} <= set(room.types_said())


async def test_details_that_our_organisation_may_not_hold_are_not_shown(staff: ApiClient, room: Room) -> None:
    await room.hear(accepted(), shared(1), sharing(2, allowed=False), placement_opened())
    record = (await staff.get(PATH)).json()
    assert record["details"] is None
    assert len(record["home_searches"]) == 1


async def test_a_death_is_told_with_the_case_and_wherever_it_is_listed(staff: ApiClient, room: Room) -> None:
    """By whichever of the person's records the front door recorded it. The day is told with the case alone."""

    async def told() -> list[dict[str, Any]]:
        columns = (await staff.get("/api/v1/board")).json()["columns"]
        (listed,) = (await staff.get(CASES)).json()["items"]
        (of_introduction,) = (await staff.get(CASES, params={"introduction_id": INTRODUCTION})).json()["items"]
        (card,) = [card for column in columns for card in column["items"]]
        return [(await staff.get(PATH)).json(), listed, of_introduction, card]

    other = new_id()
    await room.hear(accepted(), shared(1))
    assert [each["has_died"] for each in await told()] == [False] * 4
    await room.hear(
        intake.PeopleMerged(person_id=PERSON, merged_person_id=other, merge_id=new_id(), at=NINE),
        intake.PersonDied(person_id=other, died_on=date(2026, 10, 1), death_sequence=1, at=NINE),
    )
    record, *lists = await told()
    assert (record["has_died"], record["died_on"], record["state"]) == (True, "2026-10-01", "open")
    assert [each["has_died"] for each in lists] == [True] * 3
    assert "2026-10-01" not in str(lists)
    await room.hear(intake.PersonDeathCorrected(person_id=other, death_sequence=2, at=NINE))
    record, *lists = await told()
    assert (record["has_died"], record["died_on"]) == (False, None)
    assert [each["has_died"] for each in lists] == [False] * 3


async def test_every_place_in_the_queue_explains_itself(staff: ApiClient, room: Room) -> None:
    await room.hear(accepted(Priority.URGENT))
    (item,) = (await staff.get(CASES)).json()["items"]
    assert item["why_here"] == [
        "Priority: urgent.",
        "Because of introduced at 2026-11-02T09:00:00.000000Z.",
        "The clock urgent-24h is due at 2026-11-03T09:00:00.000000Z.",
        "The clock support-7d is due at 2026-11-09T09:00:00.000000Z.",
        "The clock community-4w is due at 2026-11-29T23:59:59.999999Z.",
        "No contact yet.",
    ]


async def test_somebody_in_danger_is_in_the_queue_before_the_front_door_has_accepted(
    staff: ApiClient, room: Room
) -> None:
    await room.hear(concern(0))
    (item,) = (await staff.get(CASES)).json()["items"]
    assert item["why_here"][:2] == ["The front door has not accepted the introduction yet.", "Priority: emergency."]
    refused = await staff.post(f"{PATH}/offers", json=OFFER)
    assert (refused.status_code, refused.json()["refusal"]) == (409, "case-not-open")


async def test_two_workers_get_a_clear_refusal_or_are_told_that_they_looked_at_an_old_version(
    staff: ApiClient, room: Room
) -> None:
    await room.hear(accepted())
    tag = (await staff.get(PATH)).headers["ETag"]
    await offered(staff)
    refused = await staff.post(f"{PATH}/offers", json=OFFER)
    assert (refused.status_code, refused.json()["refusal"]) == (409, "support-already-offered")
    stale = await staff.post(f"{PATH}/close", json={"outcome": "goals-met"}, headers={"If-Match": tag})
    assert (stale.status_code, stale.json()["refusal"]) == (409, "stale")


@pytest.mark.parametrize(
    ("verb", "body", "field"),
    [
        ("hold-conversation", {**HELD, "held_at": "2026-02-30T09:00:00Z"}, "held_at"),
        ("hold-conversation", {**HELD, "held_at": "2026-11-02T09:00:00"}, "held_at"),
        ("hold-conversation", {**HELD, "notes": "x" * 4001}, "notes"),
        ("hold-conversation", {**HELD, "mood": "fine"}, "mood"),
        ("offers", {**OFFER, "kind": "magic"}, "kind"),
        ("introduce-to-ipsa", {**IPSA, "weekly_cost_pence": -1}, "weekly_cost_pence"),
        ("introduce-to-ipsa", {**IPSA, "weekly_cost_pence": "153800"}, "weekly_cost_pence"),
        ("change-priority", {"priority": "9", "reason_code": "worse"}, "priority"),
        ("close", {}, "outcome"),
    ],
)
async def test_a_wrong_body_is_answered_by_the_field_and_why(
    staff: ApiClient, room: Room, verb: str, body: dict[str, Any], field: str
) -> None:
    await room.hear(accepted())
    before = await room.states()
    answer = await staff.post(f"{PATH}/{verb}", json=body)
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert field in str(error)
    assert await room.states() == before


async def test_what_is_not_there_is_404(staff: ApiClient, room: Room) -> None:
    assert (await staff.get(f"{CASES}/{new_id()}")).status_code == 404
    assert (await staff.get(f"{CASES}/not-an-id")).status_code == 404
    assert (await staff.post(f"{CASES}/{new_id()}/close", json={"outcome": "goals-met"})).status_code == 404
    await room.hear(accepted())
    assert (await staff.post(f"{PATH}/offers/{new_id()}/accept")).status_code == 404


async def test_without_token_role_or_key_nothing_is_done(app: FastAPI, room: Room) -> None:
    await room.hear(accepted())
    path, body = f"{PATH}/close", {"outcome": "goals-met"}
    async with api_client(app, "nonsense") as nobody:
        assert (await nobody.post(path, json=body)).status_code == 401
    for role in ("front-door-worker", "auditor"):
        async with api_client(app, roles=[role]) as other:
            assert (await other.post(path, json=body)).status_code == 403
    async with api_client(app, roles=["triage-worker"]) as worker:
        assert (await worker.post(path, json=body, headers={"Idempotency-Key": "not a key"})).status_code == 400
        assert (await worker.post(path, json=body)).status_code == 200


@pytest.mark.parametrize(
    ("verb", "body"),
    [
        ("take-on", None),
        ("hold-conversation", HELD),
        ("offers", OFFER),
        ("change-priority", {"priority": "2", "reason_code": "worse"}),
        ("introduce-to-secondary-care", {"team_type": "A06"}),
        ("introduce-to-ipsa", IPSA),
        ("close", {"outcome": "lost-contact"}),
    ],
)
async def test_every_step_can_be_repeated(staff: ApiClient, room: Room, verb: str, body: dict[str, Any] | None) -> None:
    await room.hear(accepted())
    key = {"Idempotency-Key": new_id()}
    first = await staff.post(f"{PATH}/{verb}", json=body, headers=key)
    assert first.status_code in (200, 201), first.text
    states, spoken = await room.states(), list(room.said)
    second = await staff.post(f"{PATH}/{verb}", json=body, headers=key)
    assert (second.status_code, second.json()) == (first.status_code, first.json())
    assert (await room.states(), room.said) == (states, spoken)


async def test_the_same_key_with_another_body_is_refused(staff: ApiClient, room: Room) -> None:
    await room.hear(accepted())
    key = {"Idempotency-Key": new_id()}
    await staff.post(f"{PATH}/offers", json=OFFER, headers=key)
    other = await staff.post(f"{PATH}/offers", json={**OFFER, "kind": "clubhouse"}, headers=key)
    assert (other.status_code, other.json()["refusal"]) == (409, "key-reused")


def test_random_requests_never_break_it(clock: FixedClock) -> None:
    app = Room.opened(clock, harvests_each="5000/minute", harvests_together="5000/minute").app()
    assert fuzz(app, roles=["triage-worker", "key-worker"], examples=10) > 50
