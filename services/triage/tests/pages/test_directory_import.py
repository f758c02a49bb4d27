"""A file of another directory, from choosing it to the directory with its services in it."""

import json
import re
from collections.abc import AsyncIterator
from typing import Any

import pytest

from alliance.kernel import FixedClock, new_id
from alliance.testing.rooms import Browser, browsing

from ..builders import Room
from ..harvest import a_service
from .reading import text_of

PATH = "/directory/import"


@pytest.fixture
def room(clock: FixedClock) -> Room:
    return Room.opened(clock)


@pytest.fixture
async def ada(room: Room) -> AsyncIterator[Browser]:
    """A service administrator."""
    async with browsing(room.app(), "service-administrator", subject="staff-ada") as browser:
        yield browser


async def uploaded(browser: Browser, content: bytes, kind: str = "clubhouse") -> Any:
    origin = {"Sec-Fetch-Site": "same-origin", "Origin": str(browser.base_url).rstrip("/")}
    files = {"file": ("made-up.json", content, "application/json")}
    return await browser.post(PATH, data={"form_token": new_id(), "kind": kind}, files=files, headers=origin)


def held(page: str) -> dict[str, str]:
    return dict(re.findall(r'name="(held|kind|form_token)" value="([^"]*)"', page))


@pytest.mark.parametrize("wrapped", ["page", "list", "services", "one"])
async def test_a_file_is_checked_and_then_imported_once(ada: Browser, room: Room, wrapped: str) -> None:
    services = [a_service(1)] if wrapped == "one" else [a_service(1), a_service(2), a_service(3, status="shut")]
    file = {
        "page": {"total_items": 3, "contents": services},
        "list": services,
        "services": {"services": services},
        "one": services[0],
    }[wrapped]
    checked = (await uploaded(ada, json.dumps(file).encode())).text
    shown = text_of(checked)
    assert "Cost options" in shown
    assert "Organisations outside the alliance" in shown
    assert ("Its status is none of" in shown) is (wrapped != "one")
    assert (await room.given["directory"].page("listed")).items == []
    answer = await ada.send_form(f"{PATH}/start", **held(checked))
    assert answer.status_code == 303
    new = 1 if wrapped == "one" else 2
    page = text_of((await ada.get(answer.headers["location"])).text)
    bad = ", 1 not taken" if wrapped != "one" else ""
    assert f"The file is imported: {new} new{bad}." in page
    assert "Made-up Charity (Testing)" in page
    again = text_of((await uploaded(ada, json.dumps(file).encode())).text)
    assert "There is nothing to import." in again


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "Choose a file"),
        (b"name,status", "The file is no JSON."),
        (b'{"name": "Made-up"}', "The file has no list of services."),
        (b"[]", "The file has no list of services."),
        (json.dumps([1] * 1_001).encode(), "The file has more than 1,000 services."),
        (b"[" * 100_000, "The file is no JSON."),
        (b" " * (4 * 1024 * 1024 + 1), "The file must be smaller than 4 MB"),
    ],
    ids=["none", "csv", "object", "empty", "many", "deep", "large"],
)
async def test_a_file_that_is_none_is_told(ada: Browser, content: bytes, told: str) -> None:
    answer = await uploaded(ada, content)
    assert answer.status_code in (409, 422)
    assert told in text_of(answer.text)


async def test_what_was_checked_cannot_be_swapped_for_nonsense(ada: Browser, room: Room) -> None:
    for nonsense in ("", "!", "AAAA"):
        answer = await ada.send_form(f"{PATH}/start", held=nonsense, kind="clubhouse")
        assert answer.status_code == 409
        assert "Choose the file again." in text_of(answer.text)
    checked = held((await uploaded(ada, json.dumps([a_service()]).encode())).text)
    assert (await ada.send_form(f"{PATH}/start", **{**checked, "kind": "nonsense"})).status_code == 409
    assert (await room.given["directory"].page("listed")).items == []


async def test_hundreds_of_services_come_in_by_one_request(ada: Browser, room: Room) -> None:
    services = [a_service(number) for number in range(600)]
    checked = held((await uploaded(ada, json.dumps(services).encode())).text)
    assert (await ada.send_form(f"{PATH}/start", **checked)).status_code == 303
    assert len((await room.given["directory"].page("listed", limit=700)).items) == 600


async def test_a_worker_finds_no_link_to_it(room: Room) -> None:
    async with browsing(room.app(), "triage-worker") as worker:
        assert "/directory/import" not in (await worker.get("/directory")).text
        assert (await worker.get(PATH)).status_code == 403
