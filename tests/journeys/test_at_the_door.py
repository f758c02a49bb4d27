"""The front door at work, in a real browser: staff take a call, and a professional introduces somebody."""

import re
from secrets import token_hex

import pytest
from playwright.async_api import Browser
from tests.browser.visitor import DESKTOP, PHONE, Visitor
from tests.cluster import Cluster
from tests.journeys.test_by_the_pages import World

pytestmark = [pytest.mark.broker, pytest.mark.store]

REFERENCE = re.compile(r"LW-[2-9A-Z]{4}-[2-9A-Z]{2}")


async def finds(staff: Visitor, world: World, reference: str) -> None:
    """By the reference, from the queue."""
    await staff.goes_to(world.url("intake", "/introductions"))
    await staff.page.get_by_label("Find by reference").fill(reference)
    await staff.follows("Find")
    await staff.sees(reference)


async def notes_attempt(staff: Visitor, channel: str, outcome: str) -> None:
    await staff.follows("Note a contact attempt")
    await staff.page.get_by_label(channel, exact=True).check()
    await staff.page.get_by_label(outcome, exact=True).check()
    await staff.follows("Note the attempt")


async def test_staff_take_a_call(alliance: Cluster, browser: Browser) -> None:
    world, name = World(alliance, browser, DESKTOP), f"Pretend {token_hex(4)}"

    # Given somebody who calls
    async with world.staff("Fay Example") as fay:
        page = fay.page
        await fay.goes_to(world.url("intake", "/introductions/new"))
        await page.get_by_label("No", exact=True).first.check()
        await page.get_by_label("Phone", exact=True).check()
        await page.get_by_label("Who introduces them?").select_option("B1")
        await page.get_by_label("What is going on").fill("Made up: I do not sleep, and owe some rent.")
        await page.get_by_label("What to call them").fill(name)
        await page.get_by_label("Phone number (optional)").fill("07700 900123")
        await page.get_by_label("Nobody else sees or hears what arrives there").first.check()
        await fay.follows("Send the introduction")
        await fay.sees("The introduction is received.")
        assert await fay.heading() == name
        reference = REFERENCE.search(await page.inner_text("main"))
        assert reference

        # When Fay takes them on, but they do not answer
        await fay.follows("Take it on")
        await fay.sees("You have taken this introduction on.")
        await notes_attempt(fay, "By phone", "No answer")
        await fay.sees("Tried once, not reached.")

        # Then nobody may give them up on the same day
        await fay.follows("Close with an ending")
        await page.get_by_label("Could not be reached").check()
        await fay.follows("Close the introduction")
        await fay.sees("Try to reach the person 3 times first")

        # And the next shift knows
        await fay.follows("Cancel")
        await fay.follows("Write a note for the next shift")
        await page.get_by_label("Note", exact=True).fill("Made up: best after six.")
        await fay.follows("Write it down")
        await fay.sees("Made up: best after six.")
        await fay.follows("Give it back")
        await fay.follows("Give it back")
        await fay.sees("Nobody has taken it on yet.")

        # When they call back, they are found by their reference and signposted
        await finds(fay, world, reference[0])
        await notes_attempt(fay, "By phone", "The person got in touch with us")
        await fay.follows("Close with an ending")
        await page.get_by_label("Signposted elsewhere").check()
        await page.get_by_label("If signposted: to where?").select_option("money-advice")
        await fay.follows("Close the introduction")
        await fay.sees("Signposted elsewhere to: money advice")

        # And opened again when that did not help
        await fay.follows("Open it again")
        await page.get_by_label("What they were signposted to did not help").check()
        await fay.follows("Open it again")
        await fay.sees("It was closed and is open again.")


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
async def test_a_professional_introduces_somebody_on_a_phone(alliance: Cluster, browser: Browser, script: bool) -> None:
    world, name = World(alliance, browser, PHONE, script), f"Pretend {token_hex(4)}"

    # Given a social worker with a phone
    async with world.somebody() as worker:
        page = worker.page
        await worker.goes_to(world.url("intake", "/introduce"))
        await worker.follows("Introduce somebody you work with")
        assert await page.get_by_text("116 123").count(), "crisis numbers are on every public page"
        await page.get_by_label("No", exact=True).first.check()
        await page.get_by_label("What are you to the person?").select_option("social-worker")
        await page.get_by_label("Your name").fill("Sam Made-Up")
        await page.get_by_label("Your organisation").fill("Example Council")

        # When they forget how we call them back, what they wrote stays
        await page.get_by_label("What to call them").fill(name)
        await page.get_by_label("They do not know").check()
        await worker.follows("Send the introduction")
        await worker.sees("Enter a number on which we can call you back")
        assert await worker.inspected() == []
        await page.get_by_label("A number on which we can safely call you back").fill("01632 960001")
        await worker.follows("Send the introduction")

        # Then they have a reference, and a key of their own
        await worker.sees("We have the introduction")
        await worker.sees("The person does not know of it, so we call you first.")
        text = await page.inner_text("main")
        assert "status key" not in text.lower(), "that one is the person's"
        reference = REFERENCE.search(text)
        assert reference
        key = text.partition("Your key")[2].split()[0]
        assert await worker.inspected() == []

        # By which they see whether anybody has read it
        await worker.follows("see whether somebody has it in hand")
        await page.get_by_label("Reference").fill(reference[0])
        await page.get_by_label("Your key").fill(key)
        await worker.follows("See where it is")
        await worker.sees("We have it, and nobody has read it yet.")
        assert await worker.inspected() == []

    # And the front door knows whom to call first
    async with world.staff("Fay Example") as fay:
        await finds(fay, world, reference[0])
        assert await fay.heading() == name
        await fay.sees("The person does not know that they were introduced.")
        await fay.sees("Example Council")
        await fay.follows("Take it on")
        await notes_attempt(fay, "Through whoever introduced them", "Spoke with the person")
        await fay.sees("The attempt is noted.")
