"""What the pages of staff show, when empty and when full, and to whom."""

import asyncio
from contextlib import suppress

import pytest
from fastapi import FastAPI

from alliance.kernel import FixedClock, new_id
from alliance.testing import as_staff
from alliance.testing.rooms import EVERY_ROLE, Browser, browsing
from intake.domain.codes import SafetyKind, WayIn
from intake.domain.facts import ContactPoint
from intake.domain.person import Details
from intake.domain.records import Story

from ..builders import OURS, FrontDoor
from .records import SCRIPT, page, received


async def test_an_empty_front_door_says_so(staff: Browser) -> None:
    home, queue = await staff.get("/"), await staff.get("/introductions")
    assert "Nobody is waiting" in queue.text
    assert "Nothing is overdue." in home.text
    assert "What needs me now" in home.text


async def test_the_home_shows_danger_what_is_late_what_is_mine_and_what_is_nobodys(
    staff: Browser, door: FrontDoor, clock: FixedClock
) -> None:
    unsafe = await received(door, danger=SafetyKind.SELF_HARM)
    mine = await received(door)
    await staff.send_form(page(mine, "claim"))
    late = await received(door)
    clock.advance(hours=25)
    async with browsing(door.app(), "front-door-worker", organisation=OURS) as later:
        text = (await later.get("/")).text
    headings = ("Somebody may be in danger", "Overdue", "Taken on by me", "Nobody has taken on yet")
    places = [text.index(heading) for heading in headings]
    assert places == sorted(places)
    assert places[0] < text.index(unsafe.reference) < places[1]
    assert places[1] < text.index(late.reference) < places[2]
    assert text.index(mine.reference) < places[2], "it was taken on, and the person was not contacted in time"
    assert places[2] < text.index(mine.reference, places[2]) < places[3]


async def test_the_queue_says_why_each_is_there_and_shows_parts_of_itself(staff: Browser, door: FrontDoor) -> None:
    unsafe, calm = await received(door, danger=SafetyKind.NOT_SAID), await received(door, looks_automated=True)
    text = (await staff.get("/introductions")).text
    assert text.index(unsafe.reference) < text.index(calm.reference)
    assert "Safety concern" in text
    assert "Looks automated" in text
    part = (await staff.get("/introductions", params={"show": "unsafe"})).text
    assert unsafe.reference in part
    assert calm.reference not in part
    assert (await staff.get("/introductions", params={"show": "nonsense"})).status_code == 404
    fragment = (await staff.get("/introductions/rows")).text
    assert "<html" not in fragment
    assert unsafe.reference in fragment


async def test_the_queue_goes_on_page_by_page_and_into_a_file(staff: Browser, door: FrontDoor) -> None:
    made = [await received(door) for _ in range(51)]
    first = (await staff.get("/introductions")).text
    assert "Next page" in first
    assert sum(each.reference in first for each in made) >= 50
    file = await staff.get("/introductions.csv")
    assert file.headers["content-type"].startswith("text/csv")
    assert len(file.text.strip().splitlines()) == 52
    assert "Testa" not in file.text


async def test_a_record_shows_who_it_is_what_they_told_and_what_happened(staff: Browser, door: FrontDoor) -> None:
    introduction = await received(door, story=Story(going_on="MARKED-STORY"))
    await staff.send_form(page(introduction, "claim"))
    await staff.send_form(page(introduction, "contact-attempts"), channel="call", outcome="no-answer")
    text = (await staff.get(page(introduction))).text
    for shown in ("Testa", "07700 900123", "Safe to use.", "MARKED-STORY", "No answer", "Testina Staff"):
        assert shown in text
    person = (await staff.get(f"/people/{introduction.person_id}")).text
    assert "Testa Example-Person" in person
    assert "28 February 1975" in person


@pytest.mark.parametrize("way_in", WayIn)
async def test_every_way_in_has_a_page(staff: Browser, door: FrontDoor, way_in: WayIn) -> None:
    assert (await staff.get(page(await received(door, way_in=way_in)))).status_code == 200


async def test_an_introduction_with_nothing_in_it_has_a_page_too(staff: Browser, door: FrontDoor) -> None:
    introduction = await received(door, person=Details())
    answer = await staff.get(page(introduction))
    assert answer.status_code == 200
    assert "Somebody who has not said their name" in answer.text
    assert (await staff.get(f"/people/{introduction.person_id}")).status_code == 200


async def test_another_organisation_sees_neither_name_nor_story_unless_the_person_lets_it(
    app: FastAPI, door: FrontDoor
) -> None:
    introduction = await received(door, story=Story(going_on="MARKED-STORY"), may_hold_details=["slam"])
    details = f"/people/{introduction.person_id}/details"
    async with browsing(app, "front-door-worker", organisation="mosaic-clubhouse") as other:
        for path in (page(introduction), f"/people/{introduction.person_id}"):
            text = (await other.get(path)).text
            assert "Testa" not in text
            assert "MARKED-STORY" not in text
        assert (await other.get(details)).status_code == 403
        assert (await other.send_form(details, call_me="Somebody else")).status_code == 403
    async with browsing(app, "triage-worker", organisation="slam") as theirs:
        assert "MARKED-STORY" in (await theirs.get(page(introduction))).text


async def test_staff_introduce_somebody_on_one_page_and_it_is_received_once(staff: Browser, door: FrontDoor) -> None:
    assert (await staff.get("/introductions/new")).status_code == 200
    answers = {
        "form_token": new_id(),
        "danger": "no",
        "way_in": "walk-in",
        "source_code": "C3",
        "call_me": "Testo",
        "phone": "07700 900123",
        "phone_is": ["safe", "voicemail"],
        "date_of_birth-day": "28",
        "date_of_birth-month": "2",
        "date_of_birth-year": "1975",
        "help_areas": ["home", "money"],
        "adjustments": "quiet-room",
        "looks_automated": "1",
        "status_key": "forged",
    }
    first = await staff.send_form("/introductions/new", **answers)
    second = await staff.send_form("/introductions/new", **answers)
    assert first.status_code == second.status_code == 303
    assert first.headers["location"] == second.headers["location"]
    (introduction,) = (await door.given["introductions"].page("queue")).items
    assert (introduction.source_code.value, len(introduction.help_areas)) == ("C3", 2)
    assert not introduction.looks_automated
    assert introduction.status_key != "forged"
    person = await door.given["people"].get(introduction.person_id)
    assert person.details.contact_points == (
        ContactPoint(kind="phone", value="07700 900123", safe=True, voicemail_ok=True),
    )


async def test_what_is_wrong_about_somebody_is_said_by_field_and_kept(staff: Browser, door: FrontDoor) -> None:
    wrong = {
        "nhs_number": "999 123 4567",
        "phone": "12",
        "email": "nowhere",
        "date_of_birth-day": "31",
        "date_of_birth-month": "2",
        "date_of_birth-year": "1975",
        "call_me": "Testo",
    }
    answer = await staff.send_form("/introductions/new", danger="no", way_in="phone", source_code="B1", **wrong)
    assert answer.status_code == 422
    for message in ("not a valid NHS number", "a phone number", "name@example.com", "must be a real date"):
        assert message in answer.text
    assert 'value="Testo"' in answer.text
    assert not await door.states()


async def test_details_are_changed_and_what_the_form_does_not_ask_stays(staff: Browser, door: FrontDoor) -> None:
    points = tuple(ContactPoint(kind="phone", value=f"07700 90012{n}", safe=True) for n in range(2))
    introduction = await received(door, person=Details(call_me="Testa", contact_points=points))
    path = f"/people/{introduction.person_id}/details"
    assert "07700 900120" in (await staff.get(path)).text
    done = await staff.send_form(path, call_me="Testina", phone="07700 900555", phone_is="safe")
    assert done.status_code == 303
    details = (await door.given["people"].get(introduction.person_id)).details
    assert details.call_me == "Testina"
    assert [point.value for point in details.contact_points] == ["07700 900555", "07700 900121"]


async def test_the_person_decides_who_holds_their_details(staff: Browser, door: FrontDoor) -> None:
    introduction = await received(door)
    path = f"/people/{introduction.person_id}/sharing"
    assert (await staff.get(f"{path}/slam")).status_code == 200
    assert (await staff.send_form(f"{path}/slam", wish="objection")).status_code == 303
    assert not (await door.given["people"].get(introduction.person_id)).may_hold("slam")
    assert (await staff.send_form(f"{path}/slam", wish="explicit-agreement")).status_code == 303
    assert (await door.given["people"].get(introduction.person_id)).may_hold("slam")
    assert (await staff.get(f"{path}/nobody-we-know")).status_code == 404
    assert (await staff.send_form(f"{path}/nobody-we-know", wish="objection")).status_code == 404


async def test_the_page_tells_on_what_sharing_rests_with_its_history(staff: Browser, door: FrontDoor) -> None:
    introduction = await received(door)
    path = f"/people/{introduction.person_id}"
    refused = await staff.send_form(f"{path}/sharing/slam", wish="vital-interest")
    assert refused.status_code == 409
    assert "Say in a few words whose life is at risk" in refused.text
    done = await staff.send_form(f"{path}/sharing/slam", wish="vital-interest", reason="a made-up danger")
    assert done.status_code == 303
    await staff.send_form(f"{path}/sharing/slam", wish="objection")
    page = (await staff.get(path)).text
    assert page.count("Information-sharing agreement: ISA-EXAMPLE-1") == 4, "two now, two before"
    assert "Why: a made-up danger" in page
    assert "Recorded by staff-1" in page


async def test_script_in_any_text_comes_out_as_text(staff: Browser, door: FrontDoor) -> None:
    point = ContactPoint(kind="address", value=SCRIPT, safe=True)
    introduction = await received(
        door,
        person=Details(full_name=SCRIPT, call_me=SCRIPT, contact_points=(point,)),
        story=Story(going_on=SCRIPT, matters_to_me=SCRIPT, good_at=SCRIPT, would_help=SCRIPT),
    )
    with as_staff(mark="command:added:x"):
        await door.given["introductions"].change(introduction.id, lambda one: one.add(SCRIPT, at=door.clock.now()))
    person = f"/people/{introduction.person_id}"
    for path in ("/", "/introductions", page(introduction), person, f"{person}/details"):
        assert SCRIPT not in (await staff.get(path)).text
    assert "&lt;script&gt;" in (await staff.get(page(introduction))).text, "else this test could not fail"


@pytest.mark.parametrize("role", EVERY_ROLE)
async def test_forced_browsing_gets_nobody_further_than_the_table(app: FastAPI, door: FrontDoor, role: str) -> None:
    introduction = await received(door)
    policy = app.state.control.policy
    paths = {
        "/introductions": "introduction.list",
        "/introductions/rows": "introduction.list",
        "/introductions.csv": "introduction.list",
        "/introductions/new": "introduction.make",
        page(introduction): "introduction.read",
        page(introduction, "contact-attempts"): "introduction.note-contact-attempt",
        "/introductions/find": "introduction.list",
        "/introductions/claim-several": "introduction.claim-several",
        page(introduction, "notes"): "introduction.note-for-next-shift",
        page(introduction, "release"): "introduction.release",
        page(introduction, "reassign"): "introduction.reassign",
        page(introduction, "hand-over"): "introduction.hand-over",
        page(introduction, "confirm-hand-over"): "introduction.hand-over",
        page(introduction, "reopen"): "introduction.reopen",
        page(introduction, "accept"): "introduction.accept",
        page(introduction, "close"): "introduction.close",
        page(introduction, "withdraw"): "introduction.withdraw",
        page(introduction, "raise-safety-concern"): "introduction.raise-safety-concern",
        page(introduction, "correct-source"): "introduction.correct-source",
        f"/people/{introduction.person_id}": "person.read",
        f"/people/{introduction.person_id}/details": "person.change-details",
        f"/people/{introduction.person_id}/sharing/slam": "person.change-sharing",
    }
    async with browsing(app, role, organisation=OURS) as browser:
        for path, action in paths.items():
            cell = next(cell for known, cell in policy.rule(action).cells.items() if known.value == role)
            expected = 200 if cell.reach.value in ("all", "own") else 403
            assert (await browser.get(path)).status_code == expected, (role, path)


async def test_without_a_session_every_page_leads_to_the_sign_in(app: FastAPI, door: FrontDoor) -> None:
    introduction = await received(door)
    async with browsing(app) as nobody:
        for path in ("/", "/introductions", "/introductions/new", page(introduction)):
            answer = await nobody.get(path)
            assert (answer.status_code, answer.headers["location"].split("?")[0]) == (303, "/sign-in")
        assert (await nobody.send_form(page(introduction, "withdraw"))).status_code == 401


async def test_what_is_not_there_is_404(staff: Browser) -> None:
    for path in (f"/introductions/{new_id()}", "/introductions/not-an-id", f"/people/{new_id()}"):
        assert (await staff.get(path)).status_code == 404


async def test_a_stream_is_not_counted_as_a_slow_answer(staff: Browser) -> None:
    assert (await staff.get("/introductions/rows")).status_code == 200
    with suppress(TimeoutError):
        async with asyncio.timeout(0.2):
            await staff.get("/introductions/changes")
    counted = (await staff.get("/metrics")).text
    assert 'route="/introductions/rows"' in counted
    assert 'route="/introductions/changes",status="200"' not in counted  # a refusal is an answer like any other
