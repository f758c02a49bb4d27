"""Possible duplicates over the API: the same decisions as on the pages, and matching on every way in."""

from typing import Any

import pytest
from fastapi import FastAPI

from alliance.kernel import FixedClock, new_id
from alliance.testing.api import ApiClient, api_client, token_for

from ..builders import OURS, FrontDoor
from ..following import let_follow

PERSON = {"full_name": "Testa Example", "date_of_birth": "1975-02-28"}


@pytest.fixture
def door(clock: FixedClock) -> FrontDoor:
    return FrontDoor.opened(clock)


@pytest.fixture
def app(door: FrontDoor) -> FastAPI:
    return door.app()


def worker(app: FastAPI, subject: str = "staff-7", role: str = "front-door-worker") -> Any:
    return api_client(app, token_for("intake", role, organisation=OURS, subject=subject))


async def came_by_the_public_api(client: ApiClient) -> Any:
    return await client.post("/api/v1/self-introductions", json={"person": PERSON})


async def came_by_staff(client: ApiClient, way_in: str = "phone", source: str = "B1") -> Any:
    body = {"person": PERSON, "way_in": way_in, "source_code": source}
    return await client.post("/api/v1/introductions", json=body)


@pytest.mark.parametrize("second", ["public", "the same user", "another user", "a professional", "another system"])
async def test_whoever_creates_the_second_record_it_is_compared(door: FrontDoor, app: FastAPI, second: str) -> None:
    """OpenCRVS #4918, #4440, #10169, #9324: the check was missing for the same user, a senior user and the API."""
    async with worker(app) as first, worker(app, "staff-8") as other, worker(app, "system-1", "integration") as system:
        older = (await came_by_staff(first)).json()
        by = {
            "public": lambda: came_by_the_public_api(first),
            "the same user": lambda: came_by_staff(first),
            "another user": lambda: came_by_staff(other),
            "a professional": lambda: came_by_staff(other, "professional", "A1"),
            "another system": lambda: came_by_staff(system, "api", "C1"),
        }
        answer = await by[second]()
        assert answer.status_code == 201, answer.text
        newer = answer.json()
        await let_follow(door)
        (match,) = (await first.get("/api/v1/matches")).json()["items"]
        assert {match["older_id"], match["newer_id"]} == {older["person_id"], newer["person_id"]}
        assert match["sentences"] == ["The full name is the same.", "The date of birth is the same."]
        assert match["likelihood"] == "strong"


async def test_a_public_answer_never_tells_that_somebody_is_known(door: FrontDoor, app: FastAPI) -> None:
    async with worker(app) as staff, api_client(app) as anybody:
        del anybody.headers["Authorization"]
        unknown = (await came_by_the_public_api(anybody)).json()
        await let_follow(door)
        known = (await came_by_the_public_api(anybody)).json()
        assert unknown.keys() == known.keys()
        assert unknown["person_id"] != known["person_id"]
        assert (await anybody.get("/api/v1/matches")).status_code == 401
        assert (await staff.get("/api/v1/matches")).status_code == 200


async def test_a_match_is_merged_and_split_over_the_api(door: FrontDoor, app: FastAPI, clock: FixedClock) -> None:
    async with worker(app) as staff:
        older = (await came_by_staff(staff)).json()["person_id"]
        clock.advance(minutes=1)
        newer = (await came_by_staff(staff)).json()["person_id"]
        await let_follow(door)
        (match,) = (await staff.get("/api/v1/matches")).json()["items"]
        key = {"Idempotency-Key": new_id()}
        path = f"/api/v1/matches/{match['id']}"
        first = await staff.post(f"{path}/same-person", headers=key)
        assert first.json() == (await staff.post(f"{path}/same-person", headers=key)).json()
        merge = first.json()
        assert (merge["person_id"], merge["merged_person_id"]) == (older, newer)
        await let_follow(door)
        assert (await staff.get(path)).json()["answer"] == "same"
        undone = await staff.post(f"/api/v1/people/{older}/merges/{merge['merge_id']}/undo")
        assert undone.status_code == 200
        await let_follow(door)
        assert (await staff.get(path)).json()["answer"] == "different"
        assert door.types_said().count("people-merged.v1") == door.types_said().count("people-unmerged.v1") == 1
        assert (await staff.post(f"/api/v1/people/{older}/merges/{merge['merge_id']}/undo")).status_code == 404


async def test_not_the_same_later_and_search(door: FrontDoor, app: FastAPI) -> None:
    async with worker(app) as staff:
        for _ in range(2):
            await came_by_staff(staff)
        await let_follow(door)
        (match,) = (await staff.get("/api/v1/matches")).json()["items"]
        path = f"/api/v1/matches/{match['id']}"
        for way, answer in (("later", "later"), ("not-the-same", "different")):
            assert (await staff.post(f"{path}/{way}")).status_code == 200
            found = (await staff.get(path)).json()
            assert (found["answer"], found["decisions"][-1]["by"]) == (answer, "staff-7")
        found = (await staff.post("/api/v1/people/search", json={"name": "testa exampel"})).json()["items"]
        assert len(found) == 2
        status = {"status": "07", "reason": "not-needed"}
        changed = await staff.post(f"/api/v1/people/{match['older_id']}/nhs-number-status", json=status)
        assert changed.status_code == 200
