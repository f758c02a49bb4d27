"""The staff's list of hundreds of entries: pages and filters by name, by who gives it, by when it was assured."""

import re
from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI

from alliance.kernel import FixedClock, new_id
from alliance.testing import as_staff
from alliance.testing.api import api_client
from alliance.testing.reads import reads_of
from alliance.testing.rooms import Browser, browsing
from triage.application.directory import PlacesInUse, standing_of
from triage.domain.codes import Support
from triage.domain.place import Place
from triage.pages.directory.reading import MOST, SHOWN

from ..builders import Room
from ..directory import an_entry

MANY = 300


@pytest.fixture
async def room(clock: FixedClock) -> Room:
    """Every third is of Certitude, every tenth was never assured, and number n was assured n days ago."""
    room = Room.opened(clock)
    with as_staff("staff-1"):
        for number in range(MANY):
            kind = Support.CLUBHOUSE if number % 50 == 0 else Support.PEER_SUPPORT
            provider = "mosaic-clubhouse" if number % 3 else "certitude"
            entry = an_entry(f"Example {number:03}", provider, kind=kind, areas=("Brixton",))
            if number % 10:
                entry.assure(by="staff-1", at=clock.now() - timedelta(days=number), days=182)
            await room.given["directory"].add(entry)
    return room


@pytest.fixture
def app(room: Room) -> FastAPI:
    return room.app()


@pytest.fixture
async def worker(app: FastAPI) -> AsyncIterator[Browser]:
    async with browsing(app, "triage-worker") as browser:
        yield browser


@pytest.fixture
def read(room: Room, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many entries each question to the store found."""
    counts: list[int] = []
    collection: Any = room.given["directory"]._collection
    before = collection.find_many

    async def counted(where: Mapping[str, Any], **more: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = await before(where, **more)
        counts.append(len(found))
        return found

    monkeypatch.setattr(collection, "find_many", counted)
    return counts


def named(page: str) -> list[int]:
    return [int(number) for number in re.findall(r"Example (\d{3})", page)]


async def pages(worker: Browser, path: str) -> list[int]:
    """All that one finds by going from page to page."""
    found: list[int] = []
    while True:
        page = (await worker.get(path)).text
        found += named(page)
        following = re.search(r'href="(\?[^"]*after=[^"]*)"', page)
        if following is None:
            return found
        path = "/directory" + following[1].replace("&amp;", "&")


@pytest.mark.parametrize(
    ("query", "most"),
    [
        ("", SHOWN + 2),
        ("?organisation=certitude", SHOWN + 2),
        ("?assured=half-year", SHOWN + 2),
        ("?organisation=certitude&assured=never", SHOWN + 2),
        ("?kind=peer-support", 2 * (SHOWN + 2)),
        ("?kind=clubhouse", MANY + MANY // SHOWN),
    ],
)
async def test_a_page_reads_no_more_entries_than_it_takes_to_fill_it(
    worker: Browser, read: list[int], query: str, most: int
) -> None:
    await worker.get("/directory")
    read.clear()
    assert (await worker.get(f"/directory{query}")).status_code == 200
    assert 0 < sum(read) <= most


async def test_one_goes_through_all_pages_by_name(worker: Browser) -> None:
    assert await pages(worker, "/directory") == list(range(MANY))


async def test_what_one_organisation_gives_is_found(worker: Browser) -> None:
    assert await pages(worker, "/directory?organisation=certitude") == list(range(0, MANY, 3))
    assert await pages(worker, "/directory?organisation=certitud") == []


async def test_what_was_not_assured_for_long_comes_first(worker: Browser) -> None:
    never, long_ago = set(range(0, MANY, 10)), [n for n in range(MANY - 1, 182, -1) if n % 10]
    found = await pages(worker, "/directory?assured=half-year")
    assert set(found[: len(never)]) == never
    assert found[len(never) :] == long_ago
    assert set(await pages(worker, "/directory?assured=never")) == never
    of = await pages(worker, "/directory?assured=year&organisation=certitude")
    assert set(of) == {number for number in never if number % 3 == 0}


async def test_the_file_is_filtered_alike(worker: Browser) -> None:
    file = (await worker.get("/directory.csv?assured=half-year&organisation=certitude")).text
    assert set(named(file)) == {n for n in range(0, MANY, 3) if n % 10 == 0 or n > 182}


@pytest.mark.parametrize("path", ["/directory.csv", "/services"])
async def test_places_of_all_entries_are_read_by_the_page_and_not_by_the_entry(
    worker: Browser, room: Room, path: str
) -> None:
    with reads_of(room.database, "directory", "places") as reads:
        assert (await worker.get(path)).status_code == 200
    assert sum(each.documents for each in reads if each.collection == "directory") >= MANY
    assert len(reads) < MANY // 20


async def test_of_what_is_to_be_assured_the_first_are_shown_and_no_more_is_read(
    app: FastAPI, worker: Browser, read: list[int]
) -> None:
    """Number n was assured n days ago: what was never assured comes first, then the longest ago, up to soon."""
    never, long_ago = set(range(0, MANY, 10)), [n for n in range(MANY - 1, 167, -1) if n % 10]
    page = (await worker.get("/directory/to-assure")).text
    found = named(page)
    assert "Of others: the first 100" in page
    assert set(found[: len(never)]) == never
    assert found[len(never) :] == long_ago[: MOST - len(never)]
    assert sum(read) <= MOST + 2
    async with browsing(app, "triage-worker", organisation="certitude") as provider:
        page = (await provider.get("/directory/to-assure")).text
    own = named(page[: page.index("Of others")])
    assert sorted(own) == sorted(n for n in {*never, *long_ago} if n % 3 == 0)
    assert not set(own) & set(named(page[page.index("Of others") :]))


async def test_of_all_entries_at_once_the_same_is_told_as_of_each(room: Room, clock: FixedClock) -> None:
    """Support that began long ago does not count as a measured wait, and what has ended takes no place."""
    places, now = room.given["places"], clock.now()
    entries = (await room.given["directory"].page("listed", limit=4)).items
    with as_staff("staff-1"):
        for number in range(40):
            place = Place(
                id=new_id(),
                case_id=new_id(),
                person_id=new_id(),
                kind=Support.PEER_SUPPORT,
                provider_id="certitude",
                service_id=entries[number % 3].id if number % 8 else None,
            )
            started = now - timedelta(days=20 * number)
            place.note(offered_at=started - timedelta(days=number), accepted_at=started, started_at=started)
            place.note(ended_at=now if number % 5 == 0 else None)
            await places.add(place)
    in_use = await PlacesInUse.read(places, now)
    standings = [in_use.standing_of(entry) for entry in entries]
    assert standings == [await standing_of(entry, places, now) for entry in entries]
    assert [(each.taken > 0, each.measured is not None) for each in standings] == [(True, True)] * 3 + [(False, False)]


async def test_an_entry_that_is_gone_from_the_list_begins_it_anew(worker: Browser) -> None:
    page = (await worker.get("/directory?after=00000000-0000-4000-8000-000000000000")).text
    assert named(page) == list(range(SHOWN))


async def test_the_api_goes_from_page_to_page(app: FastAPI) -> None:
    async with api_client(app, roles=["triage-worker"]) as staff:
        found: list[str] = []
        after: dict[str, str] = {}
        while True:
            page = (await staff.get("/api/v1/directory-entries", params={"limit": "70", **after})).json()
            found += [each["says"]["name"] for each in page["items"]]
            if page["next"] is None:
                break
            after = {"after": page["next"]}
    assert found == [f"Example {number:03}" for number in range(MANY)]
