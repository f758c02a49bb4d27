"""Outcomes as people see them: paired scores, small numbers hidden, and how offers ended."""

import csv
from datetime import date
from typing import cast

from alliance.contracts import Envelope, intake, triage
from alliance.contracts.codes import MeasureTool
from alliance.kernel import new_id
from alliance.people import Holdings
from alliance.testing.rooms import browsing

from ..builders import (
    NOON,
    a_closing,
    a_corrected_score,
    a_reopened,
    a_score,
    an_acceptance,
    an_introduction,
    an_offer,
    answers,
    said,
)
from ..rooms import Room

FIRST, LATER = date(2026, 9, 1), date(2026, 10, 20)


def courses(count: int, before: float, after: float | None, tool: MeasureTool = MeasureTool.PHQ_9) -> list[Envelope]:
    """So many people, each with a score and, where there is one, a later score."""
    found: list[Envelope] = []
    for _ in range(count):
        case = new_id()
        found.append(said(a_score(before, FIRST, case_id=case, tool=tool)))
        if after is not None:
            found.append(said(a_score(after, LATER, case_id=case, tool=tool)))
    return found


async def measures(room: Room) -> dict[str, list[str]]:
    """`{measure: [series, with a later score, better, no change, worse, recovered]}` as the file has them."""
    async with browsing(room.app, "key-worker") as browser:
        answer = await browser.get("/outcomes.csv")
    assert answer.status_code == 200
    rows = list(csv.reader(answer.text.removeprefix("\ufeff").splitlines()))[1:]
    return {row[0]: row[1:] for row in rows}


async def test_paired_scores_are_counted_by_measure_with_small_numbers_hidden() -> None:
    room = Room()
    await room.hear(
        *courses(12, 18, 9), *courses(6, 12, 11), *courses(7, 18, None), *courses(3, 10, 9, MeasureTool.GAD_7)
    )
    found = await measures(room)
    assert found["phq-9:total"] == ["25", "20", "10", "*", "*", "10"], "12, 6 and nobody: a star takes 6 along"
    assert found["gad-7:total"] == ["*"] * 6
    assert found["dialog:quality-of-life"][2:] == ["–"] * 4


async def test_a_score_that_was_wrong_does_not_count_any_more() -> None:
    room = Room()
    heard = courses(20, 18, 9)
    await room.hear(*heard)
    assert (await measures(room))["phq-9:total"][:2] == ["20", "*"], "nobody has one score alone"
    corrected = [
        said(a_corrected_score(triage.OutcomeMeasured.model_validate(each.data), None), sequence=2)
        for each in heard[1:20:2]
    ]
    await room.hear(*corrected, *corrected)
    assert (await measures(room))["phq-9:total"][:2] == ["20", "10"]


async def test_offers_that_came_to_nothing_are_shown_by_how_they_ended() -> None:
    room = Room()
    await room.count(
        *(an_offer(triage.SupportDeclined, by="person", reason_code="not-now") for _ in range(3)),
        an_offer(triage.SupportDeclined, by="provider", reason_code="no-capacity"),
        *(an_offer(triage.SupportLapsed) for _ in range(2)),
        an_offer(triage.SupportWithdrawn, reason_code="not-needed"),
    )
    async with browsing(room.app, "finance-officer") as browser:
        page = (await browser.get("/outcomes")).text
    assert "The largest is Declined by the person with 3." in page
    for words in ("Declined by the provider", "Not answered in time", "Taken back by us"):
        assert words in page


async def test_a_second_opening_is_accepted_and_ended_by_itself_and_is_no_second_introduction() -> None:
    """Unlike a case that goes on, an introduction that was closed did end: its ending stays counted."""
    room, first = Room(), an_introduction()
    await room.count(
        first, a_closing(first), a_reopened(first), an_acceptance(first, spell=2), a_closing(first, spell=2)
    )
    assert (await room.figures())["2026-11"] == {
        "introductions": 1,
        "self-introductions": 1,
        "introductions-closed": 2,
        "introductions-reopened": 1,
        "introductions-accepted": 1,
    }


async def test_nothing_comes_back_of_somebody_erased_whenever_it_is_heard() -> None:
    room, case, person = Room(), new_id(), new_id()
    await room.hear(a_score(18, FIRST, case_id=case, person_id=person))
    holdings = cast(Holdings, room.wiring.given["holdings"])
    (told,) = await holdings.told(person)
    assert [(row.label, row.value) for row in told.rows] == [("PHQ-9, 1 September 2026", "18")]
    await room.hear(intake.PersonErased(person_id=person, request_id=new_id(), at=NOON))
    await room.hear(a_score(9, LATER, case_id=case, person_id=person))
    assert await holdings.told(person) == []
    never_heard_of = an_introduction()
    await room.hear(intake.PersonErased(person_id=never_heard_of.person_id, request_id=new_id(), at=NOON))
    await room.hear(never_heard_of, answers(never_heard_of.person_id, gender="2"))
    await room.hear(a_score(9, LATER, case_id=new_id(), person_id=never_heard_of.person_id))
    assert await holdings.told(never_heard_of.person_id) == []
