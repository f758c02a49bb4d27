"""Anybody introduces themselves, question by question, without a sign-in and without being turned away."""

import pytest
from fastapi import FastAPI

from alliance.kernel import FixedClock, new_id
from alliance.testing.rooms import Browser, browsing
from intake.domain.facts import ContactPoint
from intake.pages.public.questions import STEPS

from ..builders import FrontDoor
from .somebody import FULL, answer_all, only, send, token_on

SCRIPT = "<script>alert('made-up')</script>"
NUMBERS = ("tel:999", "tel:111", "tel:116123", "sms:85258")
SLUGS = [step.slug for step in STEPS]


async def test_somebody_says_what_they_like_checks_it_and_sends_it(
    browser: Browser, door: FrontDoor, clock: FixedClock
) -> None:
    await answer_all(browser, clock)
    check = (await browser.get("/introduce/check")).text
    for shown in ("Testa Example-Person", "07700 900123", "A made-up story", "made-up music", "British Sign Language"):
        assert shown in check
    assert check.count(">Change<") == check.count('href="/introduce/') - check.count('"/introduce"')
    sent = await send(browser)
    assert (sent.status_code, sent.headers["location"]) == (303, "/introduce/sent")
    introduction = await only(door)
    assert (introduction.way_in.value, introduction.source_code.value) == ("web", "B1")
    assert [area.value for area in introduction.help_areas] == ["home", "money"]
    assert introduction.story.going_on == "A made-up story"
    assert not introduction.looks_automated
    person = await door.given["people"].get(introduction.person_id)
    assert person.details.contact_points == (
        ContactPoint(kind="phone", value="07700 900123", safe=True, voicemail_ok=True),
    )
    assert (person.may_hold("slam"), person.may_hold("thames-reach")) == (False, True)
    confirmation = (await browser.get("/introduce/sent")).text
    assert introduction.reference in confirmation
    assert introduction.status_key in confirmation


async def test_whoever_names_a_language_is_told_that_messages_come_in_it_where_we_can(browser: Browser) -> None:
    await browser.send_form("/introduce/who", who="me")
    for page in ("/introduce/needs", "/introduce-somebody"):
        assert "Where we can, messages are written in this language too." in (await browser.get(page)).text


async def test_nearly_everything_may_be_left_out(browser: Browser, door: FrontDoor, clock: FixedClock) -> None:
    empty: dict[str, dict[str, str]] = {step: {} for step in FULL if step not in ("who", "phone")}
    for step in ("who", *empty):
        assert (await browser.send_form(f"/introduce/{step}", **({"who": "me"} if step == "who" else {}))).is_redirect
    clock.advance(minutes=1)
    assert "Not provided" in (await browser.get("/introduce/check")).text
    assert (await send(browser)).is_redirect
    introduction = await only(door)
    assert (await door.given["people"].get(introduction.person_id)).details.contact_points == ()


@pytest.mark.parametrize(
    ("way", "answers", "point"),
    [
        ("email", {"email": "testa@example.com", "others": "yes"}, ("email", "testa@example.com", False)),
        ("letter", {"address": "1 Made-up Road", "others": "no"}, ("address", "1 Made-up Road", True)),
        ("letter", {"address": "1 Made-up Road"}, ("address", "1 Made-up Road", False)),
        ("none", None, None),
    ],
)
async def test_they_are_reached_only_in_the_way_they_choose(
    browser: Browser,
    door: FrontDoor,
    clock: FixedClock,
    way: str,
    answers: dict[str, str] | None,
    point: tuple[str, str, bool] | None,
) -> None:
    await answer_all(browser, clock, reach={"way": way}, **({way: answers} if answers else {}))
    await send(browser)
    person = await door.given["people"].get((await only(door)).person_id)
    found = [(each.kind, each.value, each.safe) for each in person.details.contact_points]
    assert found == ([point] if point else [])


async def test_whoever_is_in_danger_sees_at_once_whom_to_call_and_comes_first(
    browser: Browser, door: FrontDoor, clock: FixedClock
) -> None:
    await browser.send_form("/introduce/who", who="me")
    answer = await browser.send_form("/introduce/danger", danger="yes")
    assert answer.headers["location"] == "/introduce/call-now"
    page = (await browser.get("/introduce/call-now")).text
    assert all(number in page for number in NUMBERS)
    await answer_all(browser, clock, danger={"danger": "yes"})
    await send(browser)
    assert (await only(door)).concerns
    assert "safety-concern-raised.v1" in door.types_said()
    assert "top of our list" in (await browser.get("/introduce/sent")).text


async def test_about_somebody_else_the_questions_say_them_and_the_source_is_a_carer(
    browser: Browser, door: FrontDoor, clock: FixedClock
) -> None:
    await browser.send_form("/introduce/who", who="other")
    assert "What should we call them?" in (await browser.get("/introduce/name")).text
    await answer_all(browser, clock, who={"who": "other"})
    await send(browser)
    assert (await only(door)).source_code.value == "B2"


@pytest.mark.parametrize("path", ["", "/call-now", "/check", "/sent", "/nonsense", *(f"/{slug}" for slug in SLUGS)])
async def test_every_page_has_the_numbers_and_the_way_out_and_asks_for_no_script(browser: Browser, path: str) -> None:
    answer = await browser.get(f"/introduce{path}")
    assert answer.status_code in (200, 404)
    assert all(number in answer.text for number in NUMBERS)
    assert "Exit this page" in answer.text
    assert answer.text.count("<h1") == 1
    assert "__Host-intake-draft" not in answer.headers.get("set-cookie", ""), "reading alone keeps nothing"


async def test_the_alliances_own_number_is_shown_where_it_has_one(clock: FixedClock) -> None:
    door = FrontDoor.opened(clock, crisis_line="01632 960 001", crisis_line_name="Our made-up line")
    async with browsing(door.app()) as browser:
        page = (await browser.get("/introduce/name")).text
    assert "Our made-up line" in page
    assert 'href="tel:01632960001"' in page


@pytest.mark.parametrize(
    ("step", "wrong", "message"),
    [
        ("who", {}, "Select whether this is about you or somebody else"),
        ("phone", {"phone": "12"}, "This must be a phone number"),
        ("email", {"email": "nowhere"}, "name@example.com"),
        ("story", {"going_on": "x" * 4001}, "Use 4,000 characters or fewer"),
        ("name", {"call_me": "x" * 101}, "Use 100 characters or fewer"),
        ("areas", {"help_areas": "forged"}, "Answer"),
        ("sharing", {"keep_out": "somebody-else"}, "Answer"),
    ],
)
async def test_a_wrong_answer_is_kept_and_said_once(
    browser: Browser, step: str, wrong: dict[str, str], message: str
) -> None:
    answer = await browser.send_form(f"/introduce/{step}", **wrong)
    assert answer.status_code == 422
    assert message in answer.text
    assert "There is a problem" in answer.text
    assert "Exit this page" in answer.text
    for text in wrong.values():
        assert text in answer.text or text in ("forged", "somebody-else")


async def test_a_change_on_the_check_page_leads_back_to_it(browser: Browser) -> None:
    await answer_all(browser)
    await browser.get("/introduce/check")
    assert 'value="Testa"' in (await browser.get("/introduce/name")).text
    changed = await browser.send_form("/introduce/name", call_me="Testina")
    assert changed.headers["location"] == "/introduce/check"
    other_way = await browser.send_form("/introduce/reach", way="email")
    assert other_way.headers["location"] == "/introduce/email"
    check = (await browser.get("/introduce/check")).text
    assert "Testina" in check
    assert "07700" not in check


async def test_answers_are_for_one_browser_and_are_gone_after_two_hours_and_when_cleared(
    app: FastAPI, browser: Browser, clock: FixedClock, door: FrontDoor
) -> None:
    await answer_all(browser)
    async with browsing(app) as other:
        assert "Testa" not in (await other.get("/introduce/name")).text
        assert (await other.get("/introduce/check")).status_code == 404
    clock.advance(minutes=119)
    assert "Testa" in (await browser.get("/introduce/check")).text
    clock.advance(minutes=121)
    assert (await browser.get("/introduce/check")).status_code == 404
    await answer_all(browser)
    await browser.send_form("/introduce/clear")
    assert (await browser.get("/introduce/check")).status_code == 404
    assert await door.given["drafts"].sweep() == 1, "the one that had its time; the other was deleted at once"


async def test_once_sent_no_answer_stays_with_the_draft(browser: Browser, door: FrontDoor, clock: FixedClock) -> None:
    await answer_all(browser, clock)
    await send(browser)
    kept = await door.database.collection("drafts").find_many({}, limit=10)
    assert "Testa" not in str(kept)
    assert "made-up" not in str(kept)
    assert 'value="Testa"' not in (await browser.get("/introduce/name")).text


async def test_what_is_kept_cannot_be_opened_by_who_reads_the_store(browser: Browser, door: FrontDoor) -> None:
    await answer_all(browser)
    (kept,) = await door.database.collection("drafts").find_many({}, limit=10)
    assert browser.cookies["__Host-intake-draft"] not in str(kept)


async def test_sent_twice_it_is_received_once(browser: Browser, door: FrontDoor, clock: FixedClock) -> None:
    await answer_all(browser, clock)
    token = await token_on(browser)
    for _ in range(2):
        answer = await browser.send_form("/introduce/check", form_token=token)
        assert (answer.status_code, answer.headers["location"]) == (303, "/introduce/sent")
    await only(door)
    assert door.types_said().count("introduction-received.v1") == 1


async def test_a_token_that_is_not_this_forms_sends_nothing(
    browser: Browser, door: FrontDoor, clock: FixedClock
) -> None:
    await answer_all(browser, clock)
    assert "Check what you told us" in (await browser.send_form("/introduce/check", form_token=new_id())).text
    assert (await browser.send_form("/introduce/check", form_token="")).status_code == 400
    assert not (await door.given["introductions"].page("queue")).items


async def test_fields_that_we_do_not_ask_for_are_ignored(browser: Browser, door: FrontDoor, clock: FixedClock) -> None:
    forged = {"state": "accepted", "person_id": new_id(), "looks_automated": "", "nhs_number": "9990548609"}
    await answer_all(browser, clock, name={**FULL["name"], **forged})
    await send(browser, **forged, status_key="forged-forged-forged")
    introduction = await only(door)
    assert introduction.status_key != "forged-forged-forged"
    assert (await door.given["people"].get(introduction.person_id)).details.nhs_number is None


async def test_another_sites_page_cannot_answer_for_somebody(browser: Browser) -> None:
    elsewhere = {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}
    for path in ("/introduce/who", "/introduce/check", "/introduce/clear", "/status"):
        answer = await browser.post(path, data={"form_token": new_id(), "who": "me"}, headers=elsewhere)
        assert answer.status_code == 403


async def test_script_in_any_answer_comes_out_as_text(browser: Browser, door: FrontDoor, clock: FixedClock) -> None:
    scripted = {
        "name": {"call_me": SCRIPT, "full_name": SCRIPT},
        "reach": {"way": "letter"},
        "letter": {"address": SCRIPT},
        "story": {"going_on": SCRIPT},
        "strengths": {"matters_to_me": SCRIPT, "good_at": SCRIPT, "would_help": SCRIPT},
    }
    await answer_all(browser, clock, **scripted)
    for path in ("check", *scripted):
        assert SCRIPT not in (await browser.get(f"/introduce/{path}")).text
    wrong = await browser.send_form("/introduce/email", email=SCRIPT)
    assert (wrong.status_code, SCRIPT in wrong.text) == (422, False)
    await send(browser)
    introduction = await only(door)
    async with browsing(door.app(), "front-door-worker", organisation="certitude") as staff:
        record = (await staff.get(f"/introductions/{introduction.id}")).text
    assert SCRIPT not in record
    assert "&lt;script&gt;" in record, "else this test could not fail"


async def test_nothing_that_somebody_says_is_ever_in_an_address(browser: Browser, clock: FixedClock) -> None:
    for step, answers in FULL.items():
        answer = await browser.send_form(f"/introduce/{step}", **answers)
        assert answer.headers["location"].startswith("/introduce/")
        assert "?" not in answer.headers["location"]
    sent = await send(browser)
    assert sent.headers["location"] == "/introduce/sent"
