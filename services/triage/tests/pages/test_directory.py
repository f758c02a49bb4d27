"""The directory's pages: providers write and assure, anybody reads, workers choose what fits, providers answer."""

import re
from collections.abc import AsyncIterator
from html import unescape
from typing import Any

import pytest
from fastapi import FastAPI

from alliance.kernel import FixedClock
from alliance.testing import as_staff
from alliance.testing.rooms import Browser, browsing
from triage.application.allocation import take_on
from triage.domain.allocating import Colleague
from triage.domain.case import Case
from triage.domain.entry import Entry
from triage.domain.offer import OfferState

from ..builders import CASE, Room
from ..directory import SECRET
from .reading import filled, text_of

ENTRY: dict[str, Any] = {
    "name": "Example Peer Circle",
    "kind": "peer-support",
    "status": "active",
    "description": "Made-up people who have been through it themselves.",
    "helps_with": ["home"],
    "staff_phones": "07700 900998",
    "confidential_contact": SECRET,
    "minimum_age": "18",
    "hours": "Mon-Fri 09:00-17:00\nSat 10.00-12.30",
    "address": "1 Made Up Street",
    "address_is": "confidential",
    "areas": "Brixton\nStockwell",
    "languages": ["so"],
}


@pytest.fixture
async def provider(app: FastAPI) -> AsyncIterator[Browser]:
    """A key worker of the organisation that gives the support."""
    async with browsing(app, "key-worker", subject="staff-8", organisation="mosaic-clubhouse") as browser:
        yield browser


async def sent(browser: Browser, path: str, **answers: Any) -> str:
    """Fill in the form at `path`, send it, and read the page that one comes to."""
    answer = await browser.send_form(path, **await filled(browser, path, **answers))
    assert answer.status_code == 303, text_of(answer.text)
    return text_of((await browser.get(answer.headers["location"])).text)


async def written(provider: Browser, room: Room, **more: Any) -> str:
    await sent(provider, "/directory/add", **{**ENTRY, **more})
    entries: list[Entry] = (await room.given["directory"].page("listed")).items
    return next(each.id for each in entries if each.says.name == more.get("name", ENTRY["name"]))


async def the_case(room: Room) -> Case:
    case: Case = await room.given["cases"].get(CASE)
    return case


async def test_a_provider_writes_changes_and_assures_an_entry(provider: Browser, room: Room) -> None:
    entry = await written(provider, room)
    shown = text_of((await provider.get(f"/directory/{entry}")).text)
    assert "Never assured" in shown
    assert "Monday, Tuesday, Wednesday, Thursday, Friday: 09:00 to 17:00 Saturday: 10:00 to 12:30" in shown
    assert SECRET in shown
    before = (await room.given["directory"].get(entry)).says
    unchanged = await filled_as_it_is(provider, f"/directory/{entry}/edit")
    assert (await provider.send_form(f"/directory/{entry}/edit", **unchanged)).status_code == 303
    assert (await room.given["directory"].get(entry)).says == before
    assert "Assured on 2 November 2026." in await sent(provider, f"/directory/{entry}/assure")
    room_told = {"places": "2", "taking": "no", "reason": "staff-away"}
    assert "Not taking anybody on now: staff are away" in await sent(provider, f"/directory/{entry}/room", **room_told)


async def filled_as_it_is(browser: Browser, path: str) -> dict[str, Any]:
    """What the form at `path` sends when nobody changes anything."""
    page = (await browser.get(path)).text
    found: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", page):
        told = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if told.get("type") in ("checkbox", "radio") and " checked" not in tag:
            continue
        if "name" in told:
            found.setdefault(told["name"], []).append(unescape(told.get("value", "")))
    for name, text in re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>(.*?)</textarea>', page, re.DOTALL):
        found[name] = [unescape(text)]
    return {name: values if len(values) > 1 else values[0] for name, values in found.items()}


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("hours", "whenever", "Write opening times as Mon-Fri 09:00-17:00, one line each"),
        ("hours", "Xyz 09:00-17:00", "Write the days as Mon-Fri, or as Mon, Wed"),
        ("url", "javascript:alert(1)", "Enter a web address that begins with https://"),
        ("minimum_age", "old", "Enter an age in years, such as 18"),
        ("name", "", "Enter what the service is called"),
    ],
)
async def test_what_is_typed_wrongly_is_told_and_kept(provider: Browser, field: str, typed: str, told: str) -> None:
    answers = await filled(provider, "/directory/add", **{**ENTRY, field: typed})
    refused = await provider.send_form("/directory/add", **answers)
    assert refused.status_code == 422
    assert told in text_of(refused.text)
    assert ENTRY["description"] in refused.text


async def test_only_an_address_asks_whether_anybody_may_know_it(provider: Browser, room: Room) -> None:
    answers = await filled(provider, "/directory/add", **{**ENTRY, "address_is": ""})
    refused = await provider.send_form("/directory/add", **answers)
    assert refused.status_code == 422
    assert "Select whether anybody may know the address" in text_of(refused.text)
    entry = await written(provider, room, address="", address_is="")
    assert not (await room.given["directory"].get(entry)).says.published().where


async def test_phone_mail_and_web_are_links(app: FastAPI, provider: Browser, room: Room) -> None:
    told = {"phones": "020 7946 0001", "email": "circle@example.org", "url": "https://example.org/?a=1&b=2"}
    entry = await written(provider, room, **told)
    async with browsing(app) as nobody:
        page = (await nobody.get(f"/services/{entry}")).text
    for href in ("tel:02079460001", "mailto:circle@example.org", "https://example.org/?a=1&amp;b=2"):
        assert f'href="{href}"' in page


async def test_only_its_own_people_change_an_entry(
    app: FastAPI, provider: Browser, worker: Browser, room: Room
) -> None:
    entry = await written(provider, room)
    shown = (await worker.get(f"/directory/{entry}")).text
    assert SECRET in shown
    assert "/edit" not in shown
    for path in ("edit", "room", "assure"):
        assert (await worker.get(f"/directory/{entry}/{path}")).status_code == 403
    async with browsing(app, "alliance-lead", organisation="nhs-south-east-london") as lead:
        assert SECRET not in (await lead.get(f"/directory/{entry}")).text


async def test_anybody_finds_support_and_nothing_confidential(app: FastAPI, provider: Browser, room: Room) -> None:
    entry = await written(provider, room)
    await written(provider, room, name="Example Work Club", kind="money-and-work-advice", areas="Streatham")
    async with browsing(app) as nobody:
        listed = text_of((await nobody.get("/services")).text)
        assert "Example Peer Circle" in listed
        assert "Example Work Club" in listed
        assert "Example Work Club" not in text_of((await nobody.get("/services?area=Brixton")).text)
        found = text_of((await nobody.send_form("/services", words="peer")).text)
        assert "Example Peer Circle" in found
        assert "Example Work Club" not in found
        one = (await nobody.get(f"/services/{entry}")).text
        assert "Open just now" in one
        for secret in (SECRET, "07700 900998", "1 Made Up Street", "staff-8"):
            assert secret not in one


async def test_staff_filter_search_and_take_the_directory_away(worker: Browser, provider: Browser, room: Room) -> None:
    await written(provider, room)
    await written(provider, room, name="Example Work Club", kind="money-and-work-advice", hours="")
    assert "Example Work Club" not in text_of((await worker.get("/directory?kind=peer-support")).text)
    assert "Example Work Club" not in text_of((await worker.get("/directory?open_now=yes")).text)
    assert "Example Peer Circle" not in text_of((await worker.send_form("/directory", words="work club")).text)
    assert (await worker.send_form("/directory", words=" ")).status_code == 422
    file = (await worker.get("/directory.csv?kind=peer-support")).text
    assert "Example Peer Circle" in file
    assert "Work Club" not in file


async def test_what_nobody_assured_for_too_long_says_so_everywhere(
    app: FastAPI, provider: Browser, worker: Browser, room: Room, clock: FixedClock
) -> None:
    entry = await written(provider, room)
    await sent(provider, f"/directory/{entry}/assure")
    assert "All of them are assured." in text_of((await provider.get("/directory/to-assure")).text)
    clock.advance(days=200)
    async with browsing(app, "triage-worker") as later:
        for path in (f"/directory/{entry}", f"/services/{entry}", f"/cases/{CASE}/offer-support/{entry}"):
            assert "Not assured for 200 days" in text_of((await later.get(path)).text), path
        assert "Example Peer Circle" in text_of((await later.get("/directory/to-assure")).text)


async def test_what_fits_comes_first_with_its_reasons_and_what_does_not_is_offered_all_the_same(
    worker: Browser, provider: Browser, room: Room
) -> None:
    await written(provider, room, name="Example A Far", helps_with=["work"], areas="Streatham", minimum_age="60")
    near = await written(provider, room, name="Example Z Near")
    shown = text_of((await worker.get(f"/cases/{CASE}/offer-support/directory?area=Brixton")).text)
    assert shown.index("Example Z Near") < shown.index("Example A Far")
    assert "Helps with home, as was asked for." in shown
    assert "For people in Streatham. Ask: they may make an exception." in shown
    assert "For people of 60 and over. Ask: they may make an exception." in shown
    await sent(provider, f"/directory/{near}/room", places="0", taking="yes")
    path = f"/cases/{CASE}/offer-support/{near}"
    assert "Ask before you offer" in text_of((await worker.get(path)).text)
    refused = await worker.send_form(path, **await filled(worker, path))
    assert refused.status_code == 409
    assert "Confirm that you offer it." in text_of(refused.text)
    assert "Support is offered." in await sent(worker, path, confirm="yes")
    (offer,) = (await the_case(room)).offers
    assert (offer.service_id, offer.provider_id) == (near, "mosaic-clubhouse")


async def test_a_provider_declines_late_and_the_case_says_who_it_was(
    worker: Browser, provider: Browser, room: Room
) -> None:
    entry = await written(provider, room)
    await sent(worker, f"/cases/{CASE}/offer-support/{entry}")
    await room.settle()
    (offer,) = (await the_case(room)).offers
    inbox = (await provider.get("/offers")).text
    assert f"Case {CASE[:8]}" in text_of(inbox)
    assert "Testa" not in inbox
    assert "a place is kept" in await sent(provider, f"/offers/{offer.id}/accept")
    await room.settle()
    page = text_of((await provider.get(f"/offers/{offer.id}/decline")).text)
    assert "It was accepted before." in page
    await sent(provider, f"/offers/{offer.id}/decline", reason="no-capacity", note="MARKED-NOTE")
    shown = text_of((await worker.get(f"/cases/{CASE}")).text)
    assert "The provider declined peer support from Mosaic Clubhouse" in shown
    assert "after it had been accepted" in shown
    assert "MARKED-NOTE" in shown
    assert (await the_case(room)).offers[0].state is OfferState.DECLINED
    assert "The provider declined peer support late" in text_of((await worker.get("/cases")).text)
    parked = text_of((await worker.get(f"/cases/{CASE}/offer-support/{entry}")).text)
    assert "not to be offered again before 2 December 2026" in parked


async def test_a_named_worker_of_the_provider_sees_whose_offer_it_is_and_others_have_no_inbox_of_it(
    app: FastAPI, worker: Browser, provider: Browser, room: Room
) -> None:
    entry = await written(provider, room)
    await sent(worker, f"/cases/{CASE}/offer-support/{entry}")
    await room.settle()
    (offer,) = (await the_case(room)).offers
    with as_staff("staff-8"):
        await take_on(
            CASE, Colleague(subject="staff-8", organisation="mosaic-clubhouse"), room.given["cases"], room.clock
        )
    assert "Testa Example-Person" in (await provider.get("/offers")).text
    async with browsing(app, "key-worker", subject="staff-9", organisation="certitude") as other:
        assert "No offer waits for your answer." in text_of((await other.get("/offers")).text)
        assert (await other.get(f"/offers/{offer.id}/accept")).status_code == 403


async def test_support_that_came_back_is_seen_to(worker: Browser, provider: Browser, room: Room) -> None:
    one, other = await written(provider, room), await written(provider, room, name="Example Other Circle")
    for entry in (one, other):
        await sent(worker, f"/cases/{CASE}/offer-support/{entry}")
    first = (await the_case(room)).offers[0]
    await sent(worker, f"/cases/{CASE}/offers/{first.id}/decline", by="person", reason="too-far")
    assert (await the_case(room)).queue is not None
    assert "What came back is seen to." in await sent(worker, f"/cases/{CASE}/see-to-declines")
    assert (await the_case(room)).queue is None
