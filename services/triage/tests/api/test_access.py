"""Who reaches which case through the API: row by row what the table of triage says."""

from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI

from alliance.kernel import FixedClock
from alliance.testing import as_staff
from alliance.testing.api import ApiClient, api_client, token_for
from triage.application.allocation import take_on
from triage.domain.allocating import Colleague

from ..builders import CASE, OURS, Room, accepted, shared

CASES = "/api/v1/cases"
PATH = f"{CASES}/{CASE}"
HELD = {"held_at": "2026-11-02T09:00:00Z", "notes": "MARKED-NOTES"}
STEPS = {
    "take-on": None,
    "step-back": None,
    "hold-conversation": HELD,
    "change-priority": {"priority": "2", "reason_code": "worse"},
    "offers": {"kind": "peer-support", "provider_id": "mosaic-clubhouse"},
    "introduce-to-secondary-care": {"team_type": "A06"},
    "close": {"outcome": "goals-met"},
}
NOTHING_BUT_LISTS = ("integration", "auditor", "alliance-lead", "governance-lead")


@pytest.fixture
async def room(clock: FixedClock) -> Room:
    """One case with a name in it, on which staff-7 is a named worker."""
    room = Room.opened(clock)
    await room.hear(accepted(), shared(1))
    with as_staff("staff-7"):
        await take_on(CASE, Colleague(subject="staff-7", organisation=OURS), room.given["cases"], room.clock)
    return room


@pytest.fixture
def app(room: Room) -> FastAPI:
    return room.app()


@pytest.fixture
async def named(app: FastAPI) -> AsyncIterator[ApiClient]:
    """A key worker of another organisation, named on the case."""
    token = token_for("triage", "key-worker", subject="staff-7", organisation="thames-reach")
    async with api_client(app, token) as client:
        yield client


async def test_a_key_worker_works_on_a_case_on_which_they_are_named(named: ApiClient) -> None:
    record = await named.get(PATH)
    assert (record.status_code, record.json()["details"]["full_name"]) == (200, "Testa Example-Person")
    assert (await named.post(f"{PATH}/hold-conversation", json=HELD)).status_code == 200
    assert (await named.get(PATH)).json()["conversations"][0]["notes"] == "MARKED-NOTES"


@pytest.mark.parametrize("organisation", ["slam", "thames-reach"])
async def test_a_key_worker_who_is_not_named_has_to_break_the_glass_to_read_and_changes_nothing(
    app: FastAPI, room: Room, organisation: str
) -> None:
    before = await room.states()
    token = token_for("triage", "key-worker", subject="staff-8", organisation=organisation)
    async with api_client(app, token) as other:
        assert (await other.get(CASES)).status_code == 200
        refused = await other.get(PATH)
        assert (refused.status_code, refused.json()["refusal"]) == (403, "glass-not-broken")
        for step, body in STEPS.items():
            assert (await other.post(f"{PATH}/{step}", json=body)).status_code == 403, step
    assert await room.states() == before


async def test_a_triage_worker_of_another_organisation_has_to_break_the_glass(app: FastAPI) -> None:
    token = token_for("triage", "triage-worker", subject="staff-8", organisation="certitude")
    async with api_client(app, token) as other:
        refused = await other.get(PATH)
        assert (refused.status_code, refused.json()["refusal"]) == (403, "glass-not-broken")
        assert (await other.post(f"{PATH}/take-on")).status_code == 403


@pytest.mark.parametrize("role", NOTHING_BUT_LISTS)
async def test_those_who_look_at_the_whole_see_the_queue_and_no_case(app: FastAPI, role: str) -> None:
    token = token_for("triage", role, subject="staff-8")
    async with api_client(app, token) as other:
        listed = await other.get(CASES)
        assert listed.status_code == 200
        assert "Testa" not in listed.text
        assert (await other.get(PATH)).status_code == 403
        for step, body in STEPS.items():
            assert (await other.post(f"{PATH}/{step}", json=body)).status_code == 403, step


async def test_who_broke_the_glass_as_governance_lead_reads_no_notes(app: FastAPI, named: ApiClient) -> None:
    """A governance lead who is named sees who it is about, by the table, and what was talked about stays hidden."""
    assert (await named.post(f"{PATH}/hold-conversation", json=HELD)).status_code == 200
    async with api_client(app, token_for("triage", "governance-lead", subject="staff-7")) as lead:
        record = (await lead.get(PATH)).json()
    assert record["details"]["full_name"] == "Testa Example-Person"
    assert record["conversations"][0]["notes"] == ""


async def test_a_colleague_takes_a_case_on_and_steps_back_again(app: FastAPI, named: ApiClient) -> None:
    alone = await named.post(f"{PATH}/step-back")
    assert (alone.status_code, alone.json()["refusal"]) == (409, "last-worker")
    async with api_client(app, token_for("triage", "triage-worker", subject="staff-9")) as colleague:
        assert (await colleague.post(f"{PATH}/take-on")).status_code == 200
        assert (await colleague.get(PATH)).json()["workers"] == ["staff-7", "staff-9"]
    assert (await named.post(f"{PATH}/step-back")).status_code == 200
    assert (await named.get(PATH)).status_code == 403
