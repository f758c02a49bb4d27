"""Details sent once more: of everybody to a newcomer, and of one person, never against a wish."""

from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI

from alliance.contracts import Envelope
from alliance.testing.rooms import Browser, browsing

from ..builders import OURS, FrontDoor
from .records import received


@pytest.fixture(autouse=True)
def at_full_speed(door: FrontDoor) -> None:
    door.given["sending_again"].rest = 0


@pytest.fixture
async def administrator(app: FastAPI) -> AsyncIterator[Browser]:
    async with browsing(app, "service-administrator", organisation=OURS) as browser:
        yield browser


async def begun(administrator: Browser, service: str = "housing") -> str:
    answer = await administrator.send_form("/resendings/new", service=service)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


async def all_sent(door: FrontDoor) -> None:
    while await door.given["sending_again"].step():
        pass


def shared(door: FrontDoor, since: int) -> list[Envelope]:
    return [each for each in door.said[since:] if each.type == "intake.person-shared.v1"]


async def test_everybody_who_allows_it_is_sent_and_nobody_else(
    administrator: Browser, door: FrontDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intake.application.resending.AT_ONCE", 2)
    allowed = [await received(door) for _ in range(5)]
    await received(door, may_hold_details=["slam"])
    before, since = await door.states(), len(door.said)
    place = await begun(administrator)
    await all_sent(door)
    sent = shared(door, since)
    assert {each.recipient for each in sent} == {"housing"}
    assert sorted(each.subject for each in sent) == sorted(each.person_id for each in allowed)
    assert {each.data["consent_sequence"] for each in sent} == {1}
    assert {key: value for key, value in (await door.states()).items() if key in before} == before
    text = (await administrator.get(place)).text
    assert "All sent" in text
    assert "100 %" in text


async def test_a_kill_in_between_leaves_nobody_out(
    administrator: Browser, door: FrontDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intake.application.resending.AT_ONCE", 2)
    people = {(await received(door)).person_id for _ in range(5)}
    since, place = len(door.said), await begun(administrator)
    sending, advance = door.given["sending_again"], door.given["resendings"].change

    async def killed(*_: object, **__: object) -> None:
        raise RuntimeError("made up")

    await sending.step()
    monkeypatch.setattr(door.given["resendings"], "change", killed)
    with pytest.raises(RuntimeError):
        await sending.step()
    monkeypatch.setattr(door.given["resendings"], "change", advance)
    await all_sent(door)
    assert {each.subject for each in shared(door, since)} == people
    found = await door.given["resendings"].get(place.rpartition("/")[2])
    assert (found.looked, found.sent) == (5, 5)


async def test_sending_can_be_stopped(administrator: Browser, door: FrontDoor) -> None:
    await received(door)
    since, place = len(door.said), await begun(administrator)
    assert "Nobody more is sent" in (await administrator.get(f"{place}/cancel")).text
    assert (await administrator.send_form(f"{place}/cancel")).status_code == 303
    await all_sent(door)
    assert shared(door, since) == []
    assert "Cancelled" in (await administrator.get("/resendings")).text


async def test_how_far_it_has_got_is_a_part_of_the_page_that_keeps_itself_fresh(
    administrator: Browser, door: FrontDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intake.application.resending.AT_ONCE", 2)
    for _ in range(3):
        await received(door)
    place = await begun(administrator)
    page, seen = (await administrator.get(place)).text, await door.given["live"].seen("resendings")
    assert f'hx-get="{place}/rows"' in page
    assert f"/resendings/changes?seen={seen}" in page
    await door.given["sending_again"].step()
    assert await door.given["live"].seen("resendings") != seen
    part = (await administrator.get(f"{place}/rows")).text
    assert "<html" not in part
    assert "Being sent" in part
    assert f"{place}/cancel" in part
    await all_sent(door)
    part = (await administrator.get(f"{place}/rows")).text
    assert "All sent" in part
    assert f"{place}/cancel" not in part


async def test_only_services_that_may_receive_details_can_be_chosen(administrator: Browser, door: FrontDoor) -> None:
    page = (await administrator.get("/resendings/new")).text
    assert "Homes, run by" in page
    assert "reporting" not in page.partition("<select")[2].partition("</select")[0]
    assert (await administrator.send_form("/resendings/new", service="reporting")).status_code == 422


async def test_one_person_is_sent_once_more_but_not_against_their_wish(staff: Browser, door: FrontDoor) -> None:
    person = (await received(door, may_hold_details=["slam"])).person_id
    since = len(door.said)
    assert (await staff.send_form(f"/people/{person}/resend", service="housing")).status_code == 409
    assert (await staff.send_form(f"/people/{person}/resend", service="triage")).status_code == 303
    assert [each.recipient for each in shared(door, since)] == ["triage"]
    assert f"/people/{person}/resend" in (await staff.get(f"/people/{person}")).text
