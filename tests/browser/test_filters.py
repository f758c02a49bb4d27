"""Many filters: in one's way on a phone, at hand at a desk."""

import pytest
from playwright.async_api import Browser, expect
from tests.browser.crew import signed_in, url
from tests.browser.visitor import DESKTOP, PHONE
from tests.cluster import Cluster

pytestmark = [pytest.mark.broker, pytest.mark.store]


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
async def test_the_filters_of_the_board_fold_on_a_phone_and_stand_open_at_a_desk(
    alliance: Cluster, browser: Browser, script: bool
) -> None:
    visitor = await signed_in(alliance, browser, "Tess Fabricated", script=script)
    page = visitor.page
    await visitor.goes_to(url(alliance, "triage", "/board"))
    unfold, show = page.get_by_text("Filter this list"), page.get_by_role("button", name="Show", exact=True)
    await expect(unfold).to_be_hidden()
    await expect(show).to_be_visible()
    await page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    await expect(show).to_be_hidden()
    await unfold.click()
    await page.get_by_label("Clock").select_option(index=1)
    await show.click()
    await expect(page.get_by_label("Clock")).to_be_visible()
    assert await page.get_by_label("Clock").input_value()
    assert await visitor.inspected() == []
    await page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
    assert await visitor.inspected() == []
    await visitor.leave()
