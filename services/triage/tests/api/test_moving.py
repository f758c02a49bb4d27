"""A case moves between organisations through the API: who sees what before and after, and who may say what."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date

import pytest
from fastapi import FastAPI

from alliance.contracts import intake
from alliance.kernel import FixedClock, new_id
from alliance.testing import as_staff
from alliance.testing.api import ApiClient, api_client, token_for
from triage.application.cases import hold_conversation
from triage.domain.records import Conversation

from ..builders import CASE, NINE, PERSON, Room, accepted, shared

PATH = f"/api/v1/cases/{CASE}"
ASKED = {"to_organisation": "certitude", "reason_code": "closer-to-home", "agreed": True, "note": "made-up note"}


@pytest.fixture
async def room(clock: FixedClock) -> Room:
    room = Room.opened(clock)
    await room.hear(accepted(), shared(1))
    talk = Conversation(held_at=NINE, notes="MARKED-NOTES")
    with as_staff("staff-7"):
        await hold_conversation(CASE, talk, room.given["cases"], clock)
    return room


@pytest.fixture
def app(room: Room) -> FastAPI:
    return room.app()


@asynccontextmanager
async def somebody(
    app: FastAPI, organisation: str, role: str = "triage-worker", subject: str = "staff-7"
) -> AsyncIterator[ApiClient]:
    token = token_for("triage", role, subject=subject, organisation=organisation)
    async with api_client(app, token) as client:
        yield client


@pytest.fixture
async def sender(app: FastAPI) -> AsyncIterator[ApiClient]:
    async with somebody(app, "slam") as client:
        yield client


@pytest.fixture
async def receiver(app: FastAPI) -> AsyncIterator[ApiClient]:
    async with somebody(app, "certitude", subject="staff-8") as client:
        yield client


async def asked(sender: ApiClient, **more: object) -> str:
    answer = await sender.post(f"{PATH}/ask-transfer", json={**ASKED, **more})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["transfer_id"])


async def test_before_acceptance_the_receiver_decides_without_name_and_notes_and_sees_all_after(
    sender: ApiClient, receiver: ApiClient
) -> None:
    transfer = await asked(sender)
    pending = (await receiver.get("/api/v1/transfers")).json()["items"]
    assert [each["id"] for each in pending] == [transfer]
    assert [each["id"] for each in (await sender.get("/api/v1/transfers?side=from-us")).json()["items"]] == [transfer]
    seen = await receiver.get(f"/api/v1/transfers/{transfer}")
    assert seen.json()["transfer"]["note"] == "made-up note"
    assert "Testa" not in seen.text
    assert "MARKED-NOTES" not in seen.text
    assert (await receiver.get(PATH)).status_code == 403
    accepted = await receiver.post(f"/api/v1/transfers/{transfer}/accept", json={"key_worker": "staff-8"})
    assert accepted.status_code == 200, accepted.text
    whole = (await receiver.get(PATH)).json()
    assert whole["details"]["full_name"] == "Testa Example-Person"
    assert whole["conversations"][0]["notes"] == "MARKED-NOTES"
    assert whole["workers"] == ["staff-8"]
    assert (await sender.get(PATH)).status_code == 403
    assert (await receiver.get("/api/v1/transfers")).json()["items"] == []


async def test_a_returned_case_is_the_senders_and_the_receiver_sees_it_no_longer(
    room: Room, sender: ApiClient, receiver: ApiClient
) -> None:
    transfer = await asked(sender)
    answer = await receiver.post(f"/api/v1/transfers/{transfer}/return", json={"reason_code": "no-room-now"})
    assert answer.status_code == 200, answer.text
    assert (await receiver.get(PATH)).status_code == 403
    assert (await sender.get(PATH)).status_code == 200
    assert room.types_said()[-2:] == ["transfer-asked.v1", "transfer-returned.v1"]
    late = await receiver.post(f"/api/v1/transfers/{transfer}/accept", json={})
    assert (late.status_code, late.json()["refusal"]) == (409, "transfer-over")


async def test_who_was_not_asked_learns_nothing_and_answers_nothing(app: FastAPI, sender: ApiClient) -> None:
    transfer = await asked(sender)
    async with somebody(app, "mosaic-clubhouse") as third:
        assert (await third.get("/api/v1/transfers")).json()["items"] == []
        assert (await third.get(f"/api/v1/transfers/{transfer}")).status_code == 403
        assert (await third.post(f"/api/v1/transfers/{transfer}/accept", json={})).status_code == 403
    assert (await sender.post(f"/api/v1/transfers/{transfer}/accept", json={})).status_code == 403


async def test_only_some_go_on_without_the_persons_agreement_and_they_say_on_what_it_rests(
    app: FastAPI, sender: ApiClient
) -> None:
    assert (await sender.post(f"{PATH}/take-on")).status_code == 200
    silent = await sender.post(f"{PATH}/ask-transfer", json={**ASKED, "agreed": False})
    assert (silent.status_code, silent.json()["refusal"]) == (409, "agreement-needed")
    against = {**ASKED, "agreed": False, "override": "risk-of-harm"}
    async with somebody(app, "slam", "key-worker") as named:
        assert (await named.post(f"{PATH}/ask-transfer", json=against)).status_code == 403
    assert (await sender.post(f"{PATH}/ask-transfer", json=against)).status_code == 201


async def test_a_manager_of_the_sender_takes_it_back_on_behalf_of_staff(app: FastAPI, sender: ApiClient) -> None:
    """Primero R2-3960: managers were unable to revoke."""
    transfer = await asked(sender)
    body = {"transfer_id": transfer, "reason_code": "situation-changed"}
    async with somebody(app, "certitude", "service-administrator", "staff-6") as others:
        assert (await others.post(f"{PATH}/revoke-transfer", json=body)).status_code == 403
    async with somebody(app, "slam", "service-administrator", "staff-6") as manager:
        assert (await manager.post(f"{PATH}/revoke-transfer", json=body)).status_code == 200


async def test_a_key_worker_of_another_organisation_is_named_by_a_triage_worker_and_says_yes(
    app: FastAPI, sender: ApiClient
) -> None:
    async with somebody(app, "slam", "service-administrator", "staff-6") as administrator:
        team = {"name": "Made-up team", "organisation": "thames-reach", "team_type": "A06", "areas": ["home"]}
        team_id = (await administrator.post("/api/v1/teams", json=team)).json()["team_id"]
        for member in ({"subject": "staff-kit"}, {"subject": "staff-lead", "lead": True}):
            put = await administrator.post(f"/api/v1/teams/{team_id}/members", json={"capacity": 5, **member})
            assert put.status_code == 200, put.text
    suggested = (await sender.get(f"{PATH}/suggestions")).json()["items"]
    assert {each["subject"] for each in suggested} == {"staff-kit", "staff-lead"}
    assert "Their team helps with home." in suggested[0]["reasons"]
    named = await sender.post(f"{PATH}/name-key-worker", json={"subject": "staff-kit", "team_id": team_id})
    assert named.json() == {"case_id": CASE, "asked": True}
    async with somebody(app, "thames-reach", "key-worker", "staff-kit") as kit:
        assert (await kit.get(PATH)).status_code == 403
        async with somebody(app, "thames-reach", "key-worker", "staff-else") as other:
            assert (await other.post(f"/api/v1/namings/{CASE}/accept")).status_code == 403
        async with somebody(app, "thames-reach", "key-worker", "staff-lead") as lead:
            assert (await lead.post(f"/api/v1/namings/{CASE}/accept")).status_code == 200
            team = (await lead.get(f"/api/v1/teams/{team_id}")).json()
        assert (await kit.get(PATH)).json()["workers"] == ["staff-kit"]
    carried = {each["subject"]: (each["cases"], each["points"]) for each in team["members"]}
    assert carried == {"staff-kit": (1, 1), "staff-lead": (0, 0)}


async def test_cases_of_somebody_who_has_left_are_handed_on_and_each_says_what_became_of_it(
    app: FastAPI, sender: ApiClient
) -> None:
    async with somebody(app, "slam", "service-administrator", "staff-6") as administrator:
        team = {"name": "Made-up team", "organisation": "slam", "team_type": "A06"}
        team_id = (await administrator.post("/api/v1/teams", json=team)).json()["team_id"]
        for subject in ("staff-7", "staff-2"):
            await administrator.post(f"/api/v1/teams/{team_id}/members", json={"subject": subject, "capacity": 5})
        await sender.post(f"{PATH}/take-on")
        await administrator.post(f"/api/v1/teams/{team_id}/note-leaving", json={"subject": "staff-7"})
        members = (await administrator.get(f"/api/v1/teams/{team_id}")).json()["members"]
        assert [(each["subject"], each["left"], each["cases"]) for each in members] == [
            ("staff-7", True, 1),
            ("staff-2", False, 0),
        ]
    gone = new_id()
    body = {"of": "staff-7", "to": "staff-2", "case_ids": [CASE, gone]}
    done = (await sender.post(f"/api/v1/teams/{team_id}/hand-on", json=body)).json()["items"]
    assert [(each["case_id"], each["refusal"]) for each in done] == [(CASE, None), (gone, "unknown")]
    assert (await sender.get(PATH)).json()["workers"] == ["staff-2"]
    async with somebody(app, "slam", "service-administrator", "staff-6") as administrator:
        members = (await administrator.get(f"/api/v1/teams/{team_id}")).json()["members"]
        assert [each["subject"] for each in members] == ["staff-2"], "who has left and holds nothing is not listed"


async def test_whoever_is_asked_to_take_a_case_over_is_told_of_a_death(
    room: Room, sender: ApiClient, receiver: ApiClient
) -> None:
    transfer = await asked(sender)
    for event, died in (
        (intake.PersonDied(person_id=PERSON, died_on=date(2026, 10, 1), death_sequence=1, at=NINE), True),
        (intake.PersonDeathCorrected(person_id=PERSON, death_sequence=2, at=NINE), False),
    ):
        await room.hear(event)
        assert (await receiver.get(f"/api/v1/transfers/{transfer}")).json()["case"]["has_died"] is died


async def test_a_review_is_planned_held_and_planned_again(room: Room, clock: FixedClock, sender: ApiClient) -> None:
    planned = await sender.post(f"{PATH}/plan-review", json={"due_on": "2026-11-09", "attendees": ["staff-7"]})
    assert planned.status_code == 200, planned.text
    case = await room.given["cases"].get(CASE)
    body = {"review_id": case.review.id, "held_on": "2026-11-02", "outcome": "carry-on", "next_on": "2027-02-01"}
    assert (await sender.post(f"{PATH}/hold-review", json=body)).status_code == 200
    case = await room.given["cases"].get(CASE)
    assert (case.review.due_on.isoformat(), case.review.attendees) == ("2027-02-01", ("staff-7",))
    assert room.types_said()[-1] == "review-held.v1"
    assert (await sender.post(f"{PATH}/plan-review", json={"due_on": "2026-10-01"})).json()["refusal"] == "in-the-past"


async def test_the_board_says_where_each_case_is_and_filters_by_links(sender: ApiClient) -> None:
    def found(board: dict[str, list[dict[str, list[object]]]]) -> dict[str, int]:
        return {str(column["stage"]): len(column["items"]) for column in board["columns"] if column["items"]}

    assert found((await sender.get("/api/v1/board")).json()) == {"talking": 1}
    assert found((await sender.get("/api/v1/board?organisation=certitude")).json()) == {}
    assert found((await sender.get("/api/v1/board?organisation=slam&priority=3")).json()) == {"talking": 1}
    assert found((await sender.get("/api/v1/board?mine=true")).json()) == {}
    assert found((await sender.get("/api/v1/board?late=missed")).json()) == {}
    assert found((await sender.get("/api/v1/board?unsafe=true")).json()) == {}
    await asked(sender)
    assert found((await sender.get("/api/v1/board?stage=moving")).json()) == {"moving": 1}
