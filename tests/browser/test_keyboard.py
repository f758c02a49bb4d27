"""A whole task without a mouse: from the start page to a confirmation, with everything seen that has the focus."""

from datetime import datetime

import pytest
from playwright.async_api import Browser, Page
from tests.browser.filled import Filled
from tests.browser.visitor import Visitor
from tests.cluster import Cluster

from alliance.kernel import LONDON

pytestmark = [pytest.mark.broker, pytest.mark.store]

MOST = 200
"""Presses of the tab key after which anybody would have given up."""

FOCUSED = """() => {
    const it = document.activeElement
    const drawn = ['radio', 'checkbox'].includes(it.type)
    const look = drawn ? getComputedStyle(it.nextElementSibling, '::before') : getComputedStyle(it)
    const box = it.getBoundingClientRect()
    return {
        name: (it.getAttribute('aria-label') || it.innerText || it.value || '').trim().replace(/\\s+/g, ' '),
        page: it === document.body,
        seen: (look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) > 0) || look.boxShadow !== 'none',
        there: box.width > 1 && box.height > 1,
    }
}"""


class Keys:
    """Somebody who uses the keyboard alone. Raises where what has the focus cannot be seen."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def press(self, key: str) -> None:
        await self.page.keyboard.press(key)

    async def focused(self) -> str:
        found = await self.page.evaluate(FOCUSED)
        if found["page"]:
            return "the page"
        assert found["seen"], f"nobody sees that {found['name']!r} has the focus on {self.page.url}"
        assert found["there"], f"{found['name']!r} has the focus and no size on {self.page.url}"
        return str(found["name"])

    async def tabs_to(self, name: str) -> None:
        for _ in range(MOST):
            await self.press("Tab")
            if name in await self.focused():
                return
        raise AssertionError(f"the tab key does not lead to {name!r} on {self.page.url}")

    async def tabs_into(self, field: str) -> None:
        for _ in range(MOST):
            if await self.page.evaluate("document.activeElement.id") == field:
                return
            await self.press("Tab")
            await self.focused()
        raise AssertionError(f"the tab key does not lead into {field!r} on {self.page.url}")

    async def types(self, text: str) -> None:
        """In the place of what stands there."""
        await self.press("Control+A")
        await self.press("Delete")
        await self.page.keyboard.type(text)

    async def follows(self, name: str) -> None:
        await self.tabs_to(name)
        async with self.page.expect_navigation():
            await self.press("Enter")


async def test_a_conversation_is_recorded_by_keys_alone(alliance: Cluster, browser: Browser, filled: Filled) -> None:
    visitor = await Visitor.at(browser)
    keys, page = Keys(visitor.page), visitor.page
    await visitor.goes_to(alliance.start_page)
    await keys.follows("Continue as Tess Fabricated")
    await page.wait_for_url("**/triage.localhost*/**")

    # The first stop leads past the header
    await keys.press("Tab")
    assert await keys.focused() == "Skip to main content"
    await keys.press("Enter")
    await keys.press("Tab")
    assert await page.evaluate("document.activeElement.closest('main') !== null")

    await keys.follows("Sam Talked")
    await keys.follows("Record a conversation")
    await keys.tabs_into("on-day")
    for _ in range(3):
        await keys.types("")
        await keys.press("Tab")
    await keys.follows("Record the conversation")

    # The day is missing: what is wrong has the focus, and leads to where it is
    assert "There is a problem" in await page.evaluate("document.activeElement.innerText")
    await keys.tabs_to("Enter the day")
    await keys.press("Enter")
    assert await page.evaluate("document.activeElement.id") == "on-day"

    today = datetime.now(LONDON)
    for part in (today.day, today.month, today.year):
        await keys.types(str(part))
        await keys.press("Tab")
    await keys.follows("Record the conversation")
    await visitor.sees("recorded")
    assert await visitor.inspected() == []
    await visitor.leave()


async def test_a_focus_that_nobody_sees_is_found(alliance: Cluster, browser: Browser) -> None:
    visitor = await Visitor.at(browser)
    await visitor.page.set_content("<button style='outline: none; box-shadow: none'>Here</button>")
    with pytest.raises(AssertionError, match="nobody sees"):
        await Keys(visitor.page).tabs_to("Here")
    await visitor.leave()
