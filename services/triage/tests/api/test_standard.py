"""The public directory against Open Referral: HSDS 3.0 and its UK profile, path by path and shape by shape."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from fastapi import FastAPI

from alliance.kernel import FixedClock, new_id
from alliance.testing import as_staff
from alliance.testing.rooms import Browser, browsing
from triage.domain.particulars import Where

from ..builders import Room
from ..directory import SECRET, an_entry, full
from .standard import unknown_to, wrong_with

DIRECTORY = "/api/v1/directory"
LISTS = {
    "services": "service",
    "services?full=true": "service",
    "organizations": "organization",
    "organizations?full=true": "organization",
    "organizations?full_service=true": "organization",
    "taxonomies": "taxonomy",
    "taxonomy_terms?per_page=200": "taxonomy_term",
    "service_at_locations": "service_at_location",
    "service_at_locations?full=true": "service_at_location",
}
PAGE = {"total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty", "contents"}


@pytest.fixture
async def room(clock: FixedClock) -> Room:
    """Three services of two members; one says all that can be said, one has a confidential place, one little."""
    room = Room.opened(clock)
    whole = an_entry(
        url="https://example.org/circle",
        email="circle@example.org",
        eligibility="Everybody who wants to come.",
        maximum_age=99,
        fees="Nothing",
        wait_time="About a week",
        application_process="Call us.",
        interpretation="By phone",
        alert="Closed on Friday",
        accessibility=("step-free-access",),
        terms=("esdServiceTypes:1234", "plain"),
    )
    whole.make_room(full(2), by="staff-1", at=clock.now())
    whole.assure(by="staff-1", at=clock.now(), days=182)
    secret = Where(address="2 Secret Street", postcode="SW9 9ZZ", confidential=True)
    hidden = an_entry(
        "Example Hidden House", "certitude", minimum_age=None, where=secret, areas=("Stockwell",), hours=(), phones=()
    )
    little = an_entry("Example Little", minimum_age=40, hours=(), where=None, phones=(), helps_with=())
    with as_staff("staff-1"):
        for entry in (whole, hidden, little):
            await room.given["directory"].add(entry)
    return room


@pytest.fixture
def app(room: Room) -> FastAPI:
    return room.app()


@pytest.fixture
async def nobody(app: FastAPI) -> AsyncIterator[Browser]:
    async with browsing(app) as browser:
        yield browser


async def told(nobody: Browser, path: str) -> Any:
    answer = await nobody.get(f"{DIRECTORY}/{path}")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def names(nobody: Browser, query: str) -> list[str]:
    return [each["name"] for each in (await told(nobody, f"services?{query}"))["contents"]]


@pytest.mark.parametrize("uk", [False, True], ids=["hsds", "uk"])
@pytest.mark.parametrize("path", LISTS)
async def test_every_list_and_each_of_its_items_is_as_the_standard_has_it(
    nobody: Browser, path: str, *, uk: bool
) -> None:
    shape, page = LISTS[path], await told(nobody, path)
    assert set(page) == PAGE
    assert page["total_items"] == page["size"] > 0
    for item in page["contents"]:
        one = await told(nobody, f"{path.partition('?')[0]}/{item['id']}")
        assert one["id"] == item["id"]
        for each in (item, one):
            assert wrong_with(shape, each, uk=uk) == []
            assert list(unknown_to(shape, each)) == []
            for service in [*each.get("services", []), *filter(None, [each.get("service")])]:
                assert wrong_with("service", service, uk=uk) == []
        assert SECRET not in str(one)
        assert "2 Secret Street" not in str(one)


async def test_the_first_page_of_all_says_which_standard_it_is(nobody: Browser) -> None:
    for path in (DIRECTORY, f"{DIRECTORY}/"):
        about = (await nobody.get(path)).json()
        assert about["version"] == "HSDS-UK-3.0"
        assert set(about) == {"version", "profile", "openapi_url"}


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("service", {"id": new_id(), "name": "Example", "status": "shut"}),
        ("service", {"id": "1", "name": "Example", "status": "active"}),
        ("service", {"id": new_id(), "name": "Example", "status": "active", "url": None}),
        ("taxonomy_term", {"id": new_id(), "name": "Example"}),
        ("organization", {"id": new_id(), "name": "Example", "description": "", "locations": [{"id": new_id()}]}),
    ],
    ids=["status", "id", "null", "description", "within"],
)
def test_what_is_not_as_the_standard_has_it_is_seen(name: str, answer: dict[str, Any]) -> None:
    assert wrong_with(name, answer)


def test_a_field_that_the_standard_does_not_know_is_seen() -> None:
    assert list(unknown_to("service", {"organization": {"id": "", "nickname": ""}, "where": ""})) == [
        "organization.nickname",
        "service.where",
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("search=peer%20CIRCLE", ["Example Peer Circle"]),
        ("modified_after=2026-11-03T00:00:00Z", []),
        ("modified_after=2026-11-02", ["Example Hidden House", "Example Little", "Example Peer Circle"]),
        ("minimum_age=30", ["Example Little"]),
        ("maximum_age=99", ["Example Peer Circle"]),
        ("day=MO", ["Example Peer Circle"]),
        ("day=SU", []),
        ("start_time=09:00&end_time=17:00", ["Example Peer Circle"]),
        ("start_time=10:00", []),
        ("organization_id=no-such", []),
        ("per_page=1&page=2", ["Example Little"]),
    ],
)
async def test_a_harvester_filters_as_the_standard_has_it(nobody: Browser, query: str, found: list[str]) -> None:
    assert await names(nobody, query) == found


async def test_services_are_found_by_the_ids_of_their_terms_taxonomies_and_organisations(nobody: Browser) -> None:
    (circle,) = (await told(nobody, "services?search=circle"))["contents"]
    terms = (await told(nobody, "taxonomy_terms?search=1234"))["contents"]
    assert [term["code"] for term in terms] == ["1234"]
    for key in ("taxonomy_term_id", "taxonomy_id"):
        value = terms[0]["id"] if key == "taxonomy_term_id" else terms[0][key]
        assert await names(nobody, f"{key}={value}") == [circle["name"]]
        assert (await told(nobody, f"service_at_locations?{key}={value}"))["total_items"] == 1
    of = await names(nobody, f"organization_id={circle['organization_id']}")
    assert of == ["Example Little", "Example Peer Circle"]
    organization = await told(nobody, f"organizations/{circle['organization_id']}")
    assert [each["name"] for each in organization["services"]] == of
    assert (await told(nobody, "taxonomy_terms?parent_id=any"))["empty"]
    assert {each["taxonomy_id"] for each in (await told(nobody, "taxonomy_terms?per_page=200"))["contents"]} == {
        each["id"] for each in (await told(nobody, "taxonomies"))["contents"]
    }


async def test_minimal_lists_all_ids_at_once_and_a_confidential_place_is_no_place(nobody: Browser) -> None:
    page = await told(nobody, "services?minimal=true&per_page=1&page=2")
    assert (page["total_items"], page["size"], page["last_page"]) == (3, 3, True)
    assert {tuple(each) for each in page["contents"]} == {("id", "modified_date")}
    (at,) = (await told(nobody, "service_at_locations"))["contents"]
    assert at["service"]["name"] == "Example Peer Circle"
    assert at["location"]["addresses"][0]["postal_code"] == "SW9 9ZZ"


@pytest.mark.parametrize("path", ["services", "organizations", "taxonomies", "taxonomy_terms", "service_at_locations"])
async def test_what_is_not_there_and_what_cannot_be_asked_is_told(nobody: Browser, path: str) -> None:
    assert (await nobody.get(f"{DIRECTORY}/{path}/{new_id()}")).status_code == 404
    assert (await nobody.get(f"{DIRECTORY}/{path}/no-id")).status_code == 404
    for query in ("page=0", "per_page=0", "per_page=201", "page=x", "format=ndjson"):
        assert (await nobody.get(f"{DIRECTORY}/{path}?{query}")).status_code == 422, query
    assert (await told(nobody, f"{path}?page=9"))["empty"]


async def test_a_new_assurance_is_a_change_to_those_who_ask_what_has_changed(
    room: Room, nobody: Browser, clock: FixedClock
) -> None:
    clock.advance(days=2)
    little = an_entry("Example Little")
    with as_staff("staff-1"):
        await room.given["directory"].change(
            little.id, lambda entry: entry.assure(by="staff-1", at=clock.now(), days=182), remember=False
        )
    assert await names(nobody, "modified_after=2026-11-03T00:00:00Z") == ["Example Little"]
