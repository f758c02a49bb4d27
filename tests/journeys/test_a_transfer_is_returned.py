"""A case is offered to another organisation, which returns it: by the pages of both, in a real browser."""

from secrets import token_hex

import pytest
from playwright.async_api import Browser
from tests.browser.visitor import DESKTOP, PHONE
from tests.cluster import Cluster
from tests.journeys.test_by_the_pages import World, introduces_themselves, opens

pytestmark = [pytest.mark.broker, pytest.mark.store]


@pytest.mark.parametrize(("size", "script"), [(DESKTOP, True), (PHONE, False)], ids=["at a desk", "on a phone"])
async def test_a_transfer_is_returned(alliance: Cluster, browser: Browser, size: tuple[int, int], script: bool) -> None:
    world = World(alliance, browser, size, script)
    name, note = f"Pretend {token_hex(4)}", f"Made up {token_hex(4)}: wants to be near a sister."

    # Given a case on which Tess is the key worker
    async with world.somebody() as person:
        await person.goes_to(world.url("intake", "/introduce"))
        reference, _ = await introduces_themselves(person, name)
    async with world.staff("Fay Example") as fay:
        await fay.goes_to(world.url("intake", "/introductions"))
        await fay.follows(reference)
        await fay.follows("Take it on")
        await fay.follows("Accept")
        await fay.page.get_by_label("Routine").check()
        await fay.follows("Accept the introduction")
        await fay.sees("Accepted")

    async with world.staff("Tess Fabricated") as tess:
        await opens(tess, world.url("triage", "/cases"), "cases", name)
        case = tess.page.url
        await tess.follows("Take")
        await tess.follows("Take the case on")

        # When she asks Certitude to take it over, with the person's agreement
        await tess.goes_to(f"{case}/ask-transfer")
        await tess.page.get_by_label("To which organisation?").select_option(label="Certitude")
        await tess.page.get_by_label("Closer to home").check()
        await tess.page.get_by_label("What do they need to know to decide?").fill(note)
        await tess.page.get_by_label("Yes, they have said so").check()
        await tess.follows("Ask them")
        await tess.sees("Certitude was asked to take the case over")

    # Then Tara sees it at once, enough to decide and not who it is
    async with world.staff("Tara Invented") as tara:
        await tara.goes_to(world.url("triage", "/transfers"))
        row = tara.page.locator("#asked a[href^='/transfers/']", has_text=case.rpartition("/")[2][:8])
        await row.click()
        await tara.sees(note)
        assert name not in await tara.page.content()
        assert await tara.inspected() == []
        transfer = tara.page.url

        # And when she returns it with a reason
        await tara.follows("Return it")
        await tara.page.get_by_label("We have no room now").check()
        await tara.follows("Return it")
        await tara.sees("The case is back with them")
        await tara.goes_to(transfer)
        await tara.sees("This transfer is over")

    # Then Tess is told, and goes on with the case
    async with world.staff("Tess Fabricated") as tess:
        await tess.goes_to(world.url("triage"))
        await tess.sees("Back from other organisations")
        await tess.goes_to(case)
        assert await tess.heading() == name
        await tess.sees("Certitude has returned the case")
        await tess.follows("Go on with it")
        await tess.follows("We go on with it")
        await tess.sees("You go on with the case.")
        assert await tess.inspected() == []
