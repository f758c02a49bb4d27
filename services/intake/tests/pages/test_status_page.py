"""The private status page: for whoever holds reference and key, for a short while."""

import pytest
from fastapi import FastAPI

from alliance.kernel import FixedClock, new_id
from alliance.testing import as_staff
from alliance.testing.rooms import Browser, browsing
from intake.application import introductions as ask
from intake.application.working import claim_introduction
from intake.domain.codes import Elsewhere, Ending, Priority
from intake.domain.introduction import Introduction
from intake.domain.progress import Progress
from intake.domain.records import Ended

from ..builders import FrontDoor
from .somebody import answer_all, only, send

SIGNPOSTED = Ended(ending=Ending.SIGNPOSTED, elsewhere=Elsewhere.GP)
SCRIPT = "<script>alert('made-up')</script>"


@pytest.fixture
async def introduction(app: FastAPI, door: FrontDoor, clock: FixedClock) -> Introduction:
    async with browsing(app) as somebody:
        await answer_all(somebody, clock)
        await send(somebody)
    return await only(door)


async def opened(browser: Browser, introduction: Introduction) -> str:
    """The status page, by reference and key."""
    answer = await browser.send_form("/status", reference=introduction.reference.lower(), key=introduction.status_key)
    assert (answer.status_code, answer.headers["location"]) == (303, "/status/mine")
    return (await browser.get("/status/mine")).text


async def test_it_tells_the_stage_what_is_next_and_by_when_and_no_name(
    browser: Browser, introduction: Introduction
) -> None:
    page = await opened(browser, introduction)
    for shown in ("We have your introduction.", introduction.reference, "3 November 2026 at 9:01am"):
        assert shown in page
    for hidden in ("Testa", "07700", "made-up story", introduction.status_key):
        assert hidden not in page
    assert "Exit this page" in page
    assert "tel:999" in page


async def test_a_broken_promise_is_said(browser: Browser, introduction: Introduction, clock: FixedClock) -> None:
    clock.advance(hours=25)
    assert "We are sorry." in await opened(browser, introduction)


@pytest.mark.parametrize(
    ("ending", "told"),
    [("claim", "is looking at"), ("accept", "is accepted"), ("close", "is closed"), ("withdraw", "have withdrawn")],
)
async def test_each_stage_has_words(
    browser: Browser, introduction: Introduction, door: FrontDoor, ending: str, told: str
) -> None:
    kept, people, clock, promise = (door.given[name] for name in ("introductions", "people", "clock", "promise"))
    with as_staff(mark="command:ends:x"):
        match ending:
            case "claim":
                await claim_introduction(introduction.id, kept, promise, clock, by="staff-1")
            case "accept":
                await ask.accept_introduction(introduction.id, Priority.ROUTINE, kept, clock)
            case "close":
                await ask.close_introduction(introduction.id, SIGNPOSTED, kept, people, promise, clock)
            case _:
                await ask.withdraw_introduction(introduction.id, kept, clock)
    page = await opened(browser, introduction)
    assert told in page
    assert ("/status/withdraw" in page) is (ending in ("claim", "accept"))


async def test_a_case_that_was_opened_again_is_not_called_finished(
    browser: Browser, introduction: Introduction, door: FrontDoor
) -> None:
    kept, now = door.given["introductions"], door.clock.now()
    with as_staff(mark="command:accept:x"):
        await ask.accept_introduction(introduction.id, Priority.ROUTINE, kept, door.clock)
    with as_staff(mark="command:closed:x"):
        await kept.change(introduction.id, lambda each: each.note_case_closed("case", at=now))
    assert "is finished" in await opened(browser, introduction)
    with as_staff(mark="command:reopened:x"):
        await kept.change(introduction.id, lambda each: each.note_case_reopened("case", closed_at=now))
    page = (await browser.get("/status/mine")).text
    assert "We are working with you again." in page
    assert "is finished" not in page
    assert "/status/withdraw" in page


async def test_a_message_that_did_not_arrive_is_told(
    browser: Browser, introduction: Introduction, door: FrontDoor
) -> None:
    with as_staff(mark="command:noted:x"):
        await door.given["progresses"].add(Progress(id=introduction.person_id, not_reached_at=door.clock.now()))
    assert "could not" in await opened(browser, introduction)


@pytest.mark.parametrize("key", ["somebody-elses-status-key", "key-ö", "x"])
async def test_without_the_right_key_there_is_nothing(browser: Browser, introduction: Introduction, key: str) -> None:
    answer = await browser.send_form("/status", reference=introduction.reference, key=key)
    assert answer.status_code == 409
    assert "Check both for a slip." in answer.text
    assert (await browser.get("/status/mine")).headers["location"] == "/status"


async def test_reference_and_key_are_asked_for(browser: Browser) -> None:
    assert (await browser.get("/status")).status_code == 200
    answer = await browser.send_form("/status")
    assert answer.status_code == 422
    assert "Enter the reference" in answer.text
    assert "Enter the status key" in answer.text


async def test_the_key_is_in_no_address_and_the_page_closes_by_itself_and_by_a_button(
    browser: Browser, introduction: Introduction, clock: FixedClock
) -> None:
    await opened(browser, introduction)
    clock.advance(minutes=21)
    assert (await browser.get("/status/mine")).headers["location"] == "/status"
    await opened(browser, introduction)
    await browser.send_form("/status/close")
    for path in ("/status/mine", "/status/add", "/status/withdraw"):
        assert (await browser.get(path)).headers["location"] == "/status"
    for path in ("/status/add", "/status/withdraw"):
        assert (await browser.send_form(path, more="made-up")).headers["location"] == "/status"


async def test_something_can_be_added_and_staff_read_it(
    browser: Browser, introduction: Introduction, app: FastAPI
) -> None:
    await opened(browser, introduction)
    assert (await browser.get("/status/add")).status_code == 200
    assert (await browser.send_form("/status/add")).status_code == 422
    token = new_id()
    for _ in range(2):
        added = await browser.send_form("/status/add", more=f"MARKED {SCRIPT}", form_token=token)
        assert added.status_code == 303
    async with browsing(app, "front-door-worker", organisation="certitude") as staff:
        record = (await staff.get(f"/introductions/{introduction.id}")).text
    assert record.count("MARKED") == 1
    assert SCRIPT not in record


async def test_nothing_is_added_to_what_has_ended(
    browser: Browser, introduction: Introduction, door: FrontDoor
) -> None:
    page = await opened(browser, introduction)
    assert "/status/add" in page
    with as_staff(mark="command:closed:x"):
        await ask.close_introduction(
            introduction.id,
            SIGNPOSTED,
            door.given["introductions"],
            door.given["people"],
            door.given["promise"],
            door.clock,
        )
    refused = await browser.send_form("/status/add", more="made-up")
    assert refused.status_code == 409
    assert "already been closed" in refused.text


async def test_withdrawing_asks_first_and_is_done_once(
    browser: Browser, introduction: Introduction, door: FrontDoor
) -> None:
    await opened(browser, introduction)
    assert "This cannot be undone" in (await browser.get("/status/withdraw")).text
    token = new_id()
    for _ in range(2):
        assert (await browser.send_form("/status/withdraw", form_token=token)).status_code == 303
    assert "You have withdrawn" in (await browser.get("/status/mine")).text
    assert door.types_said().count("introduction-withdrawn.v1") == 1
