"""Where an introduction is: for whoever introduced themselves, and for whoever introduced somebody else."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from fastapi import FastAPI

from alliance.kernel import FixedClock
from alliance.testing.api import ApiClient, api_client, token_for

from ..builders import NHS_NUMBER, OURS, FrontDoor

SELF = "/api/v1/self-introductions"
INTRODUCTIONS = "/api/v1/introductions"


@pytest.fixture
def app(clock: FixedClock) -> FastAPI:
    return FrontDoor.opened(clock).app()


@pytest.fixture
async def staff(app: FastAPI) -> AsyncIterator[ApiClient]:
    async with api_client(app, token_for("intake", "front-door-worker", organisation=OURS)) as client:
        yield client


async def received(staff: ApiClient, **body: Any) -> dict[str, str]:
    answer = await staff.post(SELF, json=body)
    assert answer.status_code == 201, answer.text
    found: dict[str, str] = answer.json()
    return found


async def test_the_status_page_tells_the_stage_and_no_name_to_whoever_has_the_key(staff: ApiClient) -> None:
    mine = await received(staff, person={"full_name": "Testa Example-Person", "nhs_number": NHS_NUMBER})
    path, key = f"/api/v1/status/{mine['reference']}", {"Status-Key": mine["status_key"]}
    answer = await staff.get(path, headers=key)
    assert answer.json()["stage"] == "received"
    assert "Testa" not in answer.text
    await staff.post(f"{INTRODUCTIONS}/{mine['introduction_id']}/accept", json={})
    assert (await staff.get(path, headers=key)).json()["stage"] == "accepted"
    assert (await staff.get(path, headers={"Status-Key": "somebody-elses-key"})).status_code == 404
    assert (await staff.get("/api/v1/status/LW-2222-23", headers=key)).status_code == 404


@pytest.mark.parametrize("way_in", ["professional", "api"])
async def test_a_system_that_introduced_somebody_hears_how_far_it_is(
    app: FastAPI, staff: ApiClient, way_in: str
) -> None:
    """codeforamerica/project-ideas #66: the loop is closed for systems too, and only for whoever has the key."""
    gp = {"role": "gp", "person_knows": "agrees", "email": "practice@example.org"}
    body = {"person": {"call_me": "Testa"}, "way_in": way_in, "source_code": "A1", "introducer": gp}
    async with api_client(app, token_for("intake", "integration", organisation=OURS)) as system:
        made = (await system.post(INTRODUCTIONS, json=body)).json()
    path, key = f"/api/v1/introduced/{made['reference']}", {"Introducer-Key": made["introducer_key"]}
    async with api_client(app) as anybody:
        del anybody.headers["Authorization"]
        first = await anybody.get(path, headers=key)
        assert (first.json()["told"], first.json()["read_by"]) == ("not-read", "2026-11-03T09:00:00Z")
        await staff.post(f"{INTRODUCTIONS}/{made['introduction_id']}/accept", json={})
        told = await anybody.get(path, headers=key)
        assert (told.json()["told"], told.json()["read_by"]) == ("taken-on", None)
        assert made["person_id"] not in told.text
        assert (await anybody.get(path, headers={"Introducer-Key": made["status_key"]})).status_code == 404
        assert (await anybody.get("/api/v1/introduced/LW-2222-23", headers=key)).status_code == 404


async def test_whoever_introduces_themselves_gets_no_key_for_others(staff: ApiClient) -> None:
    assert (await received(staff))["introducer_key"] is None
