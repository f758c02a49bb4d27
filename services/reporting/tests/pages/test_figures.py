"""The scorecard, a figure and the events behind it, as people see them."""

from datetime import UTC, datetime

import pytest

from alliance.access import Role
from alliance.contracts.codes import SourceCode
from alliance.kernel import FixedClock
from alliance.testing.rooms import browsing

from ..builders import a_commitment, a_start_of_support, an_introduction, said
from ..rooms import Room

PAGES = ("/", "/figures", "/figures/introductions", "/figures/mean-wait-to-support", "/figures/saving", "/months")
FILES = ("/open-data.csv", "/figures/introductions.csv", "/months.csv")


@pytest.fixture
def room() -> Room:
    return Room()


async def after_months(counts: list[int]) -> Room:
    """So many introductions in each month up to October 2026, all final, and one so far in November."""
    room = Room(clock=FixedClock(datetime(2026, 11, 20, 12, tzinfo=UTC)))
    for back, count in enumerate(reversed(counts), 1):
        number = 2026 * 12 + 10 - back
        at = datetime(number // 12, number % 12 + 1, 15, 12, tzinfo=UTC)
        await room.count(*(said(an_introduction(SourceCode.GP, at), at=at) for _ in range(count)))
    await room.count(an_introduction())
    return room


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("full", [False, True])
async def test_every_page_opens_with_and_without_figures(path: str, full: bool) -> None:
    room = await after_months([3, 4, 5]) if full else Room()
    async with browsing(room.app, "key-worker") as browser:
        answer = await browser.get(path)
    assert answer.status_code == 200, answer.text
    assert answer.text.count("<h1") == 1
    assert " - Outcomes - Living Well" in answer.text


async def test_an_empty_scorecard_says_what_will_come(room: Room) -> None:
    async with browsing(room.app, "key-worker") as browser:
        page = (await browser.get("/")).text
        assert "Nothing has been counted yet. Figures appear here" in page
        assert "Too early to say" in page
        assert "No month has begun" in (await browser.get("/months")).text


async def test_each_figure_has_value_trend_conclusion_definition_and_source() -> None:
    room = await after_months([4, 6])
    async with browsing(room.app, "finance-officer") as browser:
        page = (await browser.get("/")).text
    assert "in October 2026" in page
    assert "Up from 4 the month before." in page
    assert "there are 2." in page
    assert "1 so far in November 2026." in page
    assert "Introductions received at the open front door, by the day they arrived." in page
    assert "Source: Lambeth Living Well Network, published outcomes: about 400 a month." in page
    assert page.count("Definition and source") == 11


async def test_a_month_that_is_not_over_is_shown_and_never_judged() -> None:
    room = await after_months([20, 22] * 9)
    async with browsing(room.app, "key-worker") as browser:
        page = (await browser.get("/figures/introductions")).text
    assert "22 in October 2026, up from 20 the month before. That is usual variation" in page
    assert "Not over yet" in page
    assert "1 so far in November 2026." in page


async def test_a_chart_tells_chance_from_change() -> None:
    room = await after_months([20, 22] * 7 + [40, 41, 40, 42, 41, 40, 43, 42])
    async with browsing(room.app, "key-worker") as browser:
        page = (await browser.get("/figures/introductions")).text
    assert "Higher than usual since March 2026, and not by chance: a change." in page
    assert "Change, neither good nor bad" in page
    assert "<svg" in page
    assert "style=" not in page.replace("stylesheet", "")


async def test_a_wait_that_gets_shorter_is_an_improvement_and_is_held_against_its_aim() -> None:
    room = await after_months([1] * 22)
    for back in range(1, 23):
        number = 2026 * 12 + 10 - back
        at = datetime(number // 12, number % 12 + 1, 15, 12, tzinfo=UTC)
        await room.count(said(a_start_of_support(5 + back).model_copy(update={"started_at": at}), at=at))
    async with browsing(room.app, "key-worker") as browser:
        page = (await browser.get("/figures/mean-wait-to-support")).text
    assert "and not by chance: an improvement." in page
    assert "6 days in October 2026, down from 7 days the month before. Lower than usual since" in page
    assert "The aim of 7 days is met." in page


async def test_the_events_behind_a_month_are_listed_by_id_page_by_page() -> None:
    room = await after_months([])
    events = [said(an_introduction()) for _ in range(101)]
    await room.count(*events)
    async with browsing(room.app, "auditor") as browser:
        first = (await browser.get("/figures/introductions/months/2026-11")).text
        link = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
        second = (await browser.get(f"/figures/introductions/months/2026-11{link}")).text
    shown = [event.id for event in events if event.id in first or event.id in second]
    assert len(shown) == 101
    assert "intake.introduction-received.v1" in first


async def test_a_share_says_what_was_divided_by_what(room: Room) -> None:
    await room.count(an_introduction(SourceCode.SELF), an_introduction(SourceCode.GP))
    async with browsing(room.app, "key-worker") as browser:
        page = (await browser.get("/figures/share-self-introduced/months/2026-11")).text
    assert "50 %, not final yet." in page
    assert "Introductions by themselves: 1. Divided by introductions: 2." in page


@pytest.mark.parametrize("path", FILES)
async def test_every_list_is_a_file(path: str) -> None:
    room = await after_months([2, 3])
    async with browsing(room.app, "key-worker") as browser:
        answer = await browser.get(path)
    assert answer.headers["content-type"].startswith("text/csv")
    assert len(answer.text.splitlines()) > 2


async def test_money_is_pounds_on_the_page_and_a_number_in_the_file(room: Room) -> None:
    await room.count(a_commitment(total=600_000, saving=-2_500_050))
    room.clock.advance(days=60)
    async with browsing(room.app, "key-worker") as browser:
        page = (await browser.get("/figures/saving")).text
        file = (await browser.get("/figures/saving.csv")).text
    assert "£25,00" in page
    assert "2026-11,-25000.5," in file


@pytest.mark.parametrize(
    "path",
    [
        "/figures/happiness",
        "/figures/happiness.csv",
        "/figures/INTRODUCTIONS",
        "/figures/%3Cscript%3E",
        "/figures/introductions/months/2026-13",
        "/figures/introductions/months/2026-11",
        "/figures/introductions?after=then",
        "/months/2026-11",
        "/months/then",
    ],
)
async def test_what_does_not_exist_is_not_found_and_not_repeated(room: Room, path: str) -> None:
    async with browsing(room.app, "key-worker") as browser:
        answer = await browser.get(path)
    assert answer.status_code == 404
    assert "<script>" not in answer.text.replace("<script type", "").replace("<script nonce", "")
    assert "happiness" not in answer.text


@pytest.mark.parametrize("role", [role.value for role in Role if role is not Role.INTEGRATION])
async def test_everybody_of_the_alliance_sees_the_outcomes(room: Room, role: str) -> None:
    await room.count(an_introduction())
    async with browsing(room.app, role) as browser:
        for path in ("/", "/figures/introductions", "/figures/introductions/months/2026-11"):
            assert (await browser.get(path)).status_code == 200


async def test_nobody_else_does(room: Room) -> None:
    async with browsing(room.app) as nobody:
        for path in (*PAGES, *FILES):
            assert (await nobody.get(path)).status_code == 303
    async with browsing(room.app, "reporting.viewer") as stranger:
        for path in (*PAGES, *FILES):
            assert (await stranger.get(path)).status_code == 403
