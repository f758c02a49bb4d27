"""What is done on pages: each step does what it says, once; what is wrong is said and what was typed is kept."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from fastapi import FastAPI

from alliance.kernel import FixedClock
from alliance.testing.rooms import Browser, browsing
from triage.domain.case import Case
from triage.domain.codes import Priority, Setting
from triage.domain.offer import OfferState

from ..builders import CASE, Room, concern
from .reading import day, filled, hidden, text_of

PATH = f"/cases/{CASE}"
TODAY = day("on", "2 11 2026")
OFFER = {"kind": "peer-support", "provider": "mosaic-clubhouse"}
IPSA = {"setting": "residential-care", "weekly_cost": "1,538", "support_level": "medium", "section_117": "yes"}
TOLD = {"start": TODAY, "end": {"reason": "completed"}}
STEPS: dict[str, dict[str, Any]] = {
    "take-on": {},
    "hold-conversation": {**TODAY, "goals": ["own-choices"], "notes": "made-up notes"},
    "change-priority": {"priority": "2", "reason": "situation-worse"},
    "offer-support": OFFER,
    "introduce-to-secondary-care": {"team": "A06"},
    "introduce-to-ipsa": IPSA,
    "close": {"outcome": "goals-met"},
}
NEEDS_ANSWERS = [step for step, answers in STEPS.items() if answers]


async def the_case(room: Room) -> Case:
    case: Case = await room.given["cases"].get(CASE)
    return case


async def done(browser: Browser, step: str, **answers: Any) -> str:
    """Fill in the form of `step`, send it, and read the page that one comes to."""
    sent = await browser.send_form(f"{PATH}/{step}", **await filled(browser, f"{PATH}/{step}", **answers))
    assert sent.status_code == 303, text_of(sent.text)
    return text_of((await browser.get(sent.headers["location"])).text)


@pytest.fixture
async def later(app: FastAPI, clock: FixedClock) -> AsyncIterator[Browser]:
    """staff-7, two hours after the introduction came in."""
    clock.advance(hours=2)
    async with browsing(app, "triage-worker") as browser:
        yield browser


async def test_a_case_goes_from_taking_it_on_to_closing_it_on_pages(later: Browser, room: Room) -> None:
    worker = later
    assert "You are now a named worker on this case." in await done(worker, "take-on")
    assert "Hold a conversation" in text_of((await worker.get(PATH)).text)
    await done(worker, "hold-conversation", **TODAY, at_time="10.30am", goals=["own-choices"], notes="made-up notes")
    assert (await the_case(room)).conversations[0].held_at.isoformat() == "2026-11-02T10:30:00+00:00"
    await done(worker, "change-priority", priority="2", reason="situation-worse")
    await done(worker, "offer-support", **OFFER)
    (offer,) = (await the_case(room)).offers
    for step in ("accept", "start", "end"):
        shown = await done(worker, f"offers/{offer.id}/{step}", **TOLD.get(step, {}))
    assert "Support has ended." in shown
    await done(worker, "introduce-to-secondary-care", team="A06")
    await done(worker, "introduce-to-ipsa", **IPSA)
    closed = await done(worker, "close", outcome="goals-met")
    for told in (
        "The case was closed on 2 November 2026 at 11:00am: goals met.",
        "Priority decided Urgent 2 November 2026 at 11:00am , Testina Staff The situation has got worse",
        "Peer support from Mosaic Clubhouse",
        "Community mental health team",
        "residential care, £1,538 a week",
        "Goals: Make their own choices made-up notes",
    ):
        assert told in closed, told
    assert "Close this case" not in closed
    case = await the_case(room)
    assert (case.priority, case.offers[0].state) == (Priority.URGENT, OfferState.ENDED)
    assert case.ipsa is not None
    assert (case.ipsa.current_setting, case.ipsa.weekly_cost_pence, case.ipsa.section_117) == (
        Setting.RESIDENTIAL_CARE,
        153_800,
        True,
    )


async def test_a_declined_offer_says_by_whom_and_why_and_the_case_is_back_in_the_queue(
    worker: Browser, room: Room
) -> None:
    await done(worker, "offer-support", **OFFER)
    (offer,) = (await the_case(room)).offers
    assert "Nobody is waiting." in text_of((await worker.get("/cases")).text)
    shown = await done(worker, f"offers/{offer.id}/decline", by="person", reason="too-far")
    assert "By the person: It is too far away, or at the wrong time" in shown
    assert CASE[:8] in text_of((await worker.get("/cases")).text)


async def test_a_decided_priority_answers_the_concern_that_the_page_named(worker: Browser, room: Room) -> None:
    await room.hear(concern())
    asked = text_of((await worker.get(f"{PATH}/change-priority")).text)
    assert "Self harm, on 2 November 2026 at 12:00pm" in asked
    await done(worker, "change-priority", priority="2", reason="safety-plan-agreed")
    assert (await the_case(room)).unanswered_concerns == []


@pytest.mark.parametrize("step", STEPS)
async def test_a_form_sent_twice_does_it_once(worker: Browser, room: Room, step: str) -> None:
    sent = await filled(worker, f"{PATH}/{step}", **STEPS[step])
    first = await worker.send_form(f"{PATH}/{step}", **sent)
    states, spoken = await room.states(), list(room.said)
    second = await worker.send_form(f"{PATH}/{step}", **sent)
    assert (first.status_code, second.status_code) == (303, 303), text_of(second.text)
    assert (await room.states(), room.said) == (states, spoken)


@pytest.mark.parametrize("step", STEPS)
async def test_somebody_who_was_overtaken_is_told_what_changed_and_may_send_again(
    worker: Browser, app: FastAPI, step: str
) -> None:
    sent = await filled(worker, f"{PATH}/{step}", **STEPS[step])
    async with browsing(app, "triage-worker", subject="staff-8", name="Otto Other") as other:
        await done(other, "hold-conversation", **TODAY, notes="something else")
    overtaken = await worker.send_form(f"{PATH}/{step}", **sent)
    assert overtaken.status_code == 409
    told = text_of(overtaken.text)
    assert "Error: " in told
    assert "Somebody changed this while you had it open." in told
    assert "record a conversation, by Otto Other, just now" in told
    again = {name: hidden(overtaken.text, name) for name in ("form_token", "version")}
    assert again["form_token"] != sent["form_token"]
    accepted = await worker.send_form(f"{PATH}/{step}", **{**sent, **again})
    assert accepted.status_code == 303, text_of(accepted.text)


async def test_a_case_that_is_not_in_the_queue_can_be_worked_on_all_the_same(later: Browser, room: Room) -> None:
    """openmrs-esm-patient-management #1516: the dialog was dead for whoever was not in the queue."""
    await done(later, "offer-support", **OFFER)
    assert (await the_case(room)).queue is None
    assert "Support is offered or running, so the case is not in the queue" in text_of((await later.get(PATH)).text)
    await done(later, "change-priority", priority="2", reason="situation-worse")
    await done(later, "hold-conversation", **TODAY, goals=["own-choices"])
    case = await the_case(room)
    assert (case.priority, len(case.conversations), case.queue) == (Priority.URGENT, 1, None)


@pytest.mark.parametrize("step", NEEDS_ANSWERS)
async def test_an_empty_form_is_shown_again_with_a_message_for_each_question(
    worker: Browser, room: Room, step: str
) -> None:
    before = await room.states()
    answer = await worker.send_form(f"{PATH}/{step}")
    assert answer.status_code == 422
    assert "<title>Error: " in answer.text
    assert "There is a problem" in text_of(answer.text)
    assert await room.states() == before


@pytest.mark.parametrize(
    ("step", "answers", "message"),
    [
        ("hold-conversation", day("on", "31 2 2026"), "The day it happened must be a real date"),
        ("hold-conversation", {**TODAY, "at_time": "25:00"}, "Enter a time of day, such as 14:30"),
        ("hold-conversation", {**TODAY, "at_time": "23:00"}, "cannot be in the future"),
        ("hold-conversation", {**TODAY, "notes": "x" * 4001}, "Use 4,000 characters or fewer"),
        ("change-priority", {"priority": "9", "reason": "situation-worse"}, "Select how pressing it is"),
        ("change-priority", {"priority": "2", "reason": "made-up"}, "Select why"),
        ("offer-support", {**OFFER, "provider": "nobody-we-know"}, "Select who gives it"),
        ("introduce-to-ipsa", {**IPSA, "weekly_cost": "lots"}, "Enter an amount in pounds"),
        ("close", {"outcome": "introduction-ended"}, "Select how it ended"),
    ],
)
async def test_a_wrong_answer_is_kept_and_explained(
    worker: Browser, room: Room, step: str, answers: dict[str, str], message: str
) -> None:
    before = await room.states()
    answer = await worker.send_form(f"{PATH}/{step}", **answers)
    assert answer.status_code in (409, 422)
    assert message in text_of(answer.text)
    assert await room.states() == before
    for name, typed in answers.items():
        if name in ("at_time", "weekly_cost") or name.startswith("on-"):
            assert f'value="{typed}"' in answer.text


async def test_a_refusal_is_a_sentence_above_the_form(worker: Browser) -> None:
    await done(worker, "offer-support", **OFFER)
    refused = await worker.send_form(f"{PATH}/offer-support", **await filled(worker, f"{PATH}/offer-support", **OFFER))
    assert refused.status_code == 409
    assert "A live offer of this kind of support is already there." in text_of(refused.text)
    await done(worker, "take-on")
    alone = await worker.send_form(f"{PATH}/step-back", **await filled(worker, f"{PATH}/step-back"))
    assert "You are the only named worker." in text_of(alone.text)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("forged", [{"form_token": ""}, {"form_token": "no good!"}, {"form_token": "x" * 65}])
async def test_a_form_without_a_good_token_was_not_made_by_us(
    worker: Browser, room: Room, step: str, forged: dict[str, str]
) -> None:
    before = await room.states()
    answer = await worker.send_form(f"{PATH}/{step}", **{**STEPS[step], **forged})
    assert answer.status_code == 400
    assert await room.states() == before


async def test_a_form_from_another_site_is_refused(worker: Browser, room: Room) -> None:
    before = await room.states()
    sent = await filled(worker, f"{PATH}/close", **STEPS["close"])
    for origin in ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.test"}):
        assert (await worker.post(f"{PATH}/close", data=sent, headers=origin)).status_code == 403
    assert await room.states() == before


async def test_fields_that_the_form_does_not_have_change_nothing(worker: Browser, room: Room) -> None:
    more = {
        "state": "open",
        "workers": "staff-99",
        "by": "staff-99",
        "subject": "staff-99",
        "case_id": "another",
        "suggested_priority": "1",
        "targets": "0",
        "outcome": "withdrawn",
    }
    await done(worker, "take-on", **more)
    await done(worker, "change-priority", **STEPS["change-priority"], **more)
    case = await the_case(room)
    assert case.workers == ["staff-7"]
    assert (case.decisions[0].by, case.outcome) == ("staff-7", None)
    assert case.suggested_priority is Priority.ROUTINE


async def test_an_offer_that_is_not_there_is_a_page_that_is_not_there(worker: Browser) -> None:
    missing = await worker.get(f"{PATH}/offers/{CASE}/accept")
    assert missing.status_code == 404
    assert "There is nothing here by that address" in text_of(missing.text)
