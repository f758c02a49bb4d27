"""One introduction goes through all services by their pages, in a real browser, as a newcomer would click."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from secrets import randbelow, token_hex
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Browser
from tests.browser.visitor import DESKTOP, PHONE, Visitor
from tests.cluster import Cluster

pytestmark = [pytest.mark.broker, pytest.mark.store]

TODAY = datetime.now(ZoneInfo("Europe/London")).date()
SUPPORT = 120
SOON, BY_AND_BY = 20.0, 90.0
"""Seconds within which what one service said is seen in another's pages; more where one looks into every record."""


@dataclass
class World:
    """Who is there: everybody has a browser of their own."""

    alliance: Cluster
    browser: Browser
    size: tuple[int, int] = DESKTOP
    script: bool = True

    def url(self, service: str, path: str = "/") -> str:
        return f"http://{service}.localhost:{self.alliance.members[service].port}{path}"

    @asynccontextmanager
    async def somebody(self) -> AsyncIterator[Visitor]:
        visitor = await Visitor.at(self.browser, size=self.size, script=self.script)
        try:
            yield visitor
            assert await visitor.inspected() == []
        finally:
            await visitor.leave()

    @asynccontextmanager
    async def staff(self, name: str) -> AsyncIterator[Visitor]:
        """A persona who has chosen to be `name` on the start page."""
        async with self.somebody() as visitor:
            await visitor.goes_to(self.alliance.start_page)
            await visitor.follows(f"Continue as {name}")
            yield visitor


async def comes(visitor: Visitor, url: str, text: str) -> None:
    """Load the page again until it says so, as people do."""
    async with asyncio.timeout(SOON):
        while True:
            await visitor.goes_to(url)
            if await visitor.page.get_by_text(text).count():
                return
            await asyncio.sleep(0.2)


async def opens(visitor: Visitor, url: str, kind: str, name: str) -> None:
    """Find somebody's record: lists have no names, so open one after the other until it is theirs."""
    async with asyncio.timeout(BY_AND_BY):
        while True:
            await visitor.goes_to(url)
            links = visitor.page.locator(f"main a[href^='/{kind}/']")
            found = {await link.get_attribute("href") for link in await links.all()}
            for href in sorted(each for each in found if each and each.count("/") == 2):
                await visitor.goes_to(url.partition(f"/{kind}")[0] + href)
                if name in await visitor.heading():
                    return
            await asyncio.sleep(0.2)


async def fills_in_today(visitor: Visitor) -> None:
    for label, value in (("Day", TODAY.day), ("Month", TODAY.month), ("Year", TODAY.year)):
        await visitor.page.get_by_label(label, exact=True).fill(str(value))


async def introduces_themselves(person: Visitor, name: str) -> tuple[str, str]:
    """One thing per page, nearly everything left empty; the reference and the status key that they are given."""
    page = person.page
    await person.sees("There is no wrong reason")
    await person.follows("Start")
    await page.get_by_label("Me", exact=True).check()
    await person.follows("Continue")
    await page.get_by_label("No", exact=True).check()
    await person.follows("Continue")
    await page.get_by_label("What should we call you?").fill(name)
    await person.follows("Continue")
    await page.get_by_label("phone", exact=False).first.check()
    await person.follows("Continue")
    await page.get_by_label("Phone number").fill("07700 900123")
    await person.follows("Continue")
    await page.get_by_label("What is going on?").fill("Made up: I would like a home of my own.")
    for _ in range(5):
        assert await page.get_by_role("link", name="Exit this page").count()
        assert await page.get_by_text("116 123").count(), "crisis numbers are on every public page"
        await person.follows("Continue")
    await person.sees("Check what you told us")
    await person.sees(name)
    assert await person.inspected() == []
    await person.follows("Send")
    await person.sees("We have your introduction")
    text = await page.inner_text("main")
    reference = re.search(r"LW-[2-9A-Z]{4}-[2-9A-Z]{2}", text)
    key = re.search(r"Status key\s+(\S+)", text)
    assert reference
    assert key
    return reference[0], key[1]


@pytest.mark.parametrize(
    ("size", "script"),
    [(DESKTOP, True), (PHONE, True), (PHONE, False)],
    ids=["at a desk", "on a phone", "on a phone without JavaScript"],
)
async def test_an_introduction_becomes_a_home(
    alliance: Cluster, browser: Browser, size: tuple[int, int], script: bool
) -> None:
    world = World(alliance, browser, size, script)
    name = f"Pretend {token_hex(4)}"

    rent = 100 + randbelow(800)
    weekly = f"£{rent + SUPPORT:,}"
    """Of this person's home alone, so that what finance shows is theirs."""
    async with world.staff("Leo Synthetic") as leo:
        moved_in_before = await moved_in(leo, world)

    # Given somebody who introduces themselves
    async with world.somebody() as person:
        await person.goes_to(world.url("intake", "/introduce"))
        reference, key = await introduces_themselves(person, name)

    # When a front-door worker takes them on and accepts
    async with world.staff("Fay Example") as fay:
        await fay.goes_to(world.url("intake", "/introductions"))
        await fay.follows(reference)
        assert await fay.heading() == name
        await fay.follows("Take it on")
        await fay.follows("Accept")
        await fay.page.get_by_label("Routine").check()
        await fay.follows("Accept the introduction")
        await fay.sees("Accepted")

    # And a triage worker takes the case on, talks with them, offers support and introduces them to IPSA
    async with world.staff("Tess Fabricated") as tess:
        await opens(tess, world.url("triage", "/cases"), "cases", name)
        case = tess.page.url
        await tess.follows("Take")
        await tess.follows("Take the case on")
        await tess.goes_to(f"{case}/hold-conversation")
        await fills_in_today(tess)
        await tess.page.get_by_label("Creative").check()
        await tess.page.get_by_label("Home", exact=True).check()
        await tess.page.get_by_label("Notes").fill("Made up: draws well, wants a door of their own.")
        await tess.follows("Record the conversation")
        await tess.sees("Made up: draws well")
        await tess.goes_to(f"{case}/introduce-to-ipsa")
        await tess.page.get_by_label("Residential care").check()
        await tess.page.get_by_label("What does that cost a week?").fill("1,538")
        await tess.page.get_by_label("Floating").check()
        await tess.page.get_by_label("No", exact=True).check()
        await tess.follows("Introduce them")
        await tess.sees("A home of their own")

    # And housing offers a home, the person accepts and moves in
    async with world.staff("Max Mockup") as max_:
        await adds_a_home(max_, world.url("housing", "/homes/add"), rent)
        await opens(max_, world.url("housing", "/placements"), "placements", name)
        placement = max_.page.url
        await max_.goes_to(f"{placement}/offer-home")
        ours = max_.page.locator(".nhsuk-radios__item", has_text=f"{weekly} a week")
        await ours.get_by_role("radio").check()
        await max_.follows("Offer this home")
        await max_.sees("The home is held for this person")
        await max_.follows("Record that they accept")
        await max_.follows("They accept")
        await max_.follows("Confirm the move in")
        await fills_in_today(max_)
        await max_.follows("Confirm the move in")
        await max_.sees("Moved in")

    # Then finance knows what it costs, without a name
    async with world.staff("Flo Pretend") as flo:
        await flo.goes_to(world.url("finance"))
        await comes(flo, world.url("finance", "/commitments"), weekly)
        assert name not in await flo.page.content()

    # And everybody sees the outcome
    async with world.staff("Leo Synthetic") as leo:
        async with asyncio.timeout(SOON):
            while await moved_in(leo, world) <= moved_in_before:
                await asyncio.sleep(0.2)

    # And the person reads it on their own status page
    async with world.somebody() as person:
        await person.goes_to(world.url("intake", "/status"))
        await person.page.get_by_label("Reference", exact=True).fill(reference)
        await person.page.get_by_label("Status key", exact=True).fill(key)
        await person.page.get_by_role("button").last.click()
        await person.sees("Where your introduction is")
        await comes(person, world.url("intake", "/status/mine"), "You have moved into a home of your own")


async def moved_in(leo: Visitor, world: World) -> int:
    """How many people have moved into a home of their own this month, as the scorecard says."""
    await leo.goes_to(world.url("reporting"))
    told = re.search(r"Moved into a home of their own.*?(\d+) so far", await leo.page.inner_text("main"), re.DOTALL)
    return int(told[1]) if told else 0


async def adds_a_home(max_: Visitor, url: str, rent: int) -> None:
    page = max_.page
    await max_.goes_to(url)
    await page.get_by_label("Who gives the support?").fill("thames-reach")
    await page.get_by_label("Who is the landlord?").fill("example-homes")
    await page.get_by_label("Own tenancy").check()
    await page.get_by_label("Floating").check()
    await page.get_by_label("Address", exact=True).fill("1 Made Up Street")
    await page.get_by_label("postcode", exact=False).fill("SW9")
    await page.get_by_label("No, housing staff may know it").check()
    await page.get_by_label("Rent a week").fill(str(rent))
    await page.get_by_label("Support a week").fill(str(SUPPORT))
    await fills_in_today(max_)
    await max_.follows("Add the home")
