"""Who works with a person, on pages: transfers, key workers, reviews, teams and the board."""

from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI

from alliance.kernel import FixedClock
from alliance.testing import as_staff
from alliance.testing.rooms import Browser, browsing

from ..builders import CASE, Room, shared, sharing
from .reading import day, filled, hidden, text_of

PATH = f"/cases/{CASE}"
ASK = {"to": "certitude", "reason": "closer-to-home", "agreed": "yes", "note": "made-up note"}
TEAM = {"name": "Made-up team", "organisation": "certitude", "team_type": "A06", "areas": ["home"]}


async def done(browser: Browser, path: str, **answers: object) -> str:
    """Fill in the form at `path`, send it, and read the page that one comes to."""
    page = (await browser.get(path)).text
    answers |= {"version": hidden(page, "version")} if 'name="version"' in page else {}
    sent = await browser.send_form(path, form_token=hidden(page, "form_token"), **answers)
    assert sent.status_code in (200, 303), text_of(sent.text)
    return text_of((await browser.get(sent.headers["location"])).text if sent.status_code == 303 else sent.text)


async def the_transfer(room: Room) -> str:
    return str((await room.given["cases"].get(CASE)).transfer)


@pytest.fixture
async def receiver(app: FastAPI) -> AsyncIterator[Browser]:
    async with browsing(app, "triage-worker", subject="staff-8", organisation="certitude", name="Reva Receiver") as one:
        yield one


@pytest.fixture
async def administrator(app: FastAPI) -> AsyncIterator[Browser]:
    async with browsing(app, "service-administrator", subject="staff-6", name="Adam Administrator") as one:
        yield one


async def team_of(administrator: Browser, *members: str, **team: object) -> str:
    page = (await administrator.get("/teams/add")).text
    sent = await administrator.send_form("/teams/add", form_token=hidden(page, "form_token"), **{**TEAM, **team})
    assert sent.status_code == 303, text_of(sent.text)
    where = str(sent.headers["location"])
    for subject in members:
        shown = await done(
            administrator, f"{where}/members/add", subject=subject, capacity="5", languages=["pt"], lead="no"
        )
        assert "The team knows of it." in shown
    return where


async def test_a_transfer_is_asked_returned_with_a_reason_and_seen_by_the_sender(
    worker: Browser, receiver: Browser, room: Room
) -> None:
    told = await done(worker, f"{PATH}/ask-transfer", **ASK)
    assert "They are asked. The case stays with you until they have accepted." in told
    assert "certitude was asked to take the case over" in told
    asking = (await worker.get("/transfers")).text
    assert "1 we have asked others" in text_of(asking)
    assert "alliance-figure--concern" not in asking, "nobody waits for us"
    listed = text_of((await receiver.get("/transfers")).text)
    assert "1 we are asked to take over" in listed
    where = f"/transfers/{await the_transfer(room)}"
    seen = text_of((await receiver.get(where)).text)
    assert "made-up note" in seen
    assert "Testa" not in seen
    assert "Support within 7 days: due in" in seen
    assert "We have no room now" in text_of((await receiver.get(f"{where}/return")).text)
    assert "Select why" in text_of(
        (await receiver.send_form(f"{where}/return", **await filled(receiver, f"{where}/return"))).text
    )
    assert "The case is back with them" in await done(receiver, f"{where}/return", reason="no-room-now")
    assert "This transfer is over: returned" in text_of((await receiver.get(where)).text)
    home = text_of((await worker.get("/")).text)
    assert "Back from other organisations" in home
    assert "They have no room now" in home
    assert "Another organisation has not taken it over" in text_of((await worker.get("/cases")).text)
    assert "You go on with the case." in await done(worker, f"{PATH}/note-return")
    assert "Back from other organisations" not in text_of((await worker.get("/")).text)


async def test_whoever_takes_a_case_over_has_it_and_the_sender_does_not(
    worker: Browser, receiver: Browser, room: Room
) -> None:
    await done(worker, f"{PATH}/take-on")
    await done(worker, f"{PATH}/ask-transfer", **ASK)
    where = f"/transfers/{await the_transfer(room)}"
    shown = await done(receiver, f"{where}/accept", key_worker="- staff-8")
    assert "The case is with us now." in shown
    assert "Reva Receiver" in shown
    assert "Held by certitude" in shown
    assert (await worker.get(PATH)).status_code == 403


async def test_whom_the_person_objects_to_does_not_learn_their_name_from_a_case_that_they_hold(
    worker: Browser, receiver: Browser, room: Room
) -> None:
    await room.hear(shared(1))
    await done(worker, f"{PATH}/ask-transfer", **ASK)
    where = f"/transfers/{await the_transfer(room)}"
    assert "Testa" in await done(receiver, f"{where}/accept", key_worker="- staff-8")
    await room.hear(sharing(2, allowed=False, organisation="certitude"))
    for path in (PATH, "/", f"{PATH}/change-priority", f"{PATH}/offer-support/directory"):
        page = await receiver.get(path)
        assert page.status_code == 200, path
        assert "Testa" not in page.text, path
    assert "or certitude holds their details" in text_of((await receiver.get(PATH)).text)
    await room.hear(
        sharing(3, allowed=True, organisation="certitude"), sharing(2, allowed=False, organisation="certitude")
    )
    assert "Testa" in (await receiver.get(PATH)).text


async def test_whom_the_person_objects_to_does_not_learn_their_language_from_who_is_suggested(
    worker: Browser, receiver: Browser, administrator: Browser, room: Room
) -> None:
    await team_of(administrator, "staff-kit")
    await room.hear(shared(2).model_copy(update={"interpreter_language": "pt"}))
    await done(worker, f"{PATH}/ask-transfer", **ASK)
    await done(receiver, f"/transfers/{await the_transfer(room)}/accept", key_worker="- staff-8")

    async def suggested() -> str:
        return text_of((await receiver.get(f"{PATH}/name-key-worker")).text)

    assert "Speaks the person's language." in await suggested()
    await room.hear(sharing(3, allowed=False, organisation="certitude"))
    assert "Has room" in (page := await suggested())
    assert "language" not in page


async def test_a_transfer_without_agreement_says_what_is_missing_and_keeps_what_was_typed(worker: Browser) -> None:
    answers = await filled(worker, f"{PATH}/ask-transfer", **{**ASK, "agreed": "no"})
    refused = await worker.send_form(f"{PATH}/ask-transfer", **answers)
    assert refused.status_code == 409
    assert "The person has to agree first" in text_of(refused.text)
    assert "made-up note" in refused.text
    assert "They are asked." in await done(
        worker, f"{PATH}/ask-transfer", **{**ASK, "agreed": "no", "override": "risk-of-harm"}
    )
    assert "The transfer is taken back." in await done(worker, f"{PATH}/revoke-transfer", reason="asked-by-mistake")


async def test_a_colleague_elsewhere_is_asked_with_reasons_and_says_yes(
    app: FastAPI, worker: Browser, administrator: Browser
) -> None:
    where = await team_of(administrator, "staff-kit")
    page = await worker.get(f"{PATH}/name-key-worker")
    assert "Their team helps with home. Has room: carries 0 of 5 points." in text_of(page.text)
    team_id = where.rpartition("/")[2]
    assert "Your colleague is asked." in await done(worker, f"{PATH}/name-key-worker", who=f"{team_id} staff-kit")
    async with browsing(app, "key-worker", subject="staff-kit", organisation="certitude", name="Kit") as kit:
        assert "You are asked to become key worker" in text_of((await kit.get("/")).text)
        asked = (await kit.get(f"/namings/{CASE}")).text
        sent = await kit.send_form(f"/namings/{CASE}/accept", form_token=hidden(asked, "form_token"))
        assert sent.status_code == 303
        assert "Key worker Kit" in text_of((await kit.get(PATH)).text)


async def test_cases_of_whoever_is_away_show_on_the_page_of_the_team_and_are_handed_on(
    worker: Browser, administrator: Browser
) -> None:
    where = await team_of(administrator, "staff-7", "staff-2", organisation="slam")
    await done(worker, f"{PATH}/take-on")
    away = {"subject": "staff-7", "capacity": "5", "lead": "no", **day("away_until", "30 11 2026")}
    assert "away until 30 November 2026 and answers for 1 case." in await done(
        administrator, f"{where}/members/staff-7", **away
    )
    assert "They have left the team." in await done(administrator, f"{where}/leaving/staff-7")
    shown = await done(worker, f"{where}/hand-on/staff-7", cases=[CASE], to="staff-2")
    assert f"Case {CASE[:8]}: staff-2 is now the key worker." in shown
    assert "Testina" not in text_of((await administrator.get(where)).text.partition("<main")[2])
    assert "The team is described anew." in await done(
        administrator, f"{where}/describe", name="Made-up team two", team_type="A09"
    )
    assert "Made-up team two" in text_of((await worker.get("/teams")).text)


async def test_a_review_is_planned_comes_due_on_the_board_and_is_recorded(
    app: FastAPI, worker: Browser, room: Room, clock: FixedClock
) -> None:
    assert "Planned for 3 November 2026." in await done(worker, f"{PATH}/plan-review", **day("on", "3 11 2026"))
    clock.advance(hours=24)
    with as_staff("clock"):
        await room.given["cases"].change(CASE, lambda case: case.on_due(clock.now()))
    held = {**day("on", "3 11 2026"), "outcome": "carry-on", **day("next_on", "2 2 2027")}
    async with browsing(app, "triage-worker") as next_day:
        assert "Review due 1" in text_of((await next_day.get("/board")).text)
        shown = await done(next_day, f"{PATH}/hold-review", **held)
    assert "Last held on 3 November 2026: carry on as now." in shown


async def test_every_card_of_the_board_says_why_it_is_there_and_every_filter_is_a_link(worker: Browser) -> None:
    board = text_of((await worker.get("/board")).text)
    for told in (
        "Waiting for a conversation 1",
        "No key worker yet",
        "Priority as the front door suggested",
        "Nobody is its key worker yet.",
        "No contact yet.",
    ):
        assert told in board, told
    assert CASE[:8] in text_of((await worker.get("/board?stage=waiting&priority=3&organisation=slam")).text)
    for none in ("priority=1", "organisation=certitude", "whose=mine", "late=missed", "safety=open", "worker=staff-7"):
        shown = text_of((await worker.get(f"/board/columns?{none}")).text)
        assert CASE[:8] not in shown, none
        assert "Nothing matches." in shown, none
    assert (await worker.get("/board?stage=nowhere")).status_code == 404


async def test_ones_own_cases_are_there_whatever_else_a_role_sees(app: FastAPI, worker: Browser) -> None:
    """civicrm#12613: a fix broke "access my cases" for years."""
    await done(worker, f"{PATH}/take-on")
    for role in ("front-door-worker", "housing-worker", "governance-lead", "key-worker"):
        async with browsing(app, role) as mine:
            assert "My cases" in text_of((await mine.get("/")).text), role
