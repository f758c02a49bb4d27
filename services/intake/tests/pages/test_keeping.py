"""For how long a record is kept, as staff see it, and what the governance lead does about it."""

from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI

from alliance.kernel import FixedClock
from alliance.testing.rooms import Browser, browsing

from ..builders import OURS, FrontDoor
from .records import page, received


@pytest.fixture
async def lead(app: FastAPI) -> AsyncIterator[Browser]:
    async with browsing(app, "governance-lead", organisation=OURS, subject="staff-8") as browser:
        yield browser


async def old_record(staff: Browser, door: FrontDoor, clock: FixedClock) -> str:
    """A person whose last contact is twenty-one years ago; the address of the page."""
    introduction = await received(door)
    await staff.send_form(page(introduction, "withdraw"))
    clock.advance(days=21 * 366)
    looking = door.given["looking_through"]
    looking.rest = 0
    while await looking.step():
        pass
    return f"/people/{introduction.person_id}/keeping"


async def test_an_open_record_says_that_no_clock_runs(staff: Browser, door: FrontDoor) -> None:
    introduction = await received(door)
    place = f"/people/{introduction.person_id}/keeping"
    text = (await staff.get(place)).text
    assert "still with us" in text
    assert "20 years after the last contact, 10 years after a death" in text
    assert place in (await staff.get(f"/people/{introduction.person_id}")).text


async def test_the_governance_lead_deletes_what_has_had_its_time_or_keeps_it(
    app: FastAPI, staff: Browser, door: FrontDoor, clock: FixedClock
) -> None:
    place = await old_record(staff, door, clock)
    async with browsing(app, "governance-lead", organisation=OURS, subject="staff-8") as lead:
        listed = (await lead.get("/records-to-delete")).text
        assert place in listed
        assert "Testa" not in listed
        assert "Its time has come" in (await lead.get(place)).text
        assert (await lead.send_form(f"{place}/hold", reason="inquest")).status_code == 303
        assert place not in (await lead.get("/records-to-delete")).text
        assert (await lead.send_form(f"{place}/deletion")).status_code == 409
        assert (await lead.send_form(f"{place}/lift-hold")).status_code == 303
        assert "cannot be undone" in (await lead.get(f"{place}/deletion")).text
        assert (await lead.send_form(f"{place}/deletion")).status_code == 303
        assert "has been confirmed" in (await lead.get(place)).text


async def test_a_record_is_kept_for_longer_with_a_reason(lead: Browser, door: FrontDoor) -> None:
    place = f"/people/{(await received(door)).person_id}/keeping"
    assert (await lead.send_form(f"{place}/extension")).status_code == 422
    until = {"until[day]": "1", "until[month]": "6", "until[year]": "2030"}
    answer = await lead.send_form(f"{place}/extension", reason="research", **until)
    assert answer.status_code == 303, answer.text
    assert "Agreed research" in (await lead.get(place)).text


async def test_a_death_is_noted_with_who_told_us(staff: Browser, door: FrontDoor) -> None:
    introduction = await received(door)
    await staff.send_form(page(introduction, "withdraw"))
    place = f"/people/{introduction.person_id}/keeping"
    died = {"died_on[day]": "1", "died_on[month]": "10", "died_on[year]": "2026"}
    assert (await staff.send_form(f"{place}/death", source="family", **died)).status_code == 303
    text = (await staff.get(place)).text
    assert "Family or friends" in text
    assert "1 October 2036" in text
    assert (await staff.get(f"{place}/extension")).status_code == 403
    assert "it was a mistake" in (await staff.get(f"{place}/death/take-back")).text
    assert (await staff.send_form(f"{place}/death/take-back")).status_code == 303
    assert "None noted" in (await staff.get(place)).text
    assert door.types_said()[-2:] == ["person-died.v1", "person-death-corrected.v1"]


async def test_a_death_of_long_ago_is_in_the_list_at_once(app: FastAPI, staff: Browser, door: FrontDoor) -> None:
    """Not only once all records are looked at again, which is once a week."""
    introduction = await received(door)
    await staff.send_form(page(introduction, "withdraw"))
    place = f"/people/{introduction.person_id}/keeping"
    died = {"died_on[day]": "1", "died_on[month]": "10", "died_on[year]": "2010"}
    assert (await staff.send_form(f"{place}/death", source="gp", **died)).status_code == 303
    async with browsing(app, "governance-lead", organisation=OURS) as lead:
        assert place in (await lead.get("/records-to-delete")).text
        assert (await lead.send_form(f"{place}/hold", reason="inquest")).status_code == 303
        assert place not in (await lead.get("/records-to-delete")).text
        assert (await lead.send_form(f"{place}/lift-hold")).status_code == 303
        assert place in (await lead.get("/records-to-delete")).text
