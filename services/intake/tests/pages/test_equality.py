"""The equality questions: after the rest, optional, and seen again by nobody."""

from alliance.kernel import FixedClock
from alliance.testing.rooms import Browser, browsing

from ..builders import OURS, FrontDoor
from .records import page, received
from .somebody import answer_all, only, send

ANSWERS = {"ethnicity": "N", "age_band": "35-44", "gender": "2", "same_as_at_birth": "Z"} | {
    "orientation": "2",
    "religion": "G",
    "disability": "1",
}
SHOWN = (
    "Black or Black British",
    "35 to 44",
    "Female, including",
    "35-44",
    "Gay or lesbian",
    "Muslim",
    "limits me a lot",
)


async def test_they_are_asked_once_the_introduction_is_sent_and_not_before(
    browser: Browser, door: FrontDoor, clock: FixedClock
) -> None:
    assert (await browser.get("/introduce/equality")).status_code == 404
    await answer_all(browser, clock)
    assert (await browser.get("/introduce/equality")).status_code == 404
    await send(browser)
    assert "/introduce/equality" in (await browser.get("/introduce/sent")).text
    assert "You need not answer any of this" in (await browser.get("/introduce/equality")).text
    answer = await browser.send_form("/introduce/equality", **ANSWERS)
    assert (answer.status_code, answer.headers["location"]) == (303, "/introduce/sent")
    kept = await door.given["equalities"].get((await only(door)).person_id)
    assert (kept.answers.ethnicity, kept.answers.same_as_at_birth) == ("N", "Z")
    assert (kept.answers.orientation, kept.answers.religion, kept.answers.disability) == ("2", "G", "1")
    assert "equality-recorded.v1" in door.types_said()


async def test_an_answer_that_we_do_not_offer_is_not_taken(
    browser: Browser, door: FrontDoor, clock: FixedClock
) -> None:
    await answer_all(browser, clock)
    await send(browser)
    assert (await browser.send_form("/introduce/equality", ethnicity="Q")).status_code == 422
    assert "equality-recorded.v1" not in door.types_said()


async def test_nobody_at_the_front_door_sees_an_answer_again(staff: Browser, door: FrontDoor) -> None:
    introduction = await received(door)
    equality = f"/people/{introduction.person_id}/equality"
    assert (await staff.send_form(equality, **ANSWERS)).status_code == 303
    places = ["/", "/introductions", page(introduction), f"/people/{introduction.person_id}", "/introductions.csv"]
    for place in places:
        text = (await staff.get(place)).text
        assert not [shown for shown in SHOWN if shown in text], place
    asked = (await staff.get(equality)).text
    assert "35 to 44" in asked, "as something to choose"
    assert "selected" not in asked


async def test_those_who_decide_elsewhere_may_not_even_ask(door: FrontDoor) -> None:
    introduction = await received(door)
    for role in ("triage-worker", "key-worker", "governance-lead", "alliance-lead"):
        async with browsing(door.app(), role, organisation=OURS) as somebody:
            answer = await somebody.get(f"/people/{introduction.person_id}/equality")
            assert answer.status_code == 403, role
