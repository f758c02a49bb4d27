"""A commitment as people see it: figures, how it came to them, and never a name."""

from datetime import UTC, date, datetime

import pytest

from alliance.kernel import FixedClock, new_id
from alliance.testing.rooms import browsing
from finance.domain.commitment import commitment_id

from ..rooms import Alliance, Stay


@pytest.fixture
def alliance() -> Alliance:
    return Alliance(FixedClock(datetime(2026, 11, 2, 12, tzinfo=UTC)))


@pytest.fixture
async def stay(alliance: Alliance) -> Stay:
    stay = Stay(alliance.clock)
    await alliance.hear(stay.moved_in(date(2026, 11, 2), 4))
    await alliance.settle()
    return stay


async def test_the_record_tells_how_it_came_to_its_figures(alliance: Alliance, stay: Stay) -> None:
    alliance.clock.advance(days=1)
    await alliance.hear(stay.corrected(date(2026, 11, 2), date(2026, 11, 1), 5))
    await alliance.settle()
    alliance.clock.advance(days=14)
    await alliance.hear(stay.moved_on(date(2026, 11, 15), 6))
    await alliance.settle()
    async with browsing(alliance.app, "finance-officer") as browser:
        listed = (await browser.get("/commitments")).text
        page = (await browser.get(f"/commitments/{commitment_id(stay.placement_id)}")).text
    assert "1 November 2026" in listed
    told = [page.index(words) for words in ("Commitment ended", "Commitment restated", "Commitment opened")]
    assert told == sorted(told)
    assert "Committed +£6,164.36, saved +£26,712.43." in page
    assert "£616.44" in page
    assert stay.person_id not in page


async def test_a_stay_that_goes_on_is_carried_over_and_links_to_the_next_year(alliance: Alliance, stay: Stay) -> None:
    alliance.clock.advance(days=150)
    await alliance.tick()
    await alliance.settle()
    async with browsing(alliance.app, "auditor") as browser:
        first = (await browser.get(f"/commitments/{commitment_id(stay.placement_id)}")).text
        listed = (await browser.get("/commitments?year=2027-28")).text
    assert "Carried over into 2027-28" in first
    assert "The same stay in other years" in first
    assert "1 April 2027" in listed or "2 November 2026" in listed


async def test_a_correction_before_the_move_in_is_explained(alliance: Alliance) -> None:
    early = Stay(alliance.clock)
    await alliance.hear(early.corrected(date(2026, 11, 2), date(2026, 11, 1), 5))
    async with browsing(alliance.app, "finance-officer") as browser:
        answer = await browser.get(f"/commitments/{commitment_id(early.placement_id)}")
    assert answer.status_code == 200
    assert "Nothing is committed until it does." in answer.text


async def test_looking_at_a_commitment_is_noted_as_a_look_at_the_person(alliance: Alliance, stay: Stay) -> None:
    async with browsing(alliance.app, "finance-officer") as browser:
        await browser.get(f"/commitments/{commitment_id(stay.placement_id)}")
    async with browsing(alliance.app, "key-worker") as browser:
        refused = await browser.get(f"/commitments/{commitment_id(stay.placement_id)}")
    assert refused.status_code == 403
    leaf = await alliance.app.state.trail.of_record("commitment", commitment_id(stay.placement_id))
    assert [(noted.entry.outcome, noted.entry.person_id) for noted in leaf.entries] == [
        ("refused", None),
        ("shown", stay.person_id),
    ]


async def test_those_who_see_the_list_and_not_the_records_get_no_links(alliance: Alliance, stay: Stay) -> None:
    async with browsing(alliance.app, "alliance-lead") as browser:
        assert "/commitments/" not in (await browser.get("/commitments")).text
        assert (await browser.get(f"/commitments/{commitment_id(stay.placement_id)}")).status_code == 403


async def test_what_is_not_there_is_not_found(alliance: Alliance) -> None:
    async with browsing(alliance.app, "finance-officer") as browser:
        for path in (f"/commitments/{new_id()}", "/commitments/nothing"):
            answer = await browser.get(path)
            assert answer.status_code == 404
            assert "There is nothing here by that address" in answer.text
