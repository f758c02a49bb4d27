"""Months as people see them, and making one final."""

import pytest

from alliance.kernel import new_id
from alliance.testing.rooms import browsing

from ..builders import an_introduction
from ..rooms import Room

MONTH, CLOSE = "/months/2026-11", "/months/2026-11/close"


@pytest.fixture
async def room() -> Room:
    room = Room()
    await room.count(an_introduction())
    return room


async def test_a_month_tells_its_figures_and_whether_they_are_final(room: Room) -> None:
    async with browsing(room.app, "key-worker") as browser:
        page = (await browser.get(MONTH)).text
    assert "The month is not over: the figures still grow." in page
    assert "Introductions" in page
    assert "Close this month" not in page
    room.clock.advance(days=29)
    async with browsing(room.app, "key-worker") as browser:
        assert "Its figures become final on 11 December 2026" in (await browser.get(MONTH)).text
        assert "Close this month" not in (await browser.get(MONTH)).text
        assert "introductions,1" in (await browser.get(f"{MONTH}.csv")).text


async def test_a_lead_makes_a_month_final_after_reading_what_that_means(room: Room) -> None:
    room.clock.advance(days=29)
    async with browsing(room.app, "alliance-lead") as lead:
        assert "Close this month" in (await lead.get(MONTH)).text
        assert "A closed month is not opened again." in (await lead.get(CLOSE)).text
        token = new_id()
        first = await lead.send_form(CLOSE, form_token=token)
        again = await lead.send_form(CLOSE, form_token=token)
        assert [first.status_code, again.status_code] == [303, 303]
        page = (await lead.get(MONTH)).text
    assert "The figures of November 2026 are final." in page
    assert "Close this month" not in page
    assert [envelope.type for envelope in room.said] == ["reporting.month-closed.v1"]


async def test_a_month_that_is_not_over_is_refused_by_a_sentence(room: Room) -> None:
    async with browsing(room.app, "alliance-lead") as lead:
        answer = await lead.send_form(CLOSE)
    assert answer.status_code == 409
    assert "A month can be closed once it has ended." in answer.text


async def test_whoever_looked_before_a_figure_changed_is_told(room: Room) -> None:
    (month,) = (await room.months.page("month")).items
    seen = (await room.months.read(month.id)).version
    await room.count(an_introduction())
    room.clock.advance(days=29)
    async with browsing(room.app, "alliance-lead") as lead:
        stale = await lead.send_form(CLOSE, version=str(seen))
        assert stale.status_code == 409
        assert "Somebody changed this while you had it open." in stale.text
        assert (await lead.send_form(CLOSE, version=str(seen + 1))).status_code == 303


@pytest.mark.parametrize(
    "role", ["key-worker", "finance-approver", "service-administrator", "governance-lead", "auditor"]
)
async def test_others_cannot_close(room: Room, role: str) -> None:
    room.clock.advance(days=29)
    async with browsing(room.app, role) as browser:
        assert (await browser.get(CLOSE)).status_code == 403
        assert (await browser.send_form(CLOSE)).status_code == 403
    assert room.said == []


@pytest.mark.parametrize("token", ["", "no token!", "x" * 65])
async def test_a_form_that_is_not_ours_is_not_taken(room: Room, token: str) -> None:
    room.clock.advance(days=29)
    async with browsing(room.app, "alliance-lead") as lead:
        assert (await lead.send_form(CLOSE, form_token=token)).status_code == 400
    assert room.said == []


async def test_only_the_button_counts(room: Room) -> None:
    room.clock.advance(days=29)
    async with browsing(room.app, "alliance-lead") as lead:
        await lead.send_form(CLOSE, month="2026-10", figures="9", closed="false")
    (month,) = (await room.months.page("month")).items
    assert (month.month, month.closed, month.figures["introductions"]) == ("2026-11", True, 1)
