"""The status page says how long it lately took until support began, where enough people have begun to say so."""

from datetime import timedelta

import pytest

from alliance.kernel import FixedClock, new_id
from alliance.testing import as_staff
from alliance.testing.rooms import Browser
from intake.domain.support_wait import SupportWait

from ..builders import NINE, FrontDoor
from .records import received


async def status_page(browser: Browser, door: FrontDoor, days: list[int]) -> str:
    """Of somebody new, after others have waited so many `days` each until support began, at nine."""
    for waited in days:
        with as_staff(mark=f"reaction:note_support_started:{new_id()}"):
            await door.given["support_waits"].add(SupportWait(id=new_id(), started_at=NINE, days=waited))
    introduction = await received(door)
    await browser.send_form("/status", reference=introduction.reference, key=introduction.status_key)
    return str((await browser.get("/status/mine")).text)


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ([3] * 10, "most people had support within 3 days of introducing themselves"),
        ([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], "half of the people had support within 5 days"),
        ([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], "most people (3 in 4) within 8 days"),
        ([1] * 12, "most people had support within a day"),
    ],
)
async def test_it_is_told_from_what_happened(browser: Browser, door: FrontDoor, days: list[int], told: str) -> None:
    assert told in await status_page(browser, door, days)


async def test_too_few_say_nothing_and_the_promise_stands(browser: Browser, door: FrontDoor) -> None:
    text = await status_page(browser, door, [3] * 9)
    assert "In the last 8 weeks" not in text
    assert "Somebody looks at it by" in text


async def test_waits_of_long_ago_say_nothing_about_today(browser: Browser, door: FrontDoor, clock: FixedClock) -> None:
    clock.advance(days=57)
    assert "In the last 8 weeks" not in await status_page(browser, door, [3] * 20)


def test_of_several_kinds_of_support_the_first_to_begin_counts_in_any_order() -> None:
    starts = [(NINE + timedelta(days=9), 9), (NINE + timedelta(days=6), 6)]
    for order in (starts, starts[::-1]):
        wait = SupportWait(id=new_id(), started_at=order[0][0], days=order[0][1])
        for at, days in order:
            wait.note_started(at, days)
        assert wait.days == 6
