"""Services of another directory come in by the API: once each, with what they cannot know kept and said."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from alliance.kernel import FixedClock, derived_id
from alliance.testing import as_staff
from alliance.testing.api import ApiClient, api_client, token_for
from alliance.testing.rooms import browsing
from triage.domain.entry import Entry, Freshness

from ..builders import Room
from ..directory import SECRET, an_entry
from ..harvest import a_service

IMPORT = "/api/v1/directory-entries/import-standard"


@pytest.fixture
def room(clock: FixedClock) -> Room:
    return Room.opened(clock)


@pytest.fixture
async def administrator(room: Room) -> AsyncIterator[ApiClient]:
    async with api_client(room.app(), token_for("triage", "service-administrator", organisation="slam")) as client:
        yield client


async def taken_in(client: ApiClient, *services: dict[str, Any], check: bool = False) -> dict[str, Any]:
    body = {"kind": "clubhouse", "services": list(services), "check": check}
    answer = await client.post(IMPORT, json=body)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def entry_of(room: Room, number: int = 1) -> Entry:
    entry: Entry = await room.given["directory"].get(derived_id("test", "harvested", str(number)))
    return entry


def counts(report: dict[str, Any]) -> tuple[int, ...]:
    return tuple(report[key] for key in ("new", "changed", "same", "refused"))


async def test_the_same_file_again_doubles_and_changes_nothing(room: Room, administrator: ApiClient) -> None:
    services = [a_service(1), a_service(2), a_service(3, status="shut"), a_service(1)]
    assert counts(await taken_in(administrator, *services, check=True)) == (2, 0, 0, 2)
    assert await room.given["directory"].find(derived_id("test", "harvested", "1")) is None
    first = await taken_in(administrator, *services)
    assert counts(first) == (2, 0, 0, 2)
    assert [each["why"] for each in first["services"]][2:] == [
        "Its status is none of active, inactive, temporarily closed, defunct.",
        "It has the same id as number 1.",
    ]
    before = await entry_of(room)
    assert counts(await taken_in(administrator, *services)) == (0, 0, 2, 2)
    assert await entry_of(room) == before
    assert counts(await taken_in(administrator, a_service(1, alert="Shut"))) == (0, 1, 0, 0)
    assert (await entry_of(room)).says.alert == "Shut"


async def test_the_day_of_assurance_is_kept_and_never_goes_back(
    room: Room, administrator: ApiClient, clock: FixedClock
) -> None:
    await taken_in(
        administrator, a_service(1), a_service(2, assured_date=None), a_service(3, assured_date="2025-01-01")
    )
    assert (await entry_of(room)).assured_at is not None
    found = [(await entry_of(room, number)).freshness(clock.now()) for number in (1, 2, 3)]
    assert found == [Freshness.ASSURED, Freshness.NEVER, Freshness.STALE]
    await taken_in(administrator, a_service(1, assured_date="2026-08-01"))
    async with browsing(room.app()) as nobody:
        shown = (await nobody.get(f"/api/v1/directory/services/{(await entry_of(room)).id}")).json()
    assert shown["assured_date"] == "2026-09-01"
    assert shown["organization"]["name"] == "Made-up Charity (Testing)"


async def test_what_is_confidential_here_stays_and_no_service_changes_hands(
    room: Room, administrator: ApiClient
) -> None:
    own = an_entry()
    with as_staff("staff-1"):
        await room.given["directory"].add(own)
    told = a_service(id=own.id, organization={"name": "Mosaic Clubhouse"}, phones=[{"number": "07700 900998"}])
    assert counts(await taken_in(administrator, told)) == (0, 1, 0, 0)
    says = (await room.given["directory"].get(own.id)).says
    assert (says.name, says.confidential_contact, says.kind) == ("Made-up Service 1", SECRET, own.says.kind)
    assert [(each.number, each.confidential) for each in says.phones] == [
        ("020 7946 0002", False),
        ("07700 900998", True),
    ]
    refused = await taken_in(administrator, a_service(id=own.id))
    assert counts(refused) == (0, 0, 0, 1)
    assert refused["services"][0]["why"] == "It is here as another organisation's."


async def test_a_directory_of_ours_comes_back_as_it_went(room: Room, clock: FixedClock) -> None:
    entry = an_entry(email="circle@example.org", terms=("esdServiceTypes:1234", "plain"), accessibility=("step-free",))
    entry.assure(by="staff-1", at=clock.now(), days=182)
    with as_staff("staff-1"):
        await room.given["directory"].add(entry)
    async with browsing(room.app()) as nobody:
        page = (await nobody.get("/api/v1/directory/services?full=true")).json()
    other = Room.opened(clock)
    async with api_client(other.app(), token_for("triage", "service-administrator", organisation="slam")) as client:
        report = await taken_in(client, *page["contents"])
    assert counts(report) == (1, 0, 0, 0)
    assert report["services"][0]["left_out"] == []
    back: Entry = await other.given["directory"].get(entry.id)
    assert (back.says, back.organisation_id) == (entry.says.published(), entry.organisation_id)


async def test_only_a_service_administrator_takes_in(room: Room) -> None:
    async with api_client(room.app(), roles=["triage-worker"]) as worker:
        body = {"kind": "clubhouse", "services": [a_service()]}
        assert (await worker.post(IMPORT, json=body)).status_code == 403
