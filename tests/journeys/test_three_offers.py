"""A case goes from the conversation to three offers from the directory, and one of them is declined late."""

import asyncio
from secrets import token_hex

import pytest
from playwright.async_api import Browser
from tests.browser.visitor import Visitor
from tests.cluster import Cluster
from tests.journeys.test_by_the_pages import SOON, World, comes, fills_in_today, introduces_themselves, opens

pytestmark = [pytest.mark.broker, pytest.mark.store]

KINDS = {"Circle": "Peer support", "Kitchen": "Clubhouse", "Letters": "Money and work advice"}


async def writes_an_entry(provider: Visitor, world: World, name: str, kind: str) -> None:
    page = provider.page
    await provider.goes_to(world.url("triage", "/directory/add"))
    await page.get_by_label("What is the service called?").fill(name)
    await page.get_by_label(kind, exact=True).check()
    await page.get_by_label("Open to people").check()
    await page.get_by_label("What happens there?").fill("Made up: people who do not exist meet here.")
    await page.get_by_label("Whom staff may ask, and how").fill("Ask for the made-up manager")
    await page.get_by_role("radio", name="Yes", exact=True).check()
    await provider.follows("Write the entry")
    await provider.sees("Nobody has assured this entry yet")
    await provider.follows("Assure that it is right")
    await provider.follows("It is all right as it stands")
    await provider.sees("The entry is assured as of today.")


async def answers(provider: Visitor, world: World, name: str, verb: str) -> None:
    """In the inbox of the provider, once the offer has come there."""
    await comes(provider, world.url("triage", "/offers"), name)
    row = provider.page.get_by_role("row").filter(has_text=name)
    await row.get_by_role("link", name=verb).click()
    await provider.sees(name)


async def test_one_of_three_offers_is_declined_late(alliance: Cluster, browser: Browser) -> None:
    world, mark = World(alliance, browser), token_hex(3)
    name = f"Pretend {token_hex(4)}"
    entries = {f"Example {kind} {mark}": kinds for kind, kinds in KINDS.items()}
    first, second, third = entries

    # Given a provider that has written and assured three entries, which anybody can read
    async with world.staff("Kit Imaginary") as kit:
        for entry, kind in entries.items():
            await writes_an_entry(kit, world, entry, kind)
    async with world.somebody() as anybody:
        await comes(anybody, world.url("triage", "/services"), first)
        await anybody.follows(first)
        assert "made-up manager" not in await anybody.page.content()

    # And somebody whose introduction was accepted
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

    # When a triage worker talks with them and offers all three
    async with world.staff("Tess Fabricated") as tess:
        await opens(tess, world.url("triage", "/cases"), "cases", name)
        case = tess.page.url
        await tess.follows("Take")
        await tess.follows("Take the case on")
        await tess.goes_to(f"{case}/hold-conversation")
        await fills_in_today(tess)
        await tess.follows("Record the conversation")
        for entry in entries:
            await tess.goes_to(f"{case}/offer-support/directory?all=yes")
            await tess.page.get_by_role("link", name=entry).click()
            await tess.sees("Assured on")
            await tess.follows("Offer it")
            await tess.sees("Support is offered.")

    # And the provider accepts two of them
    async with world.staff("Kit Imaginary") as kit:
        for entry in (first, second):
            await answers(kit, world, entry, "Accept")
            await kit.follows("We have room, and expect the person")
            await kit.sees("a place is kept")

    # And support begins by one, and the other is declined after all
    async with world.staff("Tess Fabricated") as tess:
        await tess.goes_to(case)
        await tess.sees("Another offer is still open")
        cards = tess.page.locator(".nhsuk-summary-list__card, .nhsuk-card", has_text="Peer support from Thames Reach")
        await cards.get_by_role("link", name="Start").click()
        await fills_in_today(tess)
        await tess.follows("Record the start")
        await tess.sees("Support has started.")
        await tess.goes_to(world.url("triage", "/cases"))
        assert case.rsplit("/", 1)[-1][:8] not in await tess.page.inner_text("main")
        await tess.goes_to(case)
        cards = tess.page.locator(".nhsuk-summary-list__card, .nhsuk-card", has_text="Clubhouse from Thames Reach")
        await cards.get_by_role("link", name="Decline").click()
        await tess.page.get_by_label("The provider", exact=True).check()
        await tess.page.get_by_label("The provider has no room").check()
        await tess.follows("Record the decline")

        # Then the case is back in the queue and says who declined, although other support runs
        await tess.sees("The provider declined clubhouse from Thames Reach")
        await tess.sees("after it had been accepted")
        await tess.goes_to(world.url("triage", "/cases"))
        await tess.sees("The provider declined clubhouse late")

        # And the third offer stands, until the worker says that the rest is enough
        await tess.goes_to(f"{case}/see-to-declines")
        await tess.follows("What else is offered is enough")
        await tess.sees("What came back is seen to.")

    # And the place that was declined is free again
    async with world.staff("Kit Imaginary") as kit, asyncio.timeout(SOON):
        await answers(kit, world, third, "Decline")
        await kit.page.get_by_label("The provider cannot give what the person needs").check()
        await kit.follows("Record the decline")
        await kit.sees("The offer is declined.")
