"""On the status page somebody asks for a copy of what is held, or to be forgotten: told, never shown, and done once."""

import pytest
from fastapi import FastAPI

from alliance.kernel import FixedClock, new_id
from alliance.testing import as_staff
from alliance.testing.rooms import Browser, browsing
from intake.domain.codes import SourceCode
from intake.domain.introduction import Introduction
from intake.domain.rights import AskedBy, ErasureGround, IdentityCheck, RefusalGround

from ..builders import NINE, OURS, FrontDoor
from .records import received
from .somebody import answer_all, only, send

COPY, FORGET = "/status/copy", "/status/forget"
KINDS = {COPY: "record_requests", FORGET: "erasures"}
ASKED = {COPY: "You asked for a copy of what we hold about you on", FORGET: "You asked to be forgotten on"}
BY = "3 December 2026"


@pytest.fixture
async def introduction(app: FastAPI, door: FrontDoor, clock: FixedClock) -> Introduction:
    clock.at = NINE.replace(day=3)
    async with browsing(app) as somebody:
        await answer_all(somebody, clock)
        await send(somebody)
    return await only(door)


async def opened(browser: Browser, introduction: Introduction) -> str:
    answer = await browser.send_form("/status", reference=introduction.reference, key=introduction.status_key)
    assert answer.headers["location"] == "/status/mine"
    return (await browser.get("/status/mine")).text


@pytest.mark.parametrize("path", [COPY, FORGET])
async def test_it_is_asked_for_once_and_told_with_the_day_of_the_answer(
    browser: Browser, introduction: Introduction, door: FrontDoor, path: str
) -> None:
    assert f'href="{path}"' in await opened(browser, introduction)
    page = (await browser.get(path)).text
    assert BY in page
    assert "makes sure that it is you" in page
    assert ("This cannot be undone" in page) is (path == FORGET)
    said, token = list(door.said), new_id()
    for _ in range(2):
        sent = await browser.send_form(path, form_token=token)
        assert (sent.status_code, sent.headers["location"]) == (303, "/status/mine")
    (request,) = await door.given[KINDS[path]].with_key("person_id", introduction.person_id)
    assert (request.asked_by, request.state.value, request.identity) == (AskedBy.PERSON, "asked", None)
    assert door.said == said, "nobody is asked for anything before staff know who it is"
    text = (await browser.get("/status/mine")).text
    assert ASKED[path] in text
    assert BY in text
    assert f'href="{path}"' not in text
    again = await browser.send_form(path, form_token=new_id())
    assert again.status_code == 409
    assert "This has been asked for already" in again.text


@pytest.mark.parametrize("path", [COPY, FORGET])
async def test_only_whoever_has_the_page_open_may_ask(
    browser: Browser, introduction: Introduction, door: FrontDoor, clock: FixedClock, path: str
) -> None:
    await opened(browser, introduction)
    clock.advance(minutes=21)
    assert (await browser.get(path)).headers["location"] == "/status"
    assert (await browser.send_form(path)).headers["location"] == "/status"
    assert not await door.given[KINDS[path]].with_key("person_id", introduction.person_id)


async def test_whoever_introduced_somebody_else_may_not_ask_in_their_place(browser: Browser, door: FrontDoor) -> None:
    introduction = await received(door, source_code=SourceCode.CARER)
    assert "What we hold about you" not in await opened(browser, introduction)
    for path in (COPY, FORGET):
        assert (await browser.get(path)).headers["location"] == "/status/mine"
        assert (await browser.send_form(path)).is_redirect
        assert not await door.given[KINDS[path]].with_key("person_id", introduction.person_id)


async def test_what_staff_wrote_down_is_not_told_to_whoever_holds_the_key(
    browser: Browser, introduction: Introduction, app: FastAPI
) -> None:
    async with browsing(app, "front-door-worker", organisation=OURS) as staff:
        asked = await staff.send_form(f"/people/{introduction.person_id}/erasure", identity="known-to-staff")
    assert asked.status_code == 303
    assert ASKED[FORGET] not in await opened(browser, introduction)


async def test_a_copy_is_gathered_once_staff_know_who_it_is(
    browser: Browser, introduction: Introduction, app: FastAPI, door: FrontDoor
) -> None:
    await opened(browser, introduction)
    await browser.send_form(COPY)
    (request,) = await door.given["record_requests"].with_key("person_id", introduction.person_id)
    async with browsing(app, "governance-lead", organisation=OURS) as lead:
        assert f"/record-requests/{request.id}" in (await lead.get("/rights")).text
        assert (await lead.send_form(f"/record-requests/{request.id}/start")).status_code == 422
        started = await lead.send_form(f"/record-requests/{request.id}/start", identity="called-back")
        assert started.status_code == 303
        holders = (await lead.get(f"/record-requests/{request.id}")).text
        for title in ("Front door", "Conversations", "Homes", "Budget", "Alerts", "Outcomes"):
            assert f"<li>{title}: waiting since" in holders
    assert "record-requested.v1" in door.types_said()
    assert "We are putting it together." in (await browser.get("/status/mine")).text


async def test_nobody_agrees_to_forget_somebody_before_it_is_known_to_be_them(
    browser: Browser, introduction: Introduction, app: FastAPI, door: FrontDoor
) -> None:
    await opened(browser, introduction)
    await browser.send_form("/status/withdraw")
    await browser.send_form(FORGET)
    (erasure,) = await door.given["erasures"].with_key("person_id", introduction.person_id)
    decide = f"/erasures/{erasure.id}/decide"
    async with browsing(app, "governance-lead", organisation=OURS) as lead:
        assert "How do we know that it is them?" in (await lead.get(decide)).text
        refused = await lead.send_form(decide, ground=ErasureGround.OBJECTION.value)
        assert refused.status_code == 409
        assert "Make sure first that it is them." in refused.text
        agreed = await lead.send_form(decide, ground=ErasureGround.OBJECTION.value, identity="called-back")
        assert agreed.status_code == 303, agreed.text
    stored = await door.given["erasures"].get(erasure.id)
    assert stored.identity is IdentityCheck.CALLED_BACK
    assert "We have agreed." in (await browser.get("/status/mine")).text


async def test_a_refusal_needs_no_proof_of_who_it_is_and_is_told_by_a_human(
    browser: Browser, introduction: Introduction, door: FrontDoor
) -> None:
    await opened(browser, introduction)
    await browser.send_form(FORGET)
    (erasure,) = await door.given["erasures"].with_key("person_id", introduction.person_id)
    with as_staff(mark="command:refused:x"):
        await door.given["erasures"].change(
            erasure.id,
            lambda asked: asked.refuse(RefusalGround.HEALTH_CARE, hindrances=(), by="lead", at=door.clock.now()),
        )
    text = (await browser.get("/status/mine")).text
    assert "ask our front door" in text
    assert "health" not in text.partition("What we hold about you")[2].partition("<form")[0]
    assert f'href="{FORGET}"' in text
