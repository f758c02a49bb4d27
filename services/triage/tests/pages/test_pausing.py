"""Pauses of the waits and opening a case again, on pages: what is shown, what is refused, and what bad input gets."""

from typing import Any

import pytest
from fastapi import FastAPI

from alliance.kernel import FixedClock
from alliance.testing.rooms import Browser, browsing
from triage.domain.case_file import State, case_id_of
from triage.domain.pause import Pause
from triage.domain.waits import Wait

from ..builders import CASE, INTRODUCTION, Room, withdrawn
from .doing import PATH, done, filled_plainly, the_case
from .reading import day, hidden, text_of

AWAY = {"reason": "away", **day("begins", "2 11 2026"), **day("ends", "12 11 2026"), "known": "yes"}
AGAIN = {"reason": "support-broke-down", "priority": "3"}


async def week(room: Room) -> Wait:
    return next(wait for wait in (await the_case(room)).waiting if wait.clock == "support-7d")


async def paused(worker: Browser, room: Room, **answers: Any) -> Pause:
    await done(worker, "pause", **{**AWAY, **answers})
    return (await the_case(room)).pauses[-1]


async def refused(worker: Browser, path: str, status: int, **answers: Any) -> str:
    """The page that comes back; the form on it keeps what was typed."""
    page = (await worker.get(f"{PATH}/{path}")).text
    known = {name: hidden(page, name) for name in ("form_token", "version") if f'name="{name}"' in page}
    sent = await worker.send_form(f"{PATH}/{path}", **known, **answers)
    assert sent.status_code == status, text_of(sent.text)
    return text_of(sent.text)


async def test_a_pause_moves_the_week_and_the_case_says_until_when_and_by_whom(worker: Browser, room: Room) -> None:
    before = await week(room)
    shown = await done(worker, "pause", **AWAY)
    for told in (
        "The waits are paused.",
        "The lasting waits are paused: away",
        "the waits of 4 and 24 hours run on. They run again on 12 November 2026",
        "Recorded by Testina Staff",
        "Let run again",
        "Put right",
    ):
        assert told in shown, told
    after = await week(room)
    assert (after.due_at - before.due_at).days == 9
    assert (await the_case(room)).queue, "a pause takes nobody out of the queue"


async def test_a_day_to_look_again_on_which_nobody_is_here_becomes_the_working_day_before(
    worker: Browser, room: Room
) -> None:
    """15 November 2026 is a Sunday."""
    shown = await done(worker, "pause", **{**AWAY, **day("ends", "15 11 2026"), "known": "no"})
    assert "Somebody looks again on 13 November 2026" in shown
    (pause,) = (await the_case(room)).pauses
    assert pause.review


@pytest.mark.parametrize(
    ("answers", "status", "told"),
    [
        ({"reason": ""}, 422, "Select why"),
        ({"reason": "holiday-of-the-team"}, 422, "Select why"),
        ({"known": ""}, 422, "Select whether that day is certain"),
        (day("begins", "31 2 2026"), 422, "From which day?"),
        ({**day("ends", "x y z")}, 422, "Until which day?"),
        ({"ends-day": "", "ends-month": "", "ends-year": ""}, 422, "Enter the day on which the clocks run again"),
        (day("ends", "1 11 2026"), 409, "The pause must end after it begins."),
        (day("ends", "1 12 2026"), 409, "A pause can last 28 days at most."),
        (day("begins", "30 10 2026"), 409, "The pause cannot begin before the introduction was received."),
    ],
)
async def test_a_pause_that_cannot_be_is_refused_in_a_sentence_and_nothing_is_written(
    worker: Browser, room: Room, answers: dict[str, str], status: int, told: str
) -> None:
    before = await room.states()
    page = await refused(worker, "pause", status, **{**AWAY, **answers})
    assert told in page
    assert await room.states() == before


async def test_what_was_typed_is_still_there_when_a_pause_is_refused(worker: Browser) -> None:
    page = (await worker.get(f"{PATH}/pause")).text
    known = {name: hidden(page, name) for name in ("form_token", "version")}
    sent = await worker.send_form(f"{PATH}/pause", **known, **{**AWAY, **day("ends", "17 12 2026")})
    assert sent.status_code == 409
    assert 'value="17"' in sent.text
    assert 'value="away" checked' in sent.text.replace("\n", " ")


async def test_the_waits_run_again_from_now_and_only_once(worker: Browser, room: Room, clock: FixedClock) -> None:
    pause = await paused(worker, room)
    clock.advance(days=3)
    async with browsing(room.app(), "triage-worker") as later:
        shown = await done(later, f"pauses/{pause.id}/resume")
        assert "The waits run again." in shown
        assert "The lasting waits are paused" not in shown
        assert "The clocks run again, by Testina Staff" in shown
        clock.advance(days=20)
    assert (await the_case(room)).pauses[0].span.end == pause.start.replace(day=pause.start.day + 3)


async def test_a_pause_that_is_over_is_not_ended_and_the_page_says_what_to_do_instead(
    worker: Browser, room: Room, clock: FixedClock
) -> None:
    pause = await paused(worker, room)
    clock.advance(days=12)
    async with browsing(room.app(), "triage-worker") as later:
        assert "Let run again" not in text_of((await later.get(PATH)).text)
        told = await refused(later, f"pauses/{pause.id}/resume", 409)
    assert "The pause is over: the clocks run already. You can put its times right instead." in told


async def test_a_pause_is_put_right_and_what_it_was_before_stays_to_be_read(worker: Browser, room: Room) -> None:
    pause = await paused(worker, room)
    shown = await done(worker, f"pauses/{pause.id}/correct", change="extended", **day("ends", "16 11 2026"))
    assert "The pause is put right." in shown
    assert "The pause is longer, by Testina Staff" in shown
    assert "Before: 2 November 2026 at 9:00am to 12 November 2026" in shown
    assert (await the_case(room)).pauses[0].until.day == 16


async def test_a_pause_that_never_was_gives_the_time_back(worker: Browser, room: Room) -> None:
    before = await week(room)
    pause = await paused(worker, room)
    assert (await week(room)).due_at != before.due_at
    shown = await done(worker, f"pauses/{pause.id}/correct", change="never-was")
    assert "This pause does not count" in shown
    assert (await week(room)).due_at == before.due_at


@pytest.mark.parametrize(
    ("answers", "status", "told"),
    [
        ({"change": ""}, 422, "Select what is to be put right"),
        ({"change": "resumed"}, 422, "Select what is to be put right"),
        ({"change": "extended", **day("ends", "31 12 2026")}, 409, "A pause can last 28 days at most."),
        ({"change": "wrong-time", **day("ends", "1 11 2026")}, 409, "The pause must end after it begins."),
    ],
)
async def test_a_correction_that_cannot_be_is_refused(
    worker: Browser, room: Room, answers: dict[str, str], status: int, told: str
) -> None:
    pause = await paused(worker, room)
    before = await room.states()
    assert told in await refused(worker, f"pauses/{pause.id}/correct", status, **answers)
    assert await room.states() == before


@pytest.mark.parametrize("step", ["resume", "correct"])
@pytest.mark.parametrize("pause_id", ["of-nobody", "01900000-0000-7000-8000-000000000000"])
async def test_a_pause_that_is_not_there_has_no_page(worker: Browser, step: str, pause_id: str) -> None:
    assert (await worker.get(f"{PATH}/pauses/{pause_id}/{step}")).status_code in (404, 422)


async def test_a_case_closed_a_few_days_ago_is_the_same_again(worker: Browser, room: Room, clock: FixedClock) -> None:
    closed = await done(worker, "close", outcome="lost-contact")
    assert "Open this case again" in closed
    clock.advance(days=5)
    async with browsing(room.app(), "triage-worker") as later:
        shown = await done(later, "reopen", **AGAIN)
    assert "The case is open again." in shown
    assert "The support that was arranged did not hold" in shown
    case = await the_case(room)
    assert (case.state, len(case.closings)) == (State.OPEN, 1)


async def test_a_case_closed_longer_ago_gets_a_new_one_beside_it(
    worker: Browser, room: Room, clock: FixedClock
) -> None:
    await done(worker, "close", outcome="lost-contact")
    clock.advance(days=6)
    async with browsing(room.app(), "triage-worker") as later:
        assert "A new case is open for the person." in await done(later, "reopen", **AGAIN)
    new = await room.given["cases"].get(case_id_of(INTRODUCTION, 2))
    assert ((await the_case(room)).state, new.state, new.spell) == (State.CLOSED, State.OPEN, 2)


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({"reason": ""}, "Select why"),
        ({"reason": "because"}, "Select why"),
        ({"priority": "5"}, "Select how pressing it is"),
    ],
)
async def test_opening_again_asks_why_and_how_pressing(
    worker: Browser, room: Room, answers: dict[str, str], told: str
) -> None:
    await done(worker, "close", outcome="lost-contact")
    assert told in await refused(worker, "reopen", 422, **{**AGAIN, **answers})
    assert (await the_case(room)).state is State.CLOSED


async def test_a_case_that_the_person_withdrew_from_is_opened_at_the_front_door_alone(
    worker: Browser, room: Room
) -> None:
    await room.hear(withdrawn())
    assert "Open this case again" not in text_of((await worker.get(PATH)).text)
    told = await refused(worker, "reopen", 409, **AGAIN)
    assert "The introduction ended at the front door. Ask them to open it again." in told


@pytest.mark.parametrize("path", ["pause", "reopen"])
async def test_a_form_sent_twice_does_it_once(worker: Browser, room: Room, path: str) -> None:
    answers: dict[str, Any] = AWAY
    if path == "reopen":
        await done(worker, "close", outcome="lost-contact")
        answers = AGAIN
    sent = await filled_plainly(worker, path, answers)
    codes = [(await worker.send_form(f"{PATH}/{path}", **sent)).status_code for _ in range(2)]
    case = await the_case(room)
    assert (codes, len(case.pauses), len(case.closings)) == ([303, 303], path == "pause", path == "reopen")


@pytest.mark.parametrize("path", ["pause", "reopen"])
async def test_somebody_who_only_reads_is_not_asked(app: FastAPI, path: str) -> None:
    async with browsing(app, "finance-officer") as reader:
        assert (await reader.get(f"/cases/{CASE}/{path}")).status_code in (403, 404)
