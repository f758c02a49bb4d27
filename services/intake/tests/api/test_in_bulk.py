"""Files of introductions and details sent once more, as other systems ask for them."""

from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI

from alliance.kernel import FixedClock, new_id
from alliance.testing.api import ApiClient, api_client, token_for

from ..builders import OURS, FrontDoor
from ..files import a_file, somebody, worked_off

IMPORTS, RESENDINGS = "/api/v1/imports", "/api/v1/resendings"
CSV = {"Content-Type": "text/csv; charset=utf-8"}


@pytest.fixture
def door(clock: FixedClock) -> FrontDoor:
    return FrontDoor.opened(clock)


@pytest.fixture
def app(door: FrontDoor) -> FastAPI:
    return door.app()


@pytest.fixture
async def administrator(app: FastAPI) -> AsyncIterator[ApiClient]:
    async with api_client(app, token_for("intake", "service-administrator", organisation=OURS)) as client:
        yield client


async def test_a_file_is_checked_started_and_its_result_told(administrator: ApiClient, door: FrontDoor) -> None:
    content = a_file(somebody(1), somebody(2, phone="none"))
    put = await administrator.post(IMPORTS, content=content, headers=CSV)
    assert put.status_code == 201, put.text
    assert {name: put.json()[name] for name in ("state", "rows", "good", "bad", "seen")} == {
        "state": "checked",
        "rows": 2,
        "good": 1,
        "bad": 1,
        "seen": 0,
    }
    place = f"{IMPORTS}/{put.json()['id']}"
    assert (await administrator.post(f"{place}/start")).json()["state"] == "running"
    door.given["working_off"].rest = 0
    await worked_off(door)
    found = (await administrator.get(place)).json()
    assert (found["state"], found["received"]) == ("ended", 1)
    assert [(each["row"], each["column"]) for each in found["troubles"]] == [(3, "phone")]
    assert (await administrator.post(f"{place}/cancel")).json()["refusal"] == "import-over"
    assert [each["id"] for each in (await administrator.get(IMPORTS)).json()["items"]] == [put.json()["id"]]


async def test_a_file_sent_again_by_the_same_key_is_one_import(administrator: ApiClient) -> None:
    headers = {**CSV, "Idempotency-Key": new_id()}
    first = await administrator.post(IMPORTS, content=a_file(somebody(1)), headers=headers)
    second = await administrator.post(IMPORTS, content=a_file(somebody(1)), headers=headers)
    assert first.json() == second.json()
    other = await administrator.post(IMPORTS, content=a_file(somebody(2)), headers=headers)
    assert (other.status_code, other.json()["refusal"]) == (409, "key-reused")


async def test_what_is_no_csv_is_refused(administrator: ApiClient) -> None:
    assert (await administrator.post(IMPORTS, json={})).status_code == 415
    wrong = await administrator.post(IMPORTS, content=b"a,b\n1,2\n", headers=CSV)
    assert (wrong.status_code, wrong.json()["refusal"]) == (409, "file-unreadable")


async def test_the_columns_are_explained(administrator: ApiClient) -> None:
    names = [column["name"] for column in (await administrator.get(f"{IMPORTS}/columns")).json()]
    assert names[:3] == ["received_on", "way_in", "source_code"]


async def test_details_are_sent_once_more_and_that_can_be_stopped(administrator: ApiClient) -> None:
    assert (await administrator.post(RESENDINGS, json={"service": "reporting"})).status_code == 409
    begun = (await administrator.post(RESENDINGS, json={"service": "housing"})).json()
    assert (begun["state"], begun["to_organisation"]) == ("running", "thames-reach")
    stopped = await administrator.post(f"{RESENDINGS}/{begun['id']}/cancel")
    assert stopped.json()["state"] == "cancelled"
    assert (await administrator.get(f"{RESENDINGS}/{begun['id']}")).json() == stopped.json()
    assert [each["id"] for each in (await administrator.get(RESENDINGS)).json()["items"]] == [begun["id"]]
