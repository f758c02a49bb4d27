"""The directory's API: harvested by anybody, written by its providers, and offers that refer to it."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from fastapi import FastAPI

from alliance.kernel import FixedClock, new_id
from alliance.testing.api import ApiClient, api_client, token_for
from alliance.testing.rooms import browsing

from ..builders import CASE, Room, accepted, shared
from ..directory import SECRET

ENTRIES, SERVICES, PATH = "/api/v1/directory-entries", "/api/v1/directory/services", f"/api/v1/cases/{CASE}"
ENTRY: dict[str, Any] = {
    "name": "Example Peer Circle",
    "kind": "peer-support",
    "helps_with": ["mental-health"],
    "description": "Made-up people who have been through it themselves.",
    "eligibility": "Everybody who wants to come.",
    "phones": [{"number": "020 7946 0001"}, {"number": "07700 900998", "confidential": True}],
    "confidential_contact": SECRET,
    "hours": [{"days": ["MO", "TU"], "opens_at": "09:00", "closes_at": "17:30"}],
    "where": {"address": "1 Made Up Street", "postcode": "SW9 9ZZ", "confidential": True},
    "areas": ["Brixton"],
    "languages": ["so"],
    "terms": ["esdServiceTypes:1234"],
}


@pytest.fixture
async def room(clock: FixedClock) -> Room:
    room = Room.opened(clock)
    await room.hear(accepted(), shared(1))
    return room


@pytest.fixture
def app(room: Room) -> FastAPI:
    return room.app()


@pytest.fixture
async def staff(app: FastAPI) -> AsyncIterator[ApiClient]:
    async with api_client(app, roles=["triage-worker"]) as client:
        yield client


@pytest.fixture
async def provider(app: FastAPI) -> AsyncIterator[ApiClient]:
    """A key worker of the organisation that gives the support."""
    token = token_for("triage", "key-worker", subject="staff-8", organisation="mosaic-clubhouse")
    async with api_client(app, token) as client:
        yield client


async def written(provider: ApiClient, **more: object) -> str:
    answer = await provider.post(ENTRIES, json={**ENTRY, **more})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["entry_id"])


async def offered(staff: ApiClient, room: Room, entry: str, **more: object) -> str:
    answer = await staff.post(f"{PATH}/offers", json={"service_id": entry, **more})
    assert answer.status_code == 201, answer.text
    await room.settle()
    return str(answer.json()["offer_id"])


async def test_anybody_harvests_the_directory_and_finds_nothing_confidential(app: FastAPI, provider: ApiClient) -> None:
    entry = await written(provider)
    await provider.post(f"{ENTRIES}/{entry}/assure")
    async with browsing(app) as nobody:
        listed = (await nobody.get(SERVICES)).json()
        told = (await nobody.get(f"{SERVICES}/{entry}")).text
        one = (await nobody.get(f"{SERVICES}/{entry}")).json()
    assert {key: listed[key] for key in ("total_items", "total_pages", "page_number", "first_page", "last_page")} == {
        "total_items": 1,
        "total_pages": 1,
        "page_number": 1,
        "first_page": True,
        "last_page": True,
    }
    assert listed["contents"][0]["status"] == "active"
    assert one["assured_date"] == "2026-11-02"
    assert one["schedules"][0]["byday"] == "MO,TU"
    assert one["organization"]["name"] == "Mosaic Clubhouse"
    assert [each["taxonomy_term"]["taxonomy"] for each in one["attributes"]] == [
        "living-well-support",
        "living-well-help",
        "esdServiceTypes",
    ]
    for secret in (SECRET, "07700 900998", "1 Made Up Street", "staff-8"):
        assert secret not in told


async def test_a_harvester_goes_through_all_pages_and_filters(
    app: FastAPI, provider: ApiClient, clock: FixedClock
) -> None:
    for number in range(5):
        await written(provider, name=f"Example {number}", areas=["Brixton"] if number % 2 else ["Streatham"])
    async with browsing(app) as nobody:
        names, page = [], 1
        while not (shown := (await nobody.get(f"{SERVICES}?per_page=2&page={page}")).json())["empty"]:
            names += [each["name"] for each in shown["contents"]]
            page += 1
        assert names == [f"Example {number}" for number in range(5)]
        assert (await nobody.get(f"{SERVICES}?area=Brixton")).json()["total_items"] == 2
        assert (await nobody.get(f"{SERVICES}?language=pl")).json()["total_items"] == 0
        assert (await nobody.get(f"{SERVICES}/{new_id()}")).status_code == 404
        await written(provider, name="Example 9")
        assert (await nobody.get(SERVICES)).json()["total_items"] == 5
        clock.advance(seconds=31)
        assert (await nobody.get(SERVICES)).json()["total_items"] == 6


async def test_who_harvests_too_often_waits(app: FastAPI) -> None:
    async with browsing(app) as nobody:
        answers = [(await nobody.get(SERVICES)).status_code for _ in range(61)]
    assert answers == [200] * 60 + [429]


async def test_staff_see_what_is_confidential_and_only_its_own_people_change_an_entry(
    app: FastAPI, staff: ApiClient, provider: ApiClient
) -> None:
    entry = await written(provider)
    assert (await staff.get(f"{ENTRIES}/{entry}")).json()["says"]["confidential_contact"] == SECRET
    assert (await staff.get(ENTRIES)).json()["items"][0]["says"]["confidential_contact"] == ""
    for verb, body in (("edit", ENTRY), ("assure", None), ("make-room", {})):
        assert (await staff.post(f"{ENTRIES}/{entry}/{verb}", json=body)).status_code == 403
    async with api_client(app, token_for("triage", "auditor", organisation="lambeth-council")) as auditor:
        shown = await auditor.get(f"{ENTRIES}/{entry}")
        assert (shown.status_code, SECRET in shown.text) == (200, False)
        assert (await auditor.get(ENTRIES)).status_code == 200


async def test_two_who_write_at_once_are_told(provider: ApiClient) -> None:
    entry = await written(provider)
    seen = (await provider.get(f"{ENTRIES}/{entry}")).headers["etag"]
    first = await provider.post(f"{ENTRIES}/{entry}/edit", json={**ENTRY, "alert": "Shut"}, headers={"If-Match": seen})
    second = await provider.post(f"{ENTRIES}/{entry}/edit", json={**ENTRY, "alert": "Open"}, headers={"If-Match": seen})
    assert (first.status_code, second.status_code) == (200, 409)


async def test_an_entry_can_be_changed_more_often_than_an_aggregate_may_hear(provider: ApiClient) -> None:
    entry = await written(provider)
    for number in range(210):
        answer = await provider.post(f"{ENTRIES}/{entry}/make-room", json={"places": number})
        assert answer.status_code == 200, number


async def test_an_accepted_offer_takes_a_place_full_is_told_and_never_bars(
    staff: ApiClient, provider: ApiClient, room: Room
) -> None:
    entry = await written(provider)
    await provider.post(f"{ENTRIES}/{entry}/make-room", json={"places": 1, "free_expected_on": "2027-01-11"})
    first = await offered(staff, room, entry)
    await staff.post(f"{PATH}/offers/{first}/accept")
    await room.settle()
    shown = (await staff.get(f"{ENTRIES}/{entry}")).json()
    assert (shown["taken"], shown["free"]) == (1, 0)
    await staff.post(f"{PATH}/offers/{first}/withdraw", json={"reason_code": "made-by-mistake"})
    await room.settle()
    assert (await staff.get(f"{ENTRIES}/{entry}")).json()["taken"] == 0
    await provider.post(f"{ENTRIES}/{entry}/make-room", json={"places": 0})
    refused = await staff.post(f"{PATH}/offers", json={"service_id": entry})
    assert (refused.status_code, refused.json()["refusal"]) == (409, "not-taking-on")
    await offered(staff, room, entry, anyway=True)


async def test_a_provider_answers_the_offers_to_its_own_people_only(
    app: FastAPI, staff: ApiClient, provider: ApiClient, room: Room
) -> None:
    entry = await written(provider)
    offer = await offered(staff, room, entry)
    (waiting,) = (await provider.get("/api/v1/offers")).json()["items"]
    assert (waiting["id"], waiting["case_id"]) == (offer, CASE)
    other = token_for("triage", "key-worker", subject="staff-9", organisation="certitude")
    async with api_client(app, other) as elsewhere:
        assert (await elsewhere.get("/api/v1/offers")).json()["items"] == []
        assert (await elsewhere.post(f"/api/v1/offers/{offer}/accept")).status_code == 403
    assert (await provider.post(f"/api/v1/offers/{offer}/accept")).status_code == 200
    late = {"reason_code": "no-capacity", "note": "MARKED-NOTE"}
    assert (await provider.post(f"/api/v1/offers/{offer}/decline", json=late)).status_code == 200
    await room.settle()
    assert (await provider.get("/api/v1/offers")).json()["items"] == []
    (shown,) = (await staff.get(PATH)).json()["offers"]
    assert (shown["accepted_by"], shown["declined_by"], shown["late"]) == ("provider", "provider", True)
    assert shown["note"] == "MARKED-NOTE"
    (said,) = [each for each in room.said if each.type == "triage.support-declined.v1"]
    assert (said.data["late"], said.data["service_id"], said.actor) == (True, entry, "staff-8")
    assert "MARKED-NOTE" not in str([each.data for each in room.said])
    assert (await staff.get("/api/v1/cases")).json()["items"][0]["id"] == CASE


async def test_what_fits_comes_first_and_says_why_and_nothing_is_left_out(
    staff: ApiClient, provider: ApiClient, room: Room
) -> None:
    far = await written(provider, name="Example A Far", areas=["Streatham"], minimum_age=60, helps_with=["work"])
    near = await written(provider, name="Example Z Near", helps_with=["home"])
    await provider.post(f"{ENTRIES}/{far}/make-room", json={"places": 0})
    fits = (await staff.get(f"{PATH}/offers/fits", params={"area": "Brixton"})).json()["items"]
    assert [fit["service_id"] for fit in fits] == [near, far]
    assert (fits[0]["points"]["help"], fits[0]["asks"]) == (True, [])
    assert (fits[1]["points"]["age"], fits[1]["points"]["area"], fits[1]["asks"]) == (False, False, ["room"])


async def test_waits_are_measured_from_what_really_happened(
    staff: ApiClient, provider: ApiClient, room: Room, clock: FixedClock
) -> None:
    entry = await written(provider, wait_time="About a week")
    offer = await offered(staff, room, entry)
    await staff.post(f"{PATH}/offers/{offer}/accept")
    clock.advance(days=3)
    async with api_client(room.app(), roles=["triage-worker"]) as later:
        await later.post(f"{PATH}/offers/{offer}/start", json={})
        await room.settle()
        shown = (await later.get(f"{ENTRIES}/{entry}")).json()
    assert (shown["measured_median_days"], shown["measured_of"]) == (3, 1)
    assert shown["says"]["wait_time"] == "About a week"


async def test_an_import_can_be_repeated_and_takes_no_entry_from_its_owner(app: FastAPI, provider: ApiClient) -> None:
    own = await written(provider)
    entries = [
        {**ENTRY, "name": "Example Imported", "id": new_id(), "organisation_id": "certitude"},
        {**ENTRY, "id": own, "organisation_id": "certitude"},
        {**ENTRY, "id": new_id(), "organisation_id": "certitude", "minimum_age": 9, "maximum_age": 8},
    ]
    async with api_client(app, token_for("triage", "service-administrator", organisation="slam")) as administrator:
        first, again = [
            (await administrator.post(f"{ENTRIES}/import", json={"entries": entries})).json() for _ in range(2)
        ]
        listed = (await administrator.get(ENTRIES)).json()["items"]
    assert first == again
    assert first["taken"] == 1
    assert len(first["refused"]) == 2
    assert {each["organisation_id"] for each in listed} == {"certitude", "mosaic-clubhouse"}
    assert all(each["freshness"] == "never" for each in listed)


async def test_a_stale_entry_says_so(provider: ApiClient, room: Room, clock: FixedClock) -> None:
    entry = await written(provider)
    await provider.post(f"{ENTRIES}/{entry}/assure")
    clock.advance(days=183)
    token = token_for("triage", "key-worker", subject="staff-8", organisation="mosaic-clubhouse")
    async with api_client(room.app(), token) as later:
        assert (await later.get(f"{ENTRIES}/{entry}")).json()["freshness"] == "stale"


async def test_as_many_entries_as_an_import_takes_fit_into_it(app: FastAPI) -> None:
    entries = [
        {**ENTRY, "description": "x" * 1_000, "id": new_id(), "organisation_id": "certitude"} for _ in range(200)
    ]
    async with api_client(app, token_for("triage", "service-administrator", organisation="slam")) as administrator:
        answer = await administrator.post(f"{ENTRIES}/import", json={"entries": entries})
    assert (answer.status_code, answer.json()["taken"]) == (200, 200)
