"""Somebody comes twice: the two records are compared, found to be one person's, and every service follows."""

import re
from secrets import randbelow, token_hex

import pytest
from playwright.async_api import Browser
from tests.browser.visitor import DESKTOP, Visitor
from tests.cluster import Cluster
from tests.journeys.test_by_the_pages import World, comes

pytestmark = [pytest.mark.broker, pytest.mark.store]


async def takes_a_call(fay: Visitor, world: World, name: str, phone: str, *, born: bool, year: str = "1943") -> str:
    """The introduction's address. The second time the caller does not say when they were born.

    A `year` for each test: another born on the same day would be a third who may be the same.
    """
    await fay.goes_to(world.url("intake", "/introductions/new"))
    page = fay.page
    await page.get_by_label("No", exact=True).first.check()
    await page.get_by_label("Phone", exact=True).check()
    await page.get_by_label("Who introduces them?").select_option("B1")
    await page.locator("#full_name").fill(name)
    await page.locator("#phone").fill(phone)
    if born:
        for label, value in (("Day", "3"), ("Month", "3"), ("Year", year)):
            await page.get_by_label(label, exact=True).fill(value)
    await fay.follows("Send the introduction")
    await fay.sees("The introduction is received.")
    return page.url


async def test_a_possible_duplicate_is_resolved(alliance: Cluster, browser: Browser) -> None:
    world = World(alliance, browser, DESKTOP)
    name, phone = f"Pretend {token_hex(4)}", f"07700 900{randbelow(1000):03d}"
    async with world.staff("Fay Example") as fay:
        # Given somebody who called once, and calls again
        first = await takes_a_call(fay, world, name, phone, born=True)
        second = await takes_a_call(fay, world, name, phone, born=False)
        assert first != second

        # When a worker compares the two records, for the reasons that they are told
        await fay.sees("This may be somebody whom we know already.")
        await fay.follows("Compare the two records")
        await fay.sees("The full name is the same.")
        await fay.sees("A phone number is the same.")
        await fay.sees("3 March 1943")
        assert await fay.inspected() == []
        await fay.page.get_by_label("Yes, they are the same person").check()
        await fay.follows("Save")

        # Then one record knows both introductions, and the pair is offered no more
        survivor = fay.page.url
        await comes(fay, survivor, "Records that are part of this one")
        links = {await each.get_attribute("href") for each in await fay.page.locator("main li a").all()}
        assert {re.sub(r"^https?://[^/]+", "", each) for each in (first, second)} <= links
        await fay.goes_to(world.url("intake", "/matches"))
        assert not await fay.page.get_by_text(name).count()

        # And when it was a mistake after all, they are two again, and are not offered again
        await fay.goes_to(survivor)
        await fay.follows("undo the merge")
        await fay.sees("not offered as duplicates again")
        await fay.follows("They are two people")
        await fay.goes_to(world.url("intake", "/matches"))
        assert not await fay.page.get_by_text(name).count()
        await fay.goes_to(second)
        await fay.follows("Details and sharing")
        assert fay.page.url != survivor
        await comes(fay, fay.page.url, "Ask the equality questions")
