"""What staff do on their pages: once, told what is wrong, told when somebody was faster."""

import pytest
from fastapi import FastAPI

from alliance.kernel import new_id
from alliance.testing.rooms import Browser, browsing

from ..builders import OURS, FrontDoor
from .records import SCRIPT, page, received, version

STEPS = {
    "contact-attempts": {"channel": "call", "outcome": "no-answer"},
    "notes": {"text": "made-up words"},
    "reassign": {"subject": "staff-8"},
    "hand-over": {"area": "Southwark", "service": "made-up service"},
    "accept": {"suggested_priority": "2"},
    "close": {"ending": "signposted", "elsewhere": "gp"},
    "withdraw": {},
    "raise-safety-concern": {"kind": "self-harm"},
    "correct-source": {"source_code": "A1", "reason_code": "typing-error"},
}


@pytest.mark.parametrize("step", STEPS)
async def test_every_step_has_a_page_that_asks_does_it_once_and_says_so(
    staff: Browser, door: FrontDoor, step: str
) -> None:
    introduction = await received(door)
    path, sent = page(introduction, step), {**STEPS[step], "form_token": new_id(), "state": "closed", "id": "forged"}
    assert (await staff.get(path)).status_code == 200
    first = await staff.send_form(path, **sent)
    assert (first.status_code, first.headers["location"]) == (303, page(introduction)), first.text
    states, said = await door.states(), list(door.said)
    assert (await staff.send_form(path, **sent)).status_code == 303
    assert (await door.states(), door.said) == (states, said)
    assert "notification-banner" in (await staff.get(page(introduction))).text


@pytest.mark.parametrize("step", [step for step, answers in STEPS.items() if answers])
async def test_a_form_without_its_answer_is_shown_again_with_one_message(
    staff: Browser, door: FrontDoor, step: str
) -> None:
    introduction = await received(door)
    before = await door.states()
    answer = await staff.send_form(page(introduction, step))
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert "<title>Error: " in answer.text.replace("\n", "").replace("  ", "")
    assert await door.states() == before


async def test_a_refusal_is_a_sentence_above_the_form(staff: Browser, door: FrontDoor) -> None:
    introduction = await received(door)
    answer = await staff.send_form(page(introduction, "close"), ending="not-reached")
    assert answer.status_code == 409
    assert "Try to reach the person 3 times first: so far it was 0." in answer.text
    await staff.send_form(page(introduction, "accept"), suggested_priority="3")
    answer = await staff.send_form(page(introduction, "close"), ending="signposted")
    assert "This introduction has already been accepted." in answer.text


async def test_whoever_was_overtaken_is_told_what_changed_and_can_send_again(
    app: FastAPI, staff: Browser, door: FrontDoor
) -> None:
    introduction = await received(door)
    seen = await version(door, introduction)
    async with browsing(app, "front-door-worker", organisation=OURS, subject="staff-8", name="Terence Test") as other:
        assert (await other.send_form(page(introduction, "claim"), version=seen)).status_code == 303
    stale = await staff.send_form(page(introduction, "accept"), version=seen, suggested_priority="2")
    assert stale.status_code == 409
    assert "Somebody changed this" in stale.text
    assert "Terence Test" in stale.text
    assert f'value="{await version(door, introduction)}"' in stale.text


async def test_a_claim_by_two_is_refused_to_the_second(app: FastAPI, staff: Browser, door: FrontDoor) -> None:
    introduction = await received(door)
    await staff.send_form(page(introduction, "claim"))
    async with browsing(app, "front-door-worker", organisation=OURS, subject="staff-8") as other:
        refused = await other.send_form(page(introduction, "claim"))
    assert refused.status_code == 409
    assert "Testina Staff took this introduction on, on 2 November 2026 at 9:00am." in refused.text


async def test_a_form_that_is_not_ours_does_nothing(staff: Browser, door: FrontDoor) -> None:
    introduction = await received(door)
    before = await door.states()
    for token in ("", "../..", "x" * 65, SCRIPT):
        assert (await staff.send_form(page(introduction, "withdraw"), form_token=token)).status_code == 400
    elsewhere = {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}
    forged = await staff.post(page(introduction, "withdraw"), data={"form_token": new_id()}, headers=elsewhere)
    assert forged.status_code == 403
    assert await door.states() == before
