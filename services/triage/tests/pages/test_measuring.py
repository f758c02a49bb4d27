"""Pages of measures: entered item by item, corrected, taken back, and what a score says."""

import csv
import io
import re

import pytest

from alliance.testing.rooms import Browser
from triage.domain.codes import MeasureTool, Priority
from triage.domain.measures import TOOLS

from ..builders import Room
from .doing import PATH, answered, done, only, the_case
from .reading import text_of

PHQ = answered(MeasureTool.PHQ_9, *[2] * 9)


async def test_a_measure_is_entered_by_item_and_says_what_it_means(worker: Browser) -> None:
    shown = await done(worker, "measures/new/phq-9", **answered(MeasureTool.PHQ_9, *[2] * 8, 2, on="2 10 2026"))
    assert "Score 18 (0 to 27) Meaning Moderately severe" in shown
    await done(worker, "measures/new/phq-9", **answered(MeasureTool.PHQ_9, *[1] * 8, 1))
    page = (await worker.get(f"{PATH}/measures")).text
    told = text_of(page)
    sentence = "PHQ-9 fell from 18 to 9: a reliable improvement, and out of the clinical range."
    assert f"{sentence} Now: mild, not in the clinical range. Lower is better." in told
    assert "Clinical range from 10" in told
    assert "2 October 2026 18 Moderately severe" in told
    assert "<svg" in page
    assert sentence in text_of((await worker.get(PATH)).text)


async def test_item_9_says_what_to_do_now_until_a_worker_has_answered(worker: Browser, room: Room) -> None:
    entered = await done(worker, "measures/new/phq-9", **answered(MeasureTool.PHQ_9, *[0] * 8, 1))
    for told in ("read what to do now", "What to do now", "call 999", "116 123", "Answer the safety concern"):
        assert told in entered, told
    await room.settle()
    case = await the_case(room)
    assert (case.priority, len(case.unanswered_concerns)) == (Priority.EMERGENCY, 1)
    assert "What to do now" in text_of((await worker.get(f"{PATH}/measures")).text)
    assert "Safety concern not answered" in text_of((await worker.get(PATH)).text)
    await done(worker, "change-priority", priority="2", reason="safety-plan-agreed")
    assert "What to do now" not in text_of((await worker.get(f"{PATH}/measures")).text)


async def test_what_was_not_answered_is_told_and_not_made_up(worker: Browser) -> None:
    shown = await done(worker, "measures/new/gad-7", **answered(MeasureTool.GAD_7, *[1] * 6, "not-said"))
    assert "Score Not scored" in shown
    assert "Not answered: item 7." in shown


async def test_dialog_shows_both_means_and_with_what_help_is_wanted(worker: Browser) -> None:
    answers = answered(MeasureTool.DIALOG, *[5] * 8, 4, 4, 6, wants_help=["2", "5"])
    shown = await done(worker, "measures/new/dialog", **answers)
    assert "DIALOG, quality of life Score 5 (1 to 7)" in shown
    assert "DIALOG, satisfaction with treatment Score 4.67 (1 to 7)" in shown
    assert "2. Physical health 5 Yes" in re.sub(r"(What it is about|Answer|Wants help with it) ", "", shown)


@pytest.mark.parametrize("tool", ["dialog", "reqol-10", "phq-9", "gad-7"])
async def test_every_measure_asks_for_every_item_and_keeps_what_was_chosen(
    worker: Browser, room: Room, tool: str
) -> None:
    before = await room.states()
    where = f"{PATH}/measures/new/{tool}"
    answer = await worker.send_form(where, item_2="2")
    assert answer.status_code == 422
    asked = TOOLS[MeasureTool(tool)]
    told = text_of(answer.text)
    assert told.count("or that it was not answered") >= asked.items - 1
    assert re.search(r'name="item_2"[^>]*value="2"[^>]*checked', answer.text)
    wrong = await worker.send_form(where, **answered(asked.tool, *[asked.highest + 1] * asked.items))
    assert wrong.status_code == 422
    assert await room.states() == before


async def test_a_correction_is_shown_beside_what_was_typed_in(worker: Browser, room: Room) -> None:
    await done(worker, "measures/new/phq-9", **PHQ)
    measure = await only(room, "measurements")
    page = (await worker.get(f"{PATH}/measures/{measure}/correct")).text
    assert re.search(r'name="item_1"[^>]*value="2"[^>]*checked', page)
    corrected = answered(MeasureTool.PHQ_9, *[1] * 9, reason="typing-error")
    shown = await done(worker, f"measures/{measure}/correct", **corrected)
    assert "Score 9 (0 to 27)" in shown
    assert "Answers then: 2, 2, 2, 2, 2, 2, 2, 2, 2" in shown
    assert "The measure is taken back." in await done(worker, f"measures/{measure}/take-back", reason="disputed")
    assert "There is no score yet." in text_of((await worker.get(f"{PATH}/measures")).text)
    assert "counts no more" in text_of((await worker.get(f"{PATH}/measures/{measure}")).text)


async def test_measures_as_a_file_have_every_score_and_no_name(worker: Browser) -> None:
    await done(worker, "measures/new/phq-9", **PHQ)
    await done(worker, "measures/new/dialog", **answered(MeasureTool.DIALOG, *[5] * 11))
    file = await worker.get(f"{PATH}/measures.csv")
    heading, *lines = csv.reader(io.StringIO(file.text.removeprefix("\ufeff")))
    assert heading[:3] == ["Filled in on", "Measure", "Score"]
    assert sorted(line[2] for line in lines) == ["18.0", "5.0", "5.0"]
    assert "Testa" not in file.text


async def test_dialog_is_compared_item_by_item_with_the_first(worker: Browser) -> None:
    await done(worker, "measures/new/dialog", **answered(MeasureTool.DIALOG, 3, 5, 4, *[4] * 8, on="2 10 2026"))
    shown = await done(worker, "measures/new/dialog", **answered(MeasureTool.DIALOG, 4, 3, 4, *[4] * 7, "not-said"))
    words = re.sub(r"(What it is about|Answer|Wants help with it|Since the first) ", "", shown)
    assert "1. Mental health 4 +1, better" in re.sub(r"\s+", " ", words)
    assert "2. Physical health 3 \N{MINUS SIGN}2, worse" in re.sub(r"\s+", " ", words)
    assert "3. Job situation 4 As at first" in re.sub(r"\s+", " ", words)
