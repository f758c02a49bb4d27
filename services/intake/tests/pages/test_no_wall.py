"""Limits and defence against machines, none of which ever turns away somebody in need."""

import asyncio

import pytest
from fastapi import FastAPI

from alliance.kernel import FixedClock, new_id
from alliance.testing.rooms import Browser, browsing

from ..builders import FrontDoor
from .somebody import answer_all, only, send, token_on


@pytest.fixture
def door(clock: FixedClock) -> FrontDoor:
    return FrontDoor.opened(clock, sends_each="1/10 minutes", openings_each="3/10 minutes")


async def one_more(app: FastAPI, clock: FixedClock) -> None:
    async with browsing(app) as neighbour:
        await answer_all(neighbour, clock)
        assert (await send(neighbour)).is_redirect


async def test_over_the_limit_answers_are_kept_and_can_be_sent_again(
    app: FastAPI, browser: Browser, clock: FixedClock
) -> None:
    await one_more(app, clock)
    await answer_all(browser, clock)
    busy = await send(browser)
    assert busy.status_code == 429
    for shown in ("nothing is lost", "Send again", "tel:999", "tel:116123", "Exit this page"):
        assert shown in busy.text
    assert "Testa" in (await browser.get("/introduce/check")).text


async def test_send_again_works_after_a_short_wait(clock: FixedClock) -> None:
    app = FrontDoor.opened(clock, sends_each="1/1 second").app()
    async with browsing(app) as browser:
        await answer_all(browser, clock)
        token = await token_on(browser)
        await one_more(app, clock)
        async with asyncio.timeout(10):
            while not (await browser.send_form("/introduce/check", form_token=token)).is_redirect:
                await asyncio.sleep(0.05)


async def test_somebody_in_danger_is_never_told_to_wait(
    app: FastAPI, browser: Browser, door: FrontDoor, clock: FixedClock
) -> None:
    await one_more(app, clock)
    await answer_all(browser, clock)
    assert (await send(browser)).status_code == 429
    await browser.send_form("/introduce/danger", danger="yes")
    assert (await send(browser)).is_redirect
    unsafe = (await door.given["introductions"].page("queue", "open:0:")).items
    assert len(unsafe) == 1


async def test_all_addresses_together_have_a_limit_and_danger_passes_it(clock: FixedClock) -> None:
    door = FrontDoor.opened(clock, sends_together="1/10 minutes", proxies=["127.0.0.0/8"])
    app = door.app()
    await one_more(app, clock)
    for danger, expected in (("no", 429), ("yes", 303)):
        async with browsing(app) as browser:
            browser.headers["X-Forwarded-For"] = f"198.51.{100 + len(danger)}.1"
            await answer_all(browser, clock, danger={"danger": danger})
            assert (await send(browser)).status_code == expected


async def test_a_made_up_forwarded_address_does_not_help_without_a_proxy_of_ours(
    app: FastAPI, browser: Browser, clock: FixedClock
) -> None:
    await one_more(app, clock)
    browser.headers["X-Forwarded-For"] = "203.0.113.9"
    await answer_all(browser, clock)
    assert (await send(browser)).status_code == 429


async def test_behind_a_proxy_of_ours_each_address_counts_for_itself(clock: FixedClock) -> None:
    app = FrontDoor.opened(clock, sends_each="1/10 minutes", proxies=["127.0.0.0/8"]).app()
    for number in (1, 2):
        async with browsing(app) as browser:
            browser.headers["X-Forwarded-For"] = f"198.51.{number}.1"
            await answer_all(browser, clock)
            assert (await send(browser)).is_redirect


async def test_what_fills_in_the_field_that_nobody_sees_is_received_and_marked(
    browser: Browser, door: FrontDoor, clock: FixedClock
) -> None:
    await answer_all(browser, clock)
    assert (await send(browser, website="https://machine.example")).is_redirect
    assert (await only(door)).looks_automated


async def test_what_is_faster_than_anybody_can_read_is_received_and_marked(browser: Browser, door: FrontDoor) -> None:
    await answer_all(browser)
    assert (await send(browser)).is_redirect
    introduction = await only(door)
    assert introduction.looks_automated
    assert "automated" not in str(door.said), "no event tells"


async def test_somebody_fast_and_in_danger_is_received_first_all_the_same(browser: Browser, door: FrontDoor) -> None:
    await answer_all(browser, danger={"danger": "yes"})
    assert (await send(browser, website="filled in by a helpful browser")).is_redirect
    introduction = await only(door)
    assert introduction.concerns
    assert introduction.looks_automated


async def test_guessing_at_status_pages_comes_to_an_end_and_says_so_kindly(browser: Browser) -> None:
    answers = [await browser.send_form("/status", reference="LW-2222-23", key="a-made-up-status-key") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [409, 409, 409, 429]
    assert "tel:999" in answers[-1].text


async def test_whoever_lost_their_way_still_finds_whom_to_call(browser: Browser, staff: Browser) -> None:
    lost = await browser.get("/no-such-page", headers={"accept": "text/html"})
    assert lost.status_code == 404
    assert "116 123" in lost.text
    at_work = await staff.get(f"/introductions/{new_id()}")
    assert at_work.status_code == 404
    assert "116 123" not in at_work.text
