"""The page of one's own morning mail, and the way out of it without signing in."""

import re
from typing import cast

import pytest

from alliance.testing.rooms import Browser, browsing
from notify.adapters.catcher import Catcher
from notify.domain.digest import TRIES

from ..rooms import Room

ADDRESS, ROLE = "staff@example.org", "key-worker"


@pytest.fixture
def room() -> Room:
    return Room()


async def code_of(room: Room) -> str:
    await room.morning_round.carry_all()
    found = re.match(r"\d{6}", room.catcher.caught[-1].subject)
    assert found
    return found[0]


async def switch_on(browser: Browser, room: Room) -> None:
    await browser.send_form("/digest", address=ADDRESS)
    done = await browser.send_form("/digest/confirm", code=await code_of(room))
    assert done.status_code == 303


async def test_an_address_is_given_confirmed_kept_and_forgotten(room: Room) -> None:
    async with browsing(room.app, ROLE) as browser:
        assert "Send me a code" in (await browser.get("/digest")).text
        assert (await browser.send_form("/digest", address=ADDRESS)).headers["location"] == "/digest"
        waiting = (await browser.get("/digest")).text
        assert f"to {ADDRESS}" in waiting
        assert "Confirm the address" in waiting
        assert (await browser.send_form("/digest/confirm", code=await code_of(room))).status_code == 303
        switched = (await browser.get("/digest")).text
        assert ADDRESS in switched
        assert "31 January 2027" in switched
    room.clock.advance(days=1)
    async with browsing(room.app, ROLE) as browser:
        assert (await browser.send_form("/digest/keep")).status_code == 303
        assert "1 February 2027" in (await browser.get("/digest")).text
        assert (await browser.send_form("/digest/off")).status_code == 303
        assert ADDRESS not in (await browser.get("/digest")).text


@pytest.mark.parametrize("typed", ["", "nobody", "two@example.org, three@example.org"])
async def test_what_is_no_address_is_said_beside_the_question(room: Room, typed: str) -> None:
    async with browsing(room.app, ROLE) as browser:
        answer = await browser.send_form("/digest", address=typed)
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert await room.digests.find("staff-7") is None


async def test_a_wrong_code_is_said_and_after_too_many_a_new_one_is_asked_for(room: Room) -> None:
    async with browsing(room.app, ROLE) as browser:
        await browser.send_form("/digest", address=ADDRESS)
        right = await code_of(room)
        wrong = "000000" if right != "000000" else "000001"
        first = await browser.send_form("/digest/confirm", code=wrong)
        assert (first.status_code, "not the code that we sent" in first.text) == (409, True)
        for _ in range(TRIES):
            last = await browser.send_form("/digest/confirm", code=wrong)
        assert "no longer holds" in last.text
        assert "Send me a code" in last.text
        assert "no longer holds" in (await browser.send_form("/digest/confirm", code=right)).text
    assert not (await room.digests.get("staff-7")).is_on


async def test_sending_the_same_form_twice_sends_one_code(room: Room) -> None:
    async with browsing(room.app, ROLE) as browser:
        for _ in range(2):
            await browser.send_form("/digest", address=ADDRESS, form_token="the-same")
            await room.morning_round.carry_all()
    assert len(room.catcher.caught) == 1


async def test_one_person_does_not_see_or_change_the_mail_of_another(room: Room) -> None:
    async with browsing(room.app, ROLE) as browser:
        await switch_on(browser, room)
    async with browsing(room.app, ROLE, subject="staff-8") as other:
        assert ADDRESS not in (await other.get("/digest")).text
        await other.send_form("/digest/off")
        assert "switched off" in (await other.send_form("/digest/keep")).text
    assert (await room.digests.get("staff-7")).address == ADDRESS


async def test_opening_the_link_switches_nothing_off_and_one_press_does(room: Room) -> None:
    async with browsing(room.app, ROLE) as browser:
        await switch_on(browser, room)
    link = f"/digest-off/{(await room.digests.get('staff-7')).off_key}"
    async with browsing(room.app) as nobody:
        asked = await nobody.get(link)
        assert (asked.status_code, "Switch it off" in asked.text, ADDRESS in asked.text) == (200, True, False)
        assert (await room.digests.get("staff-7")).is_on
        assert "The morning mail is off" in (await nobody.send_form(link)).text
        assert "The morning mail is off" in (await nobody.send_form(link)).text
    assert not (await room.digests.get("staff-7")).is_on


async def test_a_mail_program_switches_it_off_in_one_click(room: Room) -> None:
    async with browsing(room.app, ROLE) as browser:
        await switch_on(browser, room)
    link = f"/digest-off/{(await room.digests.get('staff-7')).off_key}"
    async with browsing(room.app) as program:
        answer = await program.post(link, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert not (await room.digests.get("staff-7")).is_on


async def test_a_key_that_opens_nothing_is_answered_as_any_other(room: Room) -> None:
    async with browsing(room.app) as nobody:
        answer = await nobody.send_form(f"/digest-off/{'x' * 43}")
    assert "The morning mail is off" in answer.text


async def test_where_nothing_leaves_in_production_nobody_reads_the_code_of_an_address_in_the_outbox(
    room: Room,
) -> None:
    catcher = Catcher(meant=False)
    async with browsing(room.app, ROLE) as browser:
        await browser.send_form("/digest", address=ADDRESS)
        await room.a_morning_round(catcher).carry_all()
    assert list(catcher.caught) == []


async def test_mail_to_staff_leads_to_no_message_in_the_outbox(room: Room) -> None:
    cast(dict[str, object], room.wiring.given)["outbox"] = room.catcher
    async with browsing(room.app, ROLE) as browser:
        await browser.send_form("/digest", address=ADDRESS)
        await room.morning_round.carry_all()
        page = (await browser.get("/outbox")).text
    assert "is your code for the morning mail" in page
    assert "/messages/" not in page
