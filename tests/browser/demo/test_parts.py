"""The parts that pages are made of, in a real browser, under the policy that pages really have."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, Page, expect
from tests.browser.demo.serving import Served
from tests.browser.visitor import DESKTOP, NARROW, PHONE, Visitor

FIRST_VISIT = 120 * 1024


@asynccontextmanager
async def visit(
    browser: Browser, url: str, *, size: tuple[int, int] = DESKTOP, script: bool = True
) -> AsyncIterator[Visitor]:
    visitor = await Visitor.at(browser, size=size, script=script)
    await visitor.goes_to(url)
    yield visitor
    await visitor.leave()


@pytest.fixture
async def board(browser: Browser, demo: Served) -> AsyncIterator[Page]:
    demo.app.state.given["board"].reset()
    async with visit(browser, f"{demo.url}/board") as seen:
        await expect(seen.page.get_by_role("status")).to_contain_text("Updated at")
        yield seen.page
        assert seen.troubles == []


@pytest.mark.parametrize("path", ["/", "/board", "/form", "/?whose=none&sort=-days&after=x"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE, NARROW])
async def test_a_page_is_accessible_and_asks_nobody_else(
    browser: Browser, demo: Served, path: str, size: tuple[int, int]
) -> None:
    async with visit(browser, demo.url + path, size=size) as seen:
        assert await seen.inspected() == []


@pytest.mark.parametrize(
    "path",
    ["/accessibility", "/privacy", "/nowhere"]
    + [f"/kept/{name}" for name in ("closed", "choose-issuer", "sign-in", "signed-out", "sessions")],
)
async def test_a_page_that_every_service_has_is_accessible(browser: Browser, demo: Served, path: str) -> None:
    async with visit(browser, demo.url + path, size=NARROW) as seen:
        assert await seen.inspected() == []


async def test_the_policy_is_the_strict_one(browser: Browser, demo: Served) -> None:
    async with visit(browser, demo.url) as seen:
        answer = await seen.page.goto(demo.url)
        assert answer is not None
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert await seen.page.evaluate("getComputedStyle(document.body).fontFamily") == "arial, sans-serif"


async def test_axe_finds_what_is_wrong(browser: Browser, demo: Served) -> None:
    async with visit(browser, demo.url) as seen:
        await seen.page.evaluate("document.querySelector('.nhsuk-label').remove()")
        (found,) = await seen.inspected()
        assert "select-name" in found


async def test_a_first_visit_is_small(browser: Browser, demo: Served) -> None:
    """As it comes over the wire, headers included."""
    sizes: list[int] = []
    context = await browser.new_context()
    page = await context.new_page()
    session = await context.new_cdp_session(page)
    await session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    await page.goto(demo.url, wait_until="networkidle")
    await context.close()
    assert 20 * 1024 < sum(sizes) < FIRST_VISIT


async def test_a_second_page_fetches_no_asset_again(browser: Browser, demo: Served) -> None:
    async with visit(browser, f"{demo.url}/form") as seen:
        session = await seen.page.context.new_cdp_session(seen.page)
        await session.send("Network.enable")
        served: list[str] = []
        session.on("Network.requestServedFromCache", lambda event: served.append(event["requestId"]))
        await seen.page.goto(f"{demo.url}/")
        assert len(served) >= 2


async def test_wrong_answers_are_linked_from_the_top(browser: Browser, demo: Served) -> None:
    async with visit(browser, f"{demo.url}/form") as seen:
        await seen.page.get_by_role("button", name="Send").click()
        await expect(seen.page).to_have_title(re.compile("^Error: "))
        await seen.page.get_by_role("link", name="Enter what to call you").click()
        await expect(seen.page.get_by_label("What should we call you?")).to_be_focused()
        assert await seen.inspected() == []


async def test_without_script_forms_links_and_the_way_out_work(browser: Browser, demo: Served) -> None:
    async with visit(browser, f"{demo.url}/form", script=False) as seen:
        await seen.page.get_by_role("button", name="Send").click()
        await expect(seen.page).to_have_title(re.compile("^Error: "))
        await expect(seen.page.get_by_text("by pressing Shift")).to_be_hidden()
        assert await seen.page.get_by_text("Exit this page", exact=True).get_attribute("href") == (
            "https://www.bbc.co.uk/weather"
        )
        await seen.page.goto(f"{demo.url}/board")
        await expect(seen.page.get_by_role("link", name="Refresh")).to_be_visible()
        await expect(seen.page.get_by_role("button", name="Pause updates")).to_be_hidden()
        await seen.page.goto(f"{demo.url}/")
        await expect(seen.page.get_by_role("button", name="Print this page")).to_be_hidden()
        await seen.page.get_by_role("link", name="Days", exact=True).click()
        await expect(seen.page.get_by_role("columnheader", name="Days", exact=True)).to_have_attribute(
            "aria-sort", "ascending"
        )


@pytest.mark.parametrize("by", ["button", "keys"])
async def test_the_way_out_leaves_this_page_out_of_the_history(browser: Browser, demo: Served, by: str) -> None:
    async with visit(browser, f"{demo.url}/board") as seen:
        await seen.page.goto(f"{demo.url}/form")
        await seen.page.context.route("https://www.bbc.co.uk/**", lambda route: route.fulfill(body="the weather"))
        if by == "button":
            await seen.page.get_by_text("Exit this page", exact=True).click()
        else:
            while seen.page.url.startswith(demo.url):  # on a busy machine three presses may take longer than counts
                await seen.page.keyboard.press("Shift")
                await seen.page.wait_for_timeout(50)
        await seen.page.wait_for_url("https://www.bbc.co.uk/weather")
        await seen.page.go_back()
        assert seen.page.url == f"{demo.url}/board"


async def test_shift_in_writing_does_not_leave(browser: Browser, demo: Served) -> None:
    async with visit(browser, f"{demo.url}/form") as seen:
        await seen.page.get_by_label("What should we call you?").focus()
        for letter in "ABCD":
            await seen.page.keyboard.press(f"Shift+{letter}")
        await expect(seen.page.get_by_label("What should we call you?")).to_have_value("ABCD")


async def test_a_live_part_shows_what_changed_by_itself(board: Page, demo: Served) -> None:
    demo.app.state.given["board"].people.append("Kim")
    await expect(board.locator("#here li")).to_have_text(["Tess", "Amir", "Jo", "Kim"])
    await expect(board.get_by_role("link", name="Refresh")).to_be_hidden()


async def test_what_changes_does_not_take_the_focus(board: Page, demo: Served) -> None:
    await board.get_by_role("link", name="Jo").focus()
    demo.app.state.given["board"].people.append("Kim")
    await expect(board.locator("#here li")).to_have_count(4)
    await expect(board.get_by_role("link", name="Jo")).to_be_focused()


async def test_updates_wait_while_they_are_paused(board: Page, demo: Served) -> None:
    await board.get_by_role("button", name="Pause updates").click()
    await expect(board.get_by_role("status")).to_have_text("Updates are paused")
    demo.app.state.given["board"].people.append("Kim")
    await expect(board.get_by_role("status")).to_have_text("Updates are paused. There is something new")
    await expect(board.locator("#here li")).to_have_count(3)
    await board.get_by_role("button", name="Resume updates").click()
    await expect(board.locator("#here li")).to_have_count(4)


async def test_a_session_that_ended_is_said_and_changes_nothing(board: Page, demo: Served) -> None:
    demo.app.state.given["board"].signed_out = True
    demo.app.state.given["board"].people.append("Kim")
    await expect(board.get_by_role("status")).to_have_text("You are no longer signed in. Refresh the page")
    await expect(board.locator("#here li")).to_have_count(3)
    await expect(board.get_by_role("link", name="Refresh")).to_be_visible()


async def test_the_service_that_one_is_in_is_said_to_be_the_current_one(browser: Browser, demo: Served) -> None:
    async with visit(browser, demo.url) as seen:
        current = seen.page.locator(".alliance-services [aria-current]")
        assert [await each.get_attribute("aria-current") for each in await current.all()] == ["true"]


async def test_on_paper_there_is_nothing_to_press(browser: Browser, demo: Served) -> None:
    async with visit(browser, demo.url) as seen:
        await seen.page.emulate_media(media="print")
        await expect(seen.page.get_by_text("Printed by Testina Staff")).to_be_visible()
        for part in (".nhsuk-button", ".alliance-filters", ".alliance-services", ".nhsuk-pagination"):
            assert await seen.page.locator(part).first.is_hidden()


async def test_charts_keep_their_lines_in_forced_colours(browser: Browser, demo: Served) -> None:
    async with visit(browser, demo.url) as seen:
        await seen.page.emulate_media(forced_colors="active")
        stroke = "getComputedStyle(document.querySelector('.series-1')).stroke"
        assert await seen.page.evaluate(stroke) not in ("none", "rgba(0, 0, 0, 0)")
        assert await seen.inspected() == []
