"""How to reach a person while they wait: what their status page shows of it, what they say, and what staff do then."""

from dataclasses import replace

import pytest
from fastapi import FastAPI

from alliance.kernel import FixedClock, new_id
from alliance.testing import as_staff
from alliance.testing.rooms import Browser, browsing
from intake.application import introductions as ask
from intake.application.people import change_details
from intake.domain.codes import Priority
from intake.domain.facts import ContactPoint
from intake.domain.introduction import Introduction
from intake.domain.keeping import DeathSource
from intake.domain.person import Person

from ..builders import OURS, FrontDoor
from .somebody import answer_all, only, send

SCRIPT = "<script>alert('made-up')</script>"
STILL_RIGHT = "These are still right"
CONFIRM = "Confirmed with the person today"
POINTS = (
    ContactPoint(kind="phone", value="07700 900123", safe=True),
    ContactPoint(kind="email", value="testa@example.org", safe=True),
    ContactPoint(kind="address", value="1 Made-up Road, London SW2 0ZZ", safe=True),
    ContactPoint(kind="phone", value="07700 900999", safe=False),
)


@pytest.fixture
async def introduction(app: FastAPI, door: FrontDoor, clock: FixedClock) -> Introduction:
    """Accepted: somebody waits."""
    async with browsing(app) as somebody:
        await answer_all(somebody, clock, sharing={"keep_out": []})
        await send(somebody)
    found = await only(door)
    with as_staff(mark="command:accept:x"):
        await ask.accept_introduction(found.id, Priority.ROUTINE, door.given["introductions"], clock)
    return found


async def opened(browser: Browser, introduction: Introduction) -> str:
    await browser.send_form("/status", reference=introduction.reference, key=introduction.status_key)
    return (await browser.get("/status/mine")).text


async def person_of(door: FrontDoor, introduction: Introduction) -> Person:
    found = await door.given["people"].get(introduction.person_id)
    assert isinstance(found, Person)
    return found


async def reached_by(door: FrontDoor, introduction: Introduction, *points: ContactPoint) -> None:
    person = await person_of(door, introduction)
    with as_staff(mark=f"command:{new_id()}:x"):
        details = replace(person.details, contact_points=points)
        await change_details(person.id, details, door.given["people"], door.given["contacts"])


async def test_only_the_safe_ways_are_shown_and_of_each_only_a_part(
    browser: Browser, introduction: Introduction, door: FrontDoor
) -> None:
    await reached_by(door, introduction, *POINTS)
    page = await opened(browser, introduction)
    for shown in ("a number that ends in 123", "begins with “t”", "A letter to your address", "on 2 November 2026"):
        assert shown in page
    told = page.partition("How we reach you")[2].partition("What we hold")[0]
    for hidden in ("07700", "900", "testa@", "example.org", "Made-up Road", "SW2", "999"):
        assert hidden not in told


async def test_with_no_safe_way_nothing_is_there_to_confirm(
    browser: Browser, introduction: Introduction, door: FrontDoor
) -> None:
    await reached_by(door, introduction, POINTS[-1])
    page = await opened(browser, introduction)
    assert "no way that is safe" in page
    assert STILL_RIGHT not in page
    assert "/status/reach" in page


async def test_the_person_says_that_it_is_right_still(
    browser: Browser, introduction: Introduction, door: FrontDoor, clock: FixedClock
) -> None:
    clock.advance(days=50)
    assert STILL_RIGHT in await opened(browser, introduction)
    token = new_id()
    for _ in range(2):
        answer = await browser.send_form("/status/still-right", form_token=token)
        assert (answer.status_code, answer.headers["location"]) == (303, "/status/mine")
    assert "You last told us on 22 December 2026" in (await browser.get("/status/mine")).text
    assert (await person_of(door, introduction)).contact_confirmed_at == clock.now()


async def test_without_the_key_nothing_is_confirmed_or_said(browser: Browser, introduction: Introduction) -> None:
    for path in ("/status/still-right", "/status/reach"):
        assert (await browser.send_form(path, reach="made-up")).headers["location"] == "/status"
    assert (await browser.get("/status/reach")).headers["location"] == "/status"


async def test_what_has_changed_is_read_by_staff_until_they_have_changed_it(
    app: FastAPI, browser: Browser, introduction: Introduction, clock: FixedClock
) -> None:
    await opened(browser, introduction)
    assert (await browser.get("/status/reach")).status_code == 200
    assert (await browser.send_form("/status/reach")).status_code == 422
    assert (await browser.send_form("/status/reach", reach=f"MARKED 07700 900456 {SCRIPT}")).status_code == 303
    page = (await browser.get("/status/mine")).text
    assert "You wrote to us on" in page
    assert STILL_RIGHT not in page, "what was written would be answered without having been read"
    clock.advance(minutes=5)
    await browser.send_form("/status/still-right")
    record, person = f"/introductions/{introduction.id}", f"/people/{introduction.person_id}"
    async with browsing(app, "front-door-worker", organisation=OURS) as staff:
        assert record in (await staff.get("/")).text
        assert introduction.reference in (await staff.get("/introductions?show=reach-changed")).text
        text = (await staff.get(record)).text
        assert text.count("MARKED") == 1
        assert SCRIPT not in text
        assert "they wrote how to reach them from now on" in text
        await staff.send_form(f"{person}/contact-confirmed")
        assert introduction.reference not in (await staff.get("/introductions?show=reach-changed")).text
    assert STILL_RIGHT in await opened(browser, introduction)


async def test_staff_who_have_just_asked_note_it_from_the_record_or_the_person(
    app: FastAPI, introduction: Introduction, door: FrontDoor, clock: FixedClock
) -> None:
    clock.advance(days=50)
    person = f"/people/{introduction.person_id}"
    async with browsing(app, "front-door-worker", organisation=OURS) as staff:
        for path in (person, f"/introductions/{introduction.id}"):
            text = (await staff.get(path)).text
            assert "2 November 2026" in text
            assert CONFIRM in text
        assert (await staff.send_form(f"{person}/contact-confirmed")).headers["location"] == person
        assert "22 December 2026" in (await staff.get(person)).text
    assert (await person_of(door, introduction)).contact_confirmed_at == clock.now()


async def test_whoever_may_not_change_the_details_is_not_offered_to_confirm_them(
    app: FastAPI, introduction: Introduction, door: FrontDoor
) -> None:
    person = f"/people/{introduction.person_id}"
    async with browsing(app, "triage-worker", organisation="slam") as triage:
        text = (await triage.get(person)).text
        assert "last said how to reach them" in text
        assert CONFIRM not in text
        assert (await triage.send_form(f"{person}/contact-confirmed")).status_code == 403
    assert (await person_of(door, introduction)).contact_confirmed_at is None


async def test_of_what_has_ended_and_of_somebody_who_has_died_nothing_is_asked(
    browser: Browser, introduction: Introduction, door: FrontDoor, clock: FixedClock
) -> None:
    assert "How we reach you" in await opened(browser, introduction)
    records = door.given["keeping_records"]
    with as_staff(mark="command:died:x"):
        await records.note_death(introduction.person_id, clock.now().date(), DeathSource.GP)
    assert "How we reach you" not in (await browser.get("/status/mine")).text
    with as_staff(mark="command:lives:x"):
        await records.take_back_death(introduction.person_id)
    assert "How we reach you" in (await browser.get("/status/mine")).text
    with as_staff(mark="command:withdraw:x"):
        await ask.withdraw_introduction(introduction.id, door.given["introductions"], clock)
    assert "How we reach you" not in (await browser.get("/status/mine")).text
    assert (await browser.send_form("/status/reach", reach="made-up")).status_code == 409
