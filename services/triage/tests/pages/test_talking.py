"""Pages of the conversation: nothing typed is lost, what was said is there again, and a score says what it means."""

import re
from typing import Any

import pytest
from fastapi import FastAPI

from alliance.testing import as_staff
from alliance.testing.rooms import Browser, browsing
from triage.application.allocation import take_on
from triage.domain.allocating import Colleague
from triage.domain.codes import HelpArea, MeasureTool
from triage.domain.plan import plan_id_of

from ..builders import CASE, Room, withdrawn
from .doing import PATH, answered, done, filled_plainly, only, the_case
from .reading import day, filled, hidden, text_of

SCRIPT = "</textarea><script>alert(1)</script>"
STRENGTHS = {"strengths": ["creative"], "words": "draws well", "interests": "made-up bands"}
CONNECTION = {"kind": "person", "name": "Auntie Made-up", "words": "rings every Sunday"}
NEEDS = {f"level_{area.name.lower()}": "not-talked-about" for area in HelpArea} | {
    "level_money": "a-lot-of-help",
    "words_money": "letters I do not open",
    "level_home": "going-well",
}
GOAL = {"words": "A door of my own", "tag": "own-choices", "how_we_know": "I hold the key"}
RISK = {"kind": "suicide", "who": "Testa", "what": "made-up risk", "helps": "her aunt"}
PLAN = {
    **day("on", "2 11 2026"),
    "summary": "Quiet evenings",
    "person_does": "Open the letters\nRing the aunt",
    "team_does": "Call on Monday",
    "signs": "Not sleeping",
    "agreed": "yes",
    "copy_given": "not-yet",
    **day("review_on", "1 2 2027"),
}
WRITING: dict[str, dict[str, Any]] = {
    "conversation/strengths": STRENGTHS,
    "conversation/connections": CONNECTION,
    "conversation/needs": NEEDS,
    "goals/new": GOAL,
    "risks/new": RISK,
    "plan/write": PLAN,
}


PHQ = answered(MeasureTool.PHQ_9, *[2] * 9)


async def test_a_conversation_is_written_down_part_by_part(worker: Browser) -> None:
    empty = text_of((await worker.get(f"{PATH}/conversation")).text)
    for sentence in (
        "Nobody and nothing has been named yet.",
        "No goal has been set yet.",
        "No risk has been written down.",
        "Needs have not been talked about yet.",
        "No plan has been agreed with the person yet.",
    ):
        assert sentence in empty
    for path in WRITING:
        if path != "plan/write":
            await done(worker, path, **WRITING[path])
    told = text_of((await worker.get(f"{PATH}/conversation")).text)
    for sentence in (
        "draws well",
        "Auntie Made-up (person): rings every Sunday",
        "“A door of my own” Make their own choices. Working towards it",
        "Suicide Look at it again",
        "Most help is needed with: money. Going well: home. Not talked about: mental health",
        "letters I do not open",
    ):
        assert sentence in told, sentence
    case = text_of((await worker.get(PATH)).text)
    assert "Strengths: Creative." in case
    assert "“A door of my own”" in case


@pytest.mark.parametrize("path", WRITING)
async def test_a_form_sent_twice_does_it_once(worker: Browser, room: Room, path: str) -> None:
    where = f"{PATH}/{path}"
    page = (await worker.get(where)).text
    sent = {"form_token": hidden(page, "form_token"), **WRITING[path]}
    if 'name="version"' in page:
        sent["version"] = hidden(page, "version")
    first = await worker.send_form(where, **sent)
    states, spoken = await room.states(), list(room.said)
    second = await worker.send_form(where, **sent)
    assert (first.status_code, second.status_code) == (303, 303), text_of(second.text)
    assert (await room.states(), room.said) == (states, spoken)


@pytest.mark.parametrize("path", [path for path in WRITING if path != "conversation/strengths"])
async def test_an_empty_form_is_shown_again_with_a_message(worker: Browser, room: Room, path: str) -> None:
    before = await room.states()
    answer = await worker.send_form(f"{PATH}/{path}")
    assert answer.status_code == 422
    assert "There is a problem" in text_of(answer.text)
    assert await room.states() == before


async def test_a_conversation_begun_is_gone_on_with_later_by_its_worker_alone(
    worker: Browser, app: FastAPI, room: Room
) -> None:
    where = "hold-conversation"
    begun = await filled(
        worker, f"{PATH}/{where}", **day("on", "2 11 2026"), notes="half a sentence", goals=["own-choices"]
    )
    saved = await worker.send_form(f"{PATH}/{where}", **begun, later="yes")
    assert saved.status_code == 303
    assert room.types_said() == ["case-opened.v1"]
    assert "You have begun to write down a conversation." in text_of((await worker.get(PATH)).text)
    again = (await worker.get(f"{PATH}/{where}")).text
    assert "half a sentence" in again
    assert re.search(r'value="own-choices"[^>]*checked', again)
    async with browsing(app, "triage-worker", subject="staff-8") as colleague:
        assert "half a sentence" not in (await colleague.get(f"{PATH}/{where}")).text
    rest = await filled(worker, f"{PATH}/{where}", **day("on", "2 11 2026"), notes="half a sentence and the rest")
    assert (await worker.send_form(f"{PATH}/{where}", **rest)).status_code == 303
    await room.settle()
    assert "half a sentence" not in (await worker.get(f"{PATH}/{where}")).text
    assert (await the_case(room)).conversations[0].notes == "half a sentence and the rest"


async def test_a_plan_half_written_is_saved_and_gone_on_with(worker: Browser, room: Room) -> None:
    await done(worker, "goals/new", **GOAL)
    said = await done(worker, "plan/write", summary="Only this so far", later="yes")
    assert "The plan is saved as far as it is written." in said
    assert "Go on with the plan" in said
    page = (await worker.get(f"{PATH}/plan/write")).text
    assert "Only this so far" in page
    assert "plan-agreed.v1" not in room.types_said()
    goal = await only(room, "personal_goals")
    await done(worker, "plan/write", **{**PLAN, "goals": [goal]})
    assert (await room.given["plans"].get(plan_id_of(CASE))).draft is None
    assert room.types_said()[-1] == "plan-agreed.v1"


async def test_the_plan_is_read_in_the_persons_own_words_and_changed_as_a_new_version(
    worker: Browser, room: Room
) -> None:
    await done(worker, "goals/new", **GOAL)
    goal = await only(room, "personal_goals")
    shown = await done(worker, "plan/write", **PLAN, goals=[goal])
    for told in (
        "The plan is agreed with the person.",
        "We went through this plan together on 2 November 2026",
        "“A door of my own”",
        "What I will do Open the letters Ring the aunt",
        "What my workers will do Call on Monday",
        "How I and others will notice Not sleeping",
        "We look at this plan together again on 1 February 2027.",
        "My own copy: not yet.",
    ):
        assert told in shown, told
    await room.settle()
    await done(worker, "plan/copy", copy_given="on-paper")
    second = await done(worker, "plan/write", **{**PLAN, "summary": "Louder evenings"})
    assert "plan 2" in second
    first = text_of((await worker.get(f"{PATH}/plan/versions/1")).text)
    assert "Quiet evenings" in first
    assert "Plan 2 is the one that holds now." in first
    assert (await worker.get(f"{PATH}/plan/versions/3")).status_code == 404
    assert "Plan 2 , agreed with the person" in text_of((await worker.get(PATH)).text)
    assert "data-print" in (await worker.get(f"{PATH}/plan")).text


async def test_a_plan_without_agreement_says_why_and_does_not_hold(worker: Browser, room: Room) -> None:
    refused = {**PLAN, "agreed": "no"}
    where = f"{PATH}/plan/write"
    without = await worker.send_form(where, **await filled(worker, where, **refused))
    assert without.status_code == 409
    assert "Write down why the person does not agree" in text_of(without.text)
    assert "Quiet evenings" in without.text
    said = await done(worker, "plan/write", **{**refused, "because": "too many steps"})
    assert "The person did not agree with version 1" in said
    assert "too many steps" in text_of((await worker.get(f"{PATH}/plan/versions/1")).text)
    assert "plan-agreed.v1" not in room.types_said()


async def test_a_colleague_who_was_faster_is_told(worker: Browser, app: FastAPI) -> None:
    for path in ("conversation/strengths", "conversation/needs", "plan/write"):
        where = f"{PATH}/{path}"
        sent = await filled(worker, where, **WRITING[path])
        async with browsing(app, "triage-worker", subject="staff-8", name="Otto Other") as other:
            await done(other, "conversation/strengths", words=f"something else than {path}")
        overtaken = await worker.send_form(where, **sent)
        assert overtaken.status_code == 409, path


async def test_how_a_goal_goes_is_told_and_scored_over_time(worker: Browser, room: Room) -> None:
    await done(worker, "goals/new", **GOAL)
    goal = await only(room, "personal_goals")
    await done(worker, f"goals/{goal}/progress", words="Looked at two places", state="working")
    await done(worker, f"measures/new/gbo?goal_id={goal}", **answered(MeasureTool.GBO, 2, on="2 10 2026"))
    await done(worker, f"measures/new/gbo?goal_id={goal}", **answered(MeasureTool.GBO, 6))
    page = text_of((await worker.get(f"{PATH}/goals/{goal}")).text)
    assert "Looked at two places" in page
    assert "Goal score rose from 2 to 6: a reliable improvement." in page
    ended = await done(worker, f"goals/{goal}/progress", words="I have the key", state="met")
    assert "Met Make their own choices" in ended
    assert f"goals/{goal}/progress" not in (await worker.get(f"{PATH}/goals/{goal}")).text


async def test_a_risk_is_looked_at_again_and_closed(worker: Browser, room: Room) -> None:
    await done(worker, "risks/new", **RISK)
    risk = await only(room, "risks")
    asked = (await worker.get(f"{PATH}/risks/{risk}/review")).text
    assert "made-up risk" in asked
    told = await done(worker, f"risks/{risk}/review", **{**RISK, "what": "less so"}, words="calmer now", still="no")
    assert "Suicide (closed)" in told
    assert "calmer now" in told
    kept = await room.given["risks"].get(risk)
    assert (kept.looks[0].before.what, kept.now.what) == ("made-up risk", "less so")


PAGES = ("conversation", "plan", "measures", "measures.csv", "measures/new/phq-9", *WRITING)


@pytest.mark.parametrize("role", ["front-door-worker", "governance-lead", "alliance-lead", "auditor", "housing-worker"])
async def test_other_roles_come_to_no_page_of_a_conversation(app: FastAPI, room: Room, role: str) -> None:
    with as_staff("staff-7"):
        await take_on(CASE, Colleague(subject="staff-7", organisation="slam"), room.given["cases"], room.clock)
    async with browsing(app, role) as other:
        for path in PAGES:
            assert (await other.get(f"{PATH}/{path}")).status_code == 403, path
        case = await other.get(PATH)
        assert "The conversation" not in text_of(case.text)
        assert "Measures over time" not in text_of(case.text)


async def test_on_a_closed_case_everything_is_read_and_nothing_written(worker: Browser, room: Room) -> None:
    await done(worker, "goals/new", **GOAL)
    await done(worker, "measures/new/phq-9", **PHQ)
    await room.hear(withdrawn())
    page = await worker.get(f"{PATH}/conversation")
    assert "“A door of my own”" in text_of(page.text)
    assert "/goals/new" not in page.text
    assert "/measures/new/" not in (await worker.get(f"{PATH}/measures")).text
    refused = await worker.send_form(f"{PATH}/goals/new", **await filled_plainly(worker, "goals/new", GOAL))
    assert refused.status_code == 409
    assert "The case is closed." in text_of(refused.text)


async def test_what_others_wrote_comes_out_as_text(worker: Browser, room: Room) -> None:
    await done(worker, "goals/new", **{**GOAL, "words": SCRIPT, "how_we_know": SCRIPT})
    await done(worker, "risks/new", **{**RISK, "who": SCRIPT[:40], "what": SCRIPT})
    await done(worker, "conversation/connections", **{**CONNECTION, "name": SCRIPT[:40]})
    await done(worker, "conversation/strengths", words=SCRIPT)
    await done(worker, "conversation/needs", **{**NEEDS, "words_money": SCRIPT})
    goal = await only(room, "personal_goals")
    await done(worker, "plan/write", **{**PLAN, "summary": SCRIPT, "person_does": SCRIPT, "goals": [goal]})
    for path in ("", "/conversation", "/plan", f"/goals/{goal}", "/plan/write", "/conversation/needs"):
        assert "<script>alert" not in (await worker.get(f"{PATH}{path}")).text, path
