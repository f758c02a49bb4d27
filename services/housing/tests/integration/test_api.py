"""The API of housing in process: who may do what, and how it says no."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest

from alliance.contracts import intake
from alliance.kernel import FixedClock, new_id
from alliance.testing.api import ApiClient, api_client, token_for

from ..rooms import OWN, Alliance, envelope

HOME = {
    "provider": "thames-reach",
    "landlord": "example-homes",
    "setting": "own-tenancy",
    "support_level": "floating",
    "area_code": "SW9",
    "rent_pence": 18_767,
    "support_pence": 10_000,
    "address": "1 Nowhere Street, Exampleton",
}


@pytest.fixture
def alliance() -> Alliance:
    return Alliance(FixedClock())


def caller(
    alliance: Alliance, *roles: str, organisation: str = OWN, subject: str = "staff-7"
) -> AbstractAsyncContextManager[ApiClient]:
    return api_client(alliance.app, token_for("housing", *roles, organisation=organisation, subject=subject))


@pytest.fixture
async def api(alliance: Alliance) -> AsyncIterator[ApiClient]:
    async with caller(alliance, "housing-worker", "housing-manager") as client:
        yield client


async def a_home_of(api: ApiClient, **changes: Any) -> str:
    answer = await api.post("/api/v1/homes", json=HOME | changes)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["home_id"])


async def test_a_death_is_told_with_the_placement_and_wherever_it_is_listed(alliance: Alliance, api: ApiClient) -> None:
    """The day is told with the placement alone."""
    person, at = new_id(), alliance.clock.now()
    case_id, other = await alliance.introduce(person), await alliance.introduce()
    path = f"/api/v1/placements/{await alliance.placement_of(case_id)}"

    async def told() -> list[dict[str, Any]]:
        listed = (await api.get("/api/v1/placements")).json()["items"]
        (of_case,) = (await api.get(f"/api/v1/placements?case_id={case_id}")).json()["items"]
        (in_list,) = [each for each in listed if each["case_id"] == case_id]
        assert [each["has_died"] for each in listed if each["case_id"] == other] == [False]
        return [(await api.get(path)).json(), in_list, of_case]

    assert [each["has_died"] for each in await told()] == [False] * 3
    died = intake.PersonDied(person_id=person, died_on=at.date(), death_sequence=1, at=at)
    await alliance.hear(envelope(died, alliance.clock))
    record, *lists = await told()
    assert (record["has_died"], record["died_on"], record["stage"]) == (True, at.date().isoformat(), "introduced")
    assert [(each["has_died"], "died_on" in each) for each in lists] == [(True, False)] * 2
    mistake = intake.PersonDeathCorrected(person_id=person, death_sequence=2, at=at)
    await alliance.hear(envelope(mistake, alliance.clock))
    assert [(each["has_died"], each.get("died_on")) for each in await told()] == [(False, None)] * 3


async def test_home_at_last(alliance: Alliance, api: ApiClient) -> None:
    case_id = await alliance.introduce()
    first, second = await a_home_of(api), await a_home_of(api)
    listed = (await api.get(f"/api/v1/placements?case_id={case_id}")).json()
    placement = listed["items"][0]["id"]

    offer = (await api.post(f"/api/v1/placements/{placement}/offers", json={"home_id": first})).json()["offer_id"]
    await alliance.settle()
    assert [home["id"] for home in (await api.get("/api/v1/vacancies")).json()["items"]] == [second]
    decline = {"offer_id": offer, "by": "person", "reason_code": "too-far"}
    assert (await api.post(f"/api/v1/placements/{placement}/decline", json=decline)).status_code == 200
    await alliance.settle()
    assert len((await api.get("/api/v1/vacancies?area=SW9")).json()["items"]) == 2

    offer = (await api.post(f"/api/v1/placements/{placement}/offers", json={"home_id": second})).json()["offer_id"]
    await alliance.settle()
    for step, body in (
        ("accept", {"offer_id": offer}),
        ("confirm-move-in", {"moved_in_on": "2026-11-02"}),
        ("correct-move-in", {"moved_in_on": "2026-10-26", "reason_code": "typing-error"}),
    ):
        answer = await api.post(f"/api/v1/placements/{placement}/{step}", json=body)
        assert answer.status_code == 200, answer.text
        await alliance.settle()
    record = (await api.get(f"/api/v1/placements/{placement}")).json()
    assert (record["stage"], record["moved_in_on"]) == ("moved-in", "2026-10-26")
    assert (await api.get(f"/api/v1/homes/{second}")).json()["state"] == "occupied"

    leaving = {"moved_on_on": "2026-11-02", "destination": "social-rental", "reason_code": "planned"}
    await api.post(f"/api/v1/placements/{placement}/move-on", json=leaving)
    await alliance.settle()
    assert (await api.get(f"/api/v1/homes/{second}")).json()["state"] == "vacant"
    assert len(alliance.said) > 8
    assert all("Nowhere" not in said.model_dump_json() for said in alliance.said)


async def test_a_command_sent_again_gets_the_same_answer_and_no_second_effect(
    alliance: Alliance, api: ApiClient
) -> None:
    key = {"Idempotency-Key": "again-1"}
    first = await api.post("/api/v1/homes", json=HOME, headers=key)
    again = await api.post("/api/v1/homes", json=HOME, headers=key)
    assert (first.status_code, first.json()) == (again.status_code, again.json())
    assert len((await api.get("/api/v1/homes")).json()["items"]) == 1
    other = await api.post("/api/v1/homes", json=HOME | {"area_code": "SE1"}, headers=key)
    assert (other.status_code, other.json()["refusal"]) == (409, "key-reused")


async def test_an_offer_sent_again_after_it_ended_is_not_made_again(alliance: Alliance, api: ApiClient) -> None:
    placement = await alliance.placement_of(await alliance.introduce())
    home, key = await a_home_of(api), {"Idempotency-Key": "again-2"}
    offers = f"/api/v1/placements/{placement}/offers"
    first = await api.post(offers, json={"home_id": home}, headers=key)
    await alliance.settle()
    await api.post(f"/api/v1/placements/{placement}/close", json={"reason_code": "died"})
    await alliance.settle()
    again = await api.post(offers, json={"home_id": home}, headers=key)
    assert (first.status_code, first.json()) == (again.status_code, again.json())
    assert (await api.get(f"/api/v1/homes/{home}")).json()["state"] == "vacant"


async def test_an_offered_home_is_refused_by_name(alliance: Alliance, api: ApiClient) -> None:
    one, other = [await alliance.placement_of(await alliance.introduce()) for _ in range(2)]
    home = await a_home_of(api)
    await api.post(f"/api/v1/placements/{one}/offers", json={"home_id": home})
    answer = await api.post(f"/api/v1/placements/{other}/offers", json={"home_id": home})
    assert (answer.status_code, answer.json()["refusal"]) == (409, "home-already-offered")


async def test_a_placement_that_is_closed_is_refused_at_once(alliance: Alliance, api: ApiClient) -> None:
    placement = await alliance.placement_of(await alliance.introduce())
    await api.post(f"/api/v1/placements/{placement}/close", json={"reason_code": "found-own-home"})
    answer = await api.post(f"/api/v1/placements/{placement}/offers", json={"home_id": await a_home_of(api)})
    assert (answer.status_code, answer.json()["refusal"]) == (409, "placement-is-closed")


async def test_a_stale_version_is_told(alliance: Alliance, api: ApiClient) -> None:
    placement = await alliance.placement_of(await alliance.introduce())
    offers, home = f"/api/v1/placements/{placement}/offers", await a_home_of(api)
    seen = {"If-Match": (await api.get(f"/api/v1/placements/{placement}")).headers["etag"], "Idempotency-Key": "seen"}
    first = await api.post(offers, json={"home_id": home}, headers=seen)
    assert first.status_code == 201
    await alliance.settle()
    again = await api.post(offers, json={"home_id": home}, headers=seen)
    assert (again.status_code, again.json()) == (201, first.json())
    body = {"home_id": await a_home_of(api)}
    stale = await api.post(offers, json=body, headers=seen | {"Idempotency-Key": "stale"})
    assert (stale.status_code, stale.json()["refusal"]) == (409, "stale")


@pytest.mark.parametrize("path", ["homes", "placements"])
async def test_an_unknown_id_is_not_found(api: ApiClient, path: str) -> None:
    assert (await api.get(f"/api/v1/{path}/{new_id()}")).status_code == 404
    assert (await api.get(f"/api/v1/{path}/not-an-id")).status_code == 404


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"rent_pence": -1}, "rent_pence"),
        ({"rent_pence": "12"}, "rent_pence"),
        ({"setting": "tent"}, "setting"),
        ({"area_code": "nowhere"}, "area_code"),
        ({"address": "x" * 500}, "address"),
        ({"access_features": ["stairs"]}, "access_features.0"),
        ({"colour": "red"}, "colour"),
    ],
)
async def test_a_wrong_field_is_named(api: ApiClient, change: dict[str, Any], field: str) -> None:
    answer = await api.post("/api/v1/homes", json=HOME | change)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert (await api.get("/api/v1/homes")).json()["items"] == []


async def test_a_date_that_does_not_exist_is_refused(alliance: Alliance, api: ApiClient) -> None:
    placement = await alliance.placement_of(await alliance.introduce())
    answer = await api.post(f"/api/v1/placements/{placement}/confirm-move-in", json={"moved_in_on": "2026-02-30"})
    assert answer.status_code == 422


async def test_an_address_is_known_to_housing_and_a_confidential_one_to_its_manager(
    alliance: Alliance, api: ApiClient
) -> None:
    home, secret = await a_home_of(api), await a_home_of(api, confidential=True)
    assert (await api.get(f"/api/v1/homes/{secret}")).json()["address"]
    async with caller(alliance, "housing-worker") as worker:
        assert (await worker.get(f"/api/v1/homes/{home}")).json()["address"]
        assert (await worker.get(f"/api/v1/homes/{secret}")).json()["address"] is None
    async with caller(alliance, "auditor") as auditor:
        assert (await auditor.get(f"/api/v1/homes/{home}")).json()["address"] is None


async def test_what_is_a_managers_is_refused_to_a_worker(alliance: Alliance, api: ApiClient) -> None:
    placement = await alliance.placement_of(await alliance.introduce())
    async with caller(alliance, "housing-worker") as worker:
        assert (await worker.post("/api/v1/homes", json=HOME)).status_code == 403
        for step, body in (
            ("close", {"reason_code": "died"}),
            ("correct-move-in", {"moved_in_on": "2026-10-26", "reason_code": "typing-error"}),
        ):
            assert (await worker.post(f"/api/v1/placements/{placement}/{step}", json=body)).status_code == 403
    async with caller(alliance, "finance-officer") as stranger:
        assert (await stranger.get("/api/v1/vacancies")).status_code == 403
    async with api_client(alliance.app, "no-token") as nobody:
        assert (await nobody.get("/api/v1/vacancies")).status_code == 401


async def test_another_organisations_worker_sees_a_placement_once_they_are_named(
    alliance: Alliance, api: ApiClient
) -> None:
    placement = await alliance.placement_of(await alliance.introduce())
    path = f"/api/v1/placements/{placement}"
    async with caller(alliance, "key-worker", organisation="slam", subject="key-1") as theirs:
        assert (await theirs.get(path)).status_code == 403
        assert (await theirs.post(f"{path}/take-on")).status_code == 403
        assert (await api.post(f"{path}/name-worker", json={"subject": "key-1"})).status_code == 200
        assert (await theirs.get(path)).json()["workers"] == ["key-1"]
    assert (await api.post(f"{path}/take-on")).status_code == 200
    assert (await api.get(path)).json()["workers"] == ["key-1", "staff-7"]


async def test_lists_go_on_where_they_stopped(alliance: Alliance, api: ApiClient) -> None:
    made = {await a_home_of(api) for _ in range(5)}
    seen: set[str] = set()
    after: str | None = None
    for _ in range(3):
        page = (await api.get("/api/v1/vacancies", params={"limit": 2} | ({"after": after} if after else {}))).json()
        seen |= {home["id"] for home in page["items"]}
        after = page["next"]
    assert seen == made
    assert after is None


async def test_the_person_is_named_in_the_record_only_while_they_allow_it(alliance: Alliance, api: ApiClient) -> None:
    case_id = await alliance.introduce(person_id := new_id())
    placement = await alliance.placement_of(case_id)
    await alliance.share(person_id, 1)
    assert (await api.get(f"/api/v1/placements/{placement}")).json()["person"]["call_me"] == "Example"
    async with caller(alliance, "auditor") as auditor:
        assert (await auditor.get(f"/api/v1/placements/{placement}")).status_code == 403
    await alliance.stop_sharing(person_id, 2)
    await alliance.share(person_id, 1)
    assert (await api.get(f"/api/v1/placements/{placement}")).json()["person"] is None
