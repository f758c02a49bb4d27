"""What a worker reads and may do about the search for a home, on the pages of a case."""

from datetime import date
from typing import Any

import pytest

from alliance.contracts import housing
from alliance.kernel import FixedClock
from alliance.testing.rooms import Browser

from ..builders import CASE, PERSON, PLACEMENT, Room, moved_in, moved_on, placement_opened
from .reading import filled, text_of

PATH = f"/cases/{CASE}"
IPSA = {"setting": "residential-care", "weekly_cost": "1,538", "support_level": "medium", "section_117": "yes"}
GOES_ON = "Housing looks for a home. It goes on looking after the case is closed, unless the person withdrew."


async def done(browser: Browser, step: str, **answers: Any) -> str:
    sent = await browser.send_form(f"{PATH}/{step}", **await filled(browser, f"{PATH}/{step}", **answers))
    assert sent.status_code == 303, text_of(sent.text)
    return text_of((await browser.get(sent.headers["location"])).text)


async def housing_closes(room: Room) -> None:
    case = await room.given["cases"].get(CASE)
    await room.hear(
        placement_opened().model_copy(update={"at": case.ipsa_at}),
        housing.PlacementClosed(placement_id=PLACEMENT, person_id=PERSON, reason_code="other", at=case.ipsa_at),
    )


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ("goals-met", "The case is closed. Housing goes on looking for a home for the person."),
        ("lost-contact", "The case is closed. Housing goes on looking for a home for the person."),
        ("withdrawn", "The case is closed, and housing stops looking for a home."),
    ],
)
async def test_who_closes_a_case_reads_what_becomes_of_the_search(worker: Browser, outcome: str, said: str) -> None:
    await done(worker, "introduce-to-ipsa", **IPSA)
    assert GOES_ON in text_of((await worker.get(f"{PATH}/close")).text)
    assert said in await done(worker, "close", outcome=outcome)


async def test_where_nobody_looks_for_a_home_closing_does_not_speak_of_it(worker: Browser, room: Room) -> None:
    await done(worker, "introduce-to-ipsa", **IPSA)
    await housing_closes(room)
    assert GOES_ON not in text_of((await worker.get(f"{PATH}/close")).text)
    assert "Housing goes on" not in await done(worker, "close", outcome="goals-met")


async def test_a_person_is_introduced_again_once_the_case_was_closed_and_opened_again(
    worker: Browser, clock: FixedClock
) -> None:
    await done(worker, "introduce-to-ipsa", **IPSA)
    clock.advance(minutes=5)
    await done(worker, "close", outcome="withdrawn")
    clock.advance(minutes=5)
    shown = await done(worker, "reopen", priority="3", reason="person-came-back")
    assert "Introduce to IPSA" in shown
    shown = await done(worker, "introduce-to-ipsa", **IPSA | {"weekly_cost": "1,600"})
    assert "Lives now in: residential care, £1,538 a week" in shown
    assert "Lives now in: residential care, £1,600 a week" in shown


async def test_that_somebody_left_their_home_again_is_on_the_case_whatever_is_heard_first(
    worker: Browser, room: Room
) -> None:
    await done(worker, "introduce-to-ipsa", **IPSA)
    case = await room.given["cases"].get(CASE)
    opened = placement_opened().model_copy(update={"at": case.ipsa_at})
    await room.hear(opened, moved_on(date(2027, 3, 1)))
    assert "Left that home" in (page := text_of((await worker.get(PATH)).text))
    assert "Introduce to IPSA" in page, "whoever has left may be introduced again"
    await room.hear(moved_in())
    page = text_of((await worker.get(PATH)).text)
    assert page.index("Left that home") < page.index("Moved into a home of their own"), "the latest comes first"


async def test_a_person_is_introduced_again_once_housing_ended_the_search_and_not_before(
    worker: Browser, room: Room
) -> None:
    assert "Introduce to IPSA" not in await done(worker, "introduce-to-ipsa", **IPSA)
    await housing_closes(room)
    assert "Introduce to IPSA" in text_of((await worker.get(PATH)).text)
    await done(worker, "introduce-to-ipsa", **IPSA)
    assert [said.data["search"] for said in room.said if said.type == "triage.ipsa-introduced.v1"] == [1, 2]
