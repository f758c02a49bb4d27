"""A person no longer wants the trust to hold their details: staff note it, and its pages know nobody any more."""

from secrets import randbelow, token_hex

import pytest
from playwright.async_api import Browser
from tests.browser.visitor import DESKTOP, Visitor
from tests.cluster import Cluster
from tests.journeys.test_a_possible_duplicate import takes_a_call
from tests.journeys.test_by_the_pages import World, comes, opens

pytestmark = [pytest.mark.broker, pytest.mark.store]

TRUST = "slam"
BORN = "3 March 1957"
UNKNOWN = "Who this is about is not known here"


async def notes_the_wish(fay: Visitor, person: str, wish: str) -> None:
    await fay.goes_to(person)
    await fay.page.locator(f"a[href$='/sharing/{TRUST}']").click()
    await fay.sees("This is the person's decision.")
    assert await fay.inspected() == []
    await fay.page.get_by_label(wish).check()
    await fay.follows("Save the person's wish")
    await fay.sees("Noted.")


async def test_a_person_withdraws_sharing_and_the_partners_copy_is_gone(alliance: Cluster, browser: Browser) -> None:
    world = World(alliance, browser, DESKTOP)
    name, phone = f"Pretend {token_hex(4)}", f"07700 900{randbelow(1000):03d}"
    async with world.staff("Fay Example") as fay, world.staff("Tess Fabricated") as tess:
        # Given somebody whose case the trust works on, and whose name it knows
        introduction = await takes_a_call(fay, world, name, phone, born=True, year="1957")
        await fay.follows("Take it on")
        await fay.follows("Accept")
        await fay.page.get_by_label("Routine").check()
        await fay.follows("Accept the introduction")
        await fay.sees("Accepted")
        await opens(tess, world.url("triage", "/cases"), "cases", name)
        case = tess.page.url
        assert BORN in await tess.page.content(), "else this journey could not fail"

        # When they say that the trust may not hold their details any more
        await fay.goes_to(introduction)
        await fay.follows("Details and sharing")
        person = fay.page.url
        await notes_the_wish(fay, person, "No, the person does not want it")

        # Then the trust still has the case, and does not know whose it is
        await comes(tess, case, UNKNOWN)
        for page in (case, world.url("triage"), world.url("triage", "/cases"), world.url("triage", "/board")):
            await tess.goes_to(page)
            shown = await tess.page.content()
            assert name not in shown
            assert BORN not in shown

        # And the front door does, and can reach them
        await fay.goes_to(person)
        assert await fay.heading() == name

        # And when they agree again, the trust gets a new copy
        await notes_the_wish(fay, person, "Yes, the person agreed")
        await comes(tess, case, name)
        assert not await tess.page.get_by_text(UNKNOWN).count()
