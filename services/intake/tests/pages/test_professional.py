"""A professional introduces somebody: who they are, whether the person knows, and no wall."""

from typing import Any

import pytest
from fastapi import FastAPI

from alliance.kernel import FixedClock, new_id
from alliance.testing import as_staff
from alliance.testing.rooms import Browser, browsing
from intake.domain.codes import IntroducerRole, PersonKnows, Priority, SourceCode, WayIn

from ..builders import OURS, FrontDoor
from .records import SCRIPT, page, received
from .somebody import only

PATH = "/introduce-somebody"
TOLD: dict[str, Any] = {
    "danger": "no",
    "introducer_role": "social-worker",
    "introducer_name": "Sam Made-Up",
    "introducer_organisation": "Example Council",
    "introducer_phone": "01632 960001",
    "person_knows": "agrees",
    "call_me": "Testa",
    "going_on": "made-up words",
}


async def test_it_is_received_once_with_who_introduces_and_shows_no_status_key(
    browser: Browser, door: FrontDoor
) -> None:
    assert (await browser.get(PATH)).status_code == 200
    told = {**TOLD, "form_token": new_id(), "way_in": "web", "source_code": "B1"}
    for _ in range(2):
        sent = await browser.send_form(PATH, **told)
        assert (sent.status_code, sent.headers["location"]) == (303, f"{PATH}/sent"), sent.text
    introduction = await only(door)
    assert (introduction.way_in, introduction.source_code) == (WayIn.PROFESSIONAL, SourceCode.SOCIAL_SERVICES)
    assert introduction.introducer
    assert introduction.introducer.role is IntroducerRole.SOCIAL_WORKER
    assert introduction.introducer.person_knows is PersonKnows.AGREES
    confirmed = (await browser.get(f"{PATH}/sent")).text
    assert introduction.reference in confirmed
    assert introduction.status_key not in confirmed, "the key is the person's"
    assert "Sam Made-Up" not in str(door.said)
    assert "01632" not in str(door.said)


async def test_without_having_sent_anything_there_is_no_confirmation(browser: Browser) -> None:
    assert (await browser.get(f"{PATH}/sent")).headers["location"] == PATH


async def test_who_they_are_must_be_said_and_about_the_person_nothing(browser: Browser, door: FrontDoor) -> None:
    answer = await browser.send_form(PATH, call_me="Testa")
    assert answer.status_code == 422
    for message in ("what you are", "your name", "your organisation", "call you back", "whether the person knows"):
        assert message in answer.text
    assert 'value="Testa"' in answer.text, "what was typed stays"
    assert not await door.states()


@pytest.mark.parametrize(("knows", "next_"), [("does-not-know", "we call you first"), ("knows", "said is safe")])
async def test_it_is_told_whom_we_get_in_touch_with_first(browser: Browser, knows: str, next_: str) -> None:
    await browser.send_form(PATH, **{**TOLD, "person_knows": knows})
    assert next_ in (await browser.get(f"{PATH}/sent")).text


async def test_staff_see_who_introduced_and_that_the_person_does_not_know(
    app: FastAPI, browser: Browser, door: FrontDoor
) -> None:
    await browser.send_form(PATH, **{**TOLD, "person_knows": "does-not-know", "introducer_name": SCRIPT})
    introduction = await only(door)
    async with browsing(app, "front-door-worker", organisation=OURS) as staff:
        record = (await staff.get(page(introduction))).text
        queue = (await staff.get("/introductions")).text
    assert "Example Council" in record
    assert SCRIPT not in record
    assert "The person does not know that they were introduced." in queue


async def test_over_the_limit_what_was_typed_stays_and_somebody_in_danger_is_received(clock: FixedClock) -> None:
    door = FrontDoor.opened(clock, sends_each="1/hour")
    async with browsing(door.app()) as browser:
        assert (await browser.send_form(PATH, **TOLD)).status_code == 303
        kept = await browser.send_form(PATH, **{**TOLD, "call_me": "Testina"})
        assert kept.status_code == 429
        assert "nothing is lost" in kept.text
        assert 'value="Testina"' in kept.text
        assert "tel:999" in kept.text
        unsafe = await browser.send_form(PATH, **{**TOLD, "danger": "suicidal-thoughts"})
        assert unsafe.status_code == 303
    assert "safety-concern-raised.v1" in door.types_said()


async def test_what_a_machine_fills_in_is_received_and_marked(browser: Browser, door: FrontDoor) -> None:
    await browser.send_form(PATH, **TOLD, website="filled in")
    assert (await only(door)).looks_automated


async def test_staff_write_down_who_introduces(staff: Browser, door: FrontDoor) -> None:
    answers = {
        "danger": "no",
        "way_in": "phone",
        "source_code": "E1",
        "introducer_role": "police",
        "introducer_organisation": "Example Police",
        "person_knows": "does-not-know",
    }
    assert (await staff.send_form("/introductions/new", **answers)).status_code == 303
    introduction = await only(door)
    assert introduction.introducer
    assert introduction.introducer.organisation == "Example Police"
    assert introduction.introducer.person_knows is PersonKnows.DOES_NOT_KNOW


async def opened(browser: Browser, reference: str, key: str) -> Any:
    return await browser.send_form("/introduced", reference=reference, key=key)


@pytest.mark.parametrize(
    ("knows", "accepted"),
    [
        (PersonKnows.AGREES, "The alliance has taken the person on."),
        (PersonKnows.KNOWS, "Our front door has done its part."),
        (PersonKnows.DOES_NOT_KNOW, "Our front door has done its part."),
    ],
)
async def test_whoever_introduced_sees_how_far_it_is_and_that_somebody_is_served_only_if_they_agreed(
    browser: Browser, door: FrontDoor, knows: PersonKnows, accepted: str
) -> None:
    await browser.send_form(PATH, **TOLD | {"person_knows": knows.value})
    one = await only(door)
    assert one.introducer_key in (await browser.get(f"{PATH}/sent")).text
    told = (await opened(browser, one.reference.lower(), one.introducer_key)).text
    assert "nobody has read it yet" in told
    assert not [word for word in ("Testa", "made-up words", one.person_id, one.status_key) if word in told]
    introductions, promise = door.given["introductions"], door.given["promise"]
    with as_staff():
        await introductions.change(one.id, lambda each: each.claim(by="staff-7", at=door.clock.now(), promise=promise))
    assert "has it in hand" in (await opened(browser, one.reference, one.introducer_key)).text
    with as_staff():
        await introductions.change(one.id, lambda each: each.accept(Priority.ROUTINE, at=door.clock.now()))
    assert accepted in (await opened(browser, one.reference, one.introducer_key)).text
    with as_staff():
        await introductions.change(one.id, lambda each: each.withdraw(at=door.clock.now()))
    told = (await opened(browser, one.reference, one.introducer_key)).text
    assert "Our front door has done its part." in told, "how it ended is the person's to tell"
    assert "withdr" not in told


async def test_the_keys_of_the_person_and_of_whoever_introduced_open_one_page_each(
    browser: Browser, door: FrontDoor
) -> None:
    await browser.send_form(PATH, **TOLD)
    one = await only(door)
    assert (await opened(browser, one.reference, one.status_key)).status_code == 409
    answer = await browser.send_form("/status", reference=one.reference, key=one.introducer_key)
    assert answer.status_code == 409
    assert (await opened(browser, one.reference, "")).status_code == 422


async def test_who_introduced_themselves_has_no_key_for_others(door: FrontDoor, browser: Browser) -> None:
    one = await received(door)
    assert one.introducer_key == ""
    assert (await opened(browser, one.reference, "x")).status_code == 409
