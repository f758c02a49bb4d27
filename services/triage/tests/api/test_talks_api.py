"""The API of plans, goals, risks and measures: who may, what is answered, and what is said aloud."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from fastapi import FastAPI

from alliance.kernel import FixedClock, new_id
from alliance.testing import as_staff
from alliance.testing.api import ApiClient, api_client, token_for
from triage.application.allocation import take_on
from triage.domain.allocating import Colleague
from triage.domain.codes import Priority

from ..builders import CASE, Room, accepted, withdrawn

PATH = f"/api/v1/cases/{CASE}"
DAY = "2026-11-02"
PLAN = {
    "agreed": True,
    "summary": "MARKED-WORDS",
    "steps": [{"who": "person", "what": "MARKED-WORDS"}, {"who": "team", "what": "call on Monday"}],
    "call": "MARKED-WORDS",
    "who_was_there": "MARKED-WORDS",
    "copy_given": "on-paper",
    "review_on": "2027-02-01",
}
GOAL = {"words": "MARKED-WORDS", "tag": "own-choices", "how_we_know": "MARKED-WORDS"}
RISK = {"kind": "suicide", "who": "MARKED-WORDS", "what": "MARKED-WORDS", "look_again_on": "2026-11-09"}
NEEDS = {"needs": [{"area": "money", "level": "a-lot-of-help", "words": "MARKED-WORDS"}]}
PHQ = {"tool": "phq-9", "measured_on": DAY, "filled_in_by": "person"}
SAFE = {**PHQ, "answers": [2, 2, 2, 2, 2, 2, 2, 2, 0]}
WRITING: dict[str, dict[str, Any]] = {
    "plan/strengths": {"strengths": ["creative"], "words": "MARKED-WORDS", "interests": "MARKED-WORDS"},
    "plan/connections": {"kind": "person", "name": "MARKED-WORDS"},
    "plan/needs": NEEDS,
    "plan/versions": PLAN,
    "goals": GOAL,
    "risks": RISK,
    "measures": SAFE,
}


@pytest.fixture
async def room(clock: FixedClock) -> Room:
    room = Room.opened(clock)
    await room.hear(accepted())
    return room


@pytest.fixture
def app(room: Room) -> FastAPI:
    return room.app()


@pytest.fixture
async def staff(app: FastAPI) -> AsyncIterator[ApiClient]:
    async with api_client(app, roles=["triage-worker"]) as client:
        yield client


async def told(staff: ApiClient, path: str, body: dict[str, Any] | None = None, **headers: str) -> Any:
    answer = await staff.post(f"{PATH}/{path}", json=body, headers=headers)
    assert answer.status_code in (200, 201), answer.text
    return answer.json()


async def test_everything_of_a_conversation_is_there_again_and_no_word_of_it_is_said(
    staff: ApiClient, room: Room
) -> None:
    for path, body in WRITING.items():
        await told(staff, path, body)
    goal = (await told(staff, "goals", {**GOAL, "words": "a door of my own"}))["goal_id"]
    await told(staff, f"goals/{goal}/progress", {"words": "MARKED-WORDS", "state": "met"})
    await told(staff, "plan/versions", {**PLAN, "goal_ids": [goal], "summary": "second"})
    await told(staff, "plan/give-copy", {"copy_given": "by-post-or-email"})
    plan = (await staff.get(f"{PATH}/plan")).json()
    assert [version["number"] for version in plan["versions"]] == [1, 2]
    assert (plan["agreed"]["goals"], plan["agreed"]["copy_given"]) == (["a door of my own"], "by-post-or-email")
    assert plan["needs"][0]["level"] == "a-lot-of-help"
    assert [goal["state"] for goal in plan["goals"]] == ["working", "met"]
    assert plan["connections"][0]["name"] == "MARKED-WORDS"
    said_aloud = "".join(envelope.model_dump_json() + str(envelope.data) for envelope in room.said)
    assert "MARKED-WORDS" not in said_aloud
    assert "door of my own" not in said_aloud
    assert room.types_said().count("plan-agreed.v1") == 2


async def test_an_agreed_plan_is_known_to_the_case(staff: ApiClient, room: Room) -> None:
    await told(staff, "plan/versions", PLAN)
    await room.settle()
    assert (await room.given["cases"].get(CASE)).plans_agreed_at == [room.clock.now()]


async def test_item_9_takes_the_case_to_the_top_at_once(staff: ApiClient, room: Room) -> None:
    entered = await told(staff, "measures", {**PHQ, "answers": [None, 0, 0, 0, 0, 0, 0, 0, 1]})
    assert (entered["scores"][0]["score"], entered["missing"]) == (None, [1])
    assert entered["scores"][0]["flags"] == ["thoughts-of-self-harm"]
    assert room.types_said()[-1:] == ["risk-flagged.v1"]
    await room.settle()
    case = await room.given["cases"].get(CASE)
    assert (case.priority, [concern.kind for concern in case.concerns]) == (Priority.EMERGENCY, ["suicidal-thoughts"])
    assert "priority-changed.v1" in room.types_said()


async def test_measures_over_time_say_what_changed(staff: ApiClient, room: Room, clock: FixedClock) -> None:
    await told(staff, "measures", {**PHQ, "answers": [2, 2, 2, 2, 2, 2, 2, 2, 2]})
    clock.advance(days=30)
    second = {**PHQ, "answers": [1] * 8 + [1], "measured_on": "2026-12-02"}
    await told(staff, "measures", second)
    (series,) = (await staff.get(f"{PATH}/measures")).json()["series"]
    assert (series["change"], series["reliable"], series["recovered"]) == (-9.0, "improved", True)
    measured = [envelope.data for envelope in room.said if envelope.type == "triage.outcome-measured.v1"]
    assert [(each["score"], each["change"], each["reliable"]) for each in measured] == [
        (18.0, None, None),
        (9.0, -9.0, "improved"),
    ]


async def test_a_correction_counts_and_what_was_typed_in_stays(staff: ApiClient, room: Room) -> None:
    entered = await told(staff, "measures", SAFE)
    where = f"measures/{entered['id']}"
    body = {**SAFE, "answers": [1] * 8 + [0], "reason": "typing-error"}
    del body["tool"]
    corrected = await told(staff, f"{where}/correct", body)
    assert corrected["scores"][0]["score"] == 8.0
    assert [entry["answers"][0] for entry in corrected["entries"]] == [2, 1]
    await told(staff, f"{where}/take-back", {"reason": "disputed"})
    found = (await staff.get(f"{PATH}/measures")).json()
    assert (found["measurements"][0]["taken_back"], found["series"]) == (True, [])
    corrections = [envelope.data for envelope in room.said if envelope.type == "triage.outcome-corrected.v1"]
    assert [(each["score_before"], each["score"]) for each in corrections] == [(16.0, 8.0), (8.0, None)]


async def test_a_goal_is_scored_on_its_own_and_nothing_else_is(staff: ApiClient) -> None:
    goal = (await told(staff, "goals", GOAL))["goal_id"]
    score = {"tool": "gbo", "answers": [4], "measured_on": DAY, "filled_in_by": "with-worker"}
    entered = await told(staff, "measures", {**score, "goal_id": goal})
    assert (entered["goal_id"], entered["scores"][0]["score"]) == (goal, 4.0)
    for wrong in (score, {**score, "goal_id": new_id()}, {**SAFE, "goal_id": goal}):
        assert (await staff.post(f"{PATH}/measures", json=wrong)).status_code == 404


@pytest.mark.parametrize("answers", [[4, 0, 0, 0, 0, 0, 0, 0, 0], [0] * 8, [None] * 9])
async def test_what_no_form_has_is_refused_with_a_sentence(staff: ApiClient, room: Room, answers: list[Any]) -> None:
    before = await room.states()
    refused = await staff.post(f"{PATH}/measures", json={**PHQ, "answers": answers})
    assert (refused.status_code, refused.json()["refusal"]) == (409, "wrong-answers")
    assert await room.states() == before


@pytest.mark.parametrize("path", WRITING)
async def test_every_step_can_be_repeated(staff: ApiClient, room: Room, path: str) -> None:
    key = {"Idempotency-Key": new_id()}
    first = await told(staff, path, WRITING[path], **key)
    states, spoken = await room.states(), list(room.said)
    assert await told(staff, path, WRITING[path], **key) == first
    assert (await room.states(), room.said) == (states, spoken)


@pytest.mark.parametrize("path", WRITING)
async def test_nothing_is_written_beside_a_closed_case(staff: ApiClient, room: Room, path: str) -> None:
    await room.hear(withdrawn())
    before = await room.states()
    refused = await staff.post(f"{PATH}/{path}", json=WRITING[path])
    assert (refused.status_code, refused.json()["refusal"]) == (409, "case-already-closed")
    assert await room.states() == before


async def test_two_workers_on_one_plan_are_told_of_each_other(staff: ApiClient) -> None:
    strengths = WRITING["plan/strengths"]
    nothing = (await staff.get(f"{PATH}/plan")).headers["ETag"]
    await told(staff, "plan/strengths", strengths, **{"If-Match": nothing})
    for path in ("plan/strengths", "plan/needs"):
        refused = await staff.post(f"{PATH}/{path}", json=WRITING[path], headers={"If-Match": nothing})
        assert refused.status_code == 409, path
    now = (await staff.get(f"{PATH}/plan")).headers["ETag"]
    await told(staff, "plan/needs", NEEDS, **{"If-Match": now})
    stale = await staff.post(f"{PATH}/plan/needs", json={"needs": []}, headers={"If-Match": now})
    assert (stale.status_code, stale.json()["refusal"]) == (409, "stale")


@pytest.mark.parametrize("role", ["front-door-worker", "governance-lead", "alliance-lead", "auditor", "integration"])
async def test_only_those_who_work_with_the_person_read_or_write(app: FastAPI, room: Room, role: str) -> None:
    with as_staff("staff-7"):
        await take_on(CASE, Colleague(subject="staff-7", organisation="slam"), room.given["cases"], room.clock)
    before = await room.states()
    async with api_client(app, token_for("triage", role, subject="staff-7")) as other:
        for path in ("plan", "measures"):
            assert (await other.get(f"{PATH}/{path}")).status_code == 403, path
        for path, body in WRITING.items():
            assert (await other.post(f"{PATH}/{path}", json=body)).status_code == 403, path
    assert await room.states() == before


async def test_what_belongs_to_another_case_is_not_there(staff: ApiClient, room: Room) -> None:
    elsewhere = f"/api/v1/cases/{new_id()}"
    goal = (await told(staff, "goals", GOAL))["goal_id"]
    risk = (await told(staff, "risks", RISK))["risk_id"]
    measure = (await told(staff, "measures", SAFE))["id"]
    for path, body in (
        (f"goals/{goal}/progress", {"words": "x"}),
        (f"risks/{risk}/review", {**RISK, "words": "x"}),
        (f"measures/{measure}/take-back", {"reason": "disputed"}),
    ):
        assert (await staff.post(f"{elsewhere}/{path}", json=body)).status_code == 404, path
