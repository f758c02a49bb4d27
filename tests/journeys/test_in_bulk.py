"""What staff do to many at once, in a real browser: a file comes in, a newcomer is sent details, a record goes."""

import asyncio
import csv
import io
import re
from datetime import timedelta
from pathlib import Path
from secrets import token_hex

import pytest
from playwright.async_api import Browser, FilePayload, Page, expect
from tests.browser.visitor import Visitor
from tests.cluster import Cluster
from tests.journeys.test_by_the_pages import SOON, TODAY, World, comes

from alliance_deploy.demo.clients import Client

pytestmark = [pytest.mark.broker, pytest.mark.store]

GOOD = 12
PATIENCE = SOON * 1_000
STAYS = "document.documentElement.dataset.stays = 'yes'"
STAYED = "document.documentElement.dataset.stays === 'yes'"


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def a_file(mark: str) -> bytes:
    """Twelve good rows, of which two are about one person, and two that cannot be read."""
    heading = "received_on,way_in,source_code,full_name,date_of_birth,phone,reference"
    good = [f"2026-10-01,phone,B1,Pretend {mark} {n},19{50 + n}-02-03,07700 900123,{mark}-{n}" for n in range(GOOD - 1)]
    again = f"2026-10-02,walk-in,B1,Pretend {mark} 0,1950-02-03,07700 900123,{mark}-again"
    bad = [f"2026-10-01,pigeon,B1,Pretend {mark} A,,,{mark}-a", f"2026-02-31,phone,B1,Pretend {mark} B,,,{mark}-b"]
    return "\r\n".join([heading, bad[0], *good, again, bad[1], ""]).encode()


async def downloads(page: Page, link: str) -> str:
    async with page.expect_download() as coming:
        await page.get_by_role("link", name=link).click()
    return Path(await (await coming.value).path()).read_text(encoding="utf-8")


async def uploads(staff: Visitor, world: World, content: bytes) -> None:
    await staff.goes_to(world.url("intake", "/imports"))
    await staff.follows("Import a file")
    file: FilePayload = {"name": "made-up.csv", "mimeType": "text/csv", "buffer": content}
    await staff.page.get_by_label("The file").set_input_files(file)
    await staff.follows("Check the file")
    await staff.sees("The file is checked. Nothing is imported yet.")


async def is_worked_off(staff: Visitor) -> None:
    """Started, and watched to its end on one and the same page."""
    await staff.follows("Start the import")
    await staff.page.evaluate(STAYS)
    progress = staff.page.locator("#import")
    await expect(progress).to_contain_text(f"{GOOD} of {GOOD} rows worked off.", timeout=PATIENCE)
    await expect(progress).to_contain_text("Finished", timeout=PATIENCE)
    assert await staff.page.evaluate(STAYED), "nobody had to load the page again"


async def in_the_queue(staff: Visitor, world: World) -> int:
    await staff.goes_to(world.url("intake", "/introductions"))
    return len(rows(await downloads(staff.page, "Download as CSV")))


async def test_staff_bring_in_a_list_that_was_kept_elsewhere(alliance: Cluster, browser: Browser) -> None:
    world, mark = World(alliance, browser), token_hex(4)
    content = a_file(mark)
    async with world.staff("Fay Example") as fay:
        page = fay.page

        # Given a file of which two rows cannot be read
        await uploads(fay, world, content)
        await fay.sees("2: these are left out")
        await expect(page.locator("table")).to_contain_text("way_in")
        errors = rows(await downloads(page, "Download as CSV"))
        assert [(row[0], row[1]) for row in errors[1:]] == [("2", "way_in"), ("15", "received_on")]
        assert "pigeon" not in str(errors), "what stands in the file is not said back"

        # When it is started, its end comes by itself
        await is_worked_off(fay)
        await fay.sees(f"{GOOD} introductions are imported.")
        assert await fay.inspected() == []
        where = page.url

        # Then whoever may be known is in a file of references
        async with asyncio.timeout(SOON):
            while "May be somebody known" not in (looked := await downloads(page, "Download the rows to look at")):
                await asyncio.sleep(0.2)
        assert re.search(r"LW-[2-9A-Z]{4}-[2-9A-Z]{2}", looked)
        assert mark not in looked, "no name, and nothing of the file"
        queue = await in_the_queue(fay, world)

        # And the same file again doubles nothing
        await uploads(fay, world, content)
        assert page.url != where
        await fay.sees(f"{GOOD}: these are passed over, nothing is doubled")
        await is_worked_off(fay)
        await fay.sees(f"{GOOD} rows had been imported before.")
        assert "introductions are imported" not in await page.inner_text("main")
        assert await in_the_queue(fay, world) == queue


async def test_a_newcomer_is_sent_details_while_the_page_is_watched(alliance: Cluster, browser: Browser) -> None:
    world = World(alliance, browser)
    async with world.staff("Sita Standin") as sita:
        await sita.goes_to(world.url("intake", "/resendings/new"))
        await sita.page.get_by_label("Which service?").select_option("housing")
        await sita.follows("Send the details")
        await sita.page.evaluate(STAYS)
        await expect(sita.page.locator("#resending")).to_contain_text("All sent", timeout=PATIENCE)
        await expect(sita.page.locator("#resending")).to_contain_text("100 %")
        assert await sita.page.get_by_role("link", name="Stop sending").count() == 0, "there is nothing to stop"
        assert await sita.page.evaluate(STAYED), "nobody had to load the page again"


async def somebody_of_long_ago(alliance: Cluster, name: str) -> str:
    """The id of a person for whom nothing is open any more."""
    async with alliance.client("intake") as http:
        intake = Client(http, alliance.token("intake"), token_hex(8), patience=SOON)
        body = {"person": {"full_name": name, "call_me": name}}
        made = await intake.tell("self-introductions", body, signed_in=False)
        await intake.tell(f"introductions/{made['introduction_id']}/withdraw")
    return str(made["person_id"])


async def finds(staff: Visitor, world: World, name: str) -> bool:
    await staff.goes_to(world.url("intake", "/people/search"))
    await staff.page.get_by_label("Full name").fill(name)
    await staff.page.locator("main form button").first.click()
    await staff.sees("People found")
    return bool(await staff.page.locator("main table, main .nhsuk-table").get_by_text(name).count())


async def test_a_record_whose_time_has_come_is_kept_on_hold_and_then_erased(
    alliance: Cluster, browser: Browser
) -> None:
    world, name = World(alliance, browser), f"Pretend {token_hex(4)}"
    person = await somebody_of_long_ago(alliance, name)
    keeping, listed = f"/people/{person}/keeping", world.url("intake", "/records-to-delete")

    # Given somebody who died more than ten years ago, as their family has told us only now
    async with world.staff("Fay Example") as fay:
        assert await finds(fay, world, name)
        await fay.goes_to(world.url("intake", f"{keeping}/death"))
        died = TODAY - timedelta(days=11 * 366)
        for label, value in (("Day", died.day), ("Month", died.month), ("Year", died.year)):
            await fay.page.get_by_label(label, exact=True).fill(str(value))
        await fay.page.get_by_label("Family or friends").check()
        await fay.follows("Save")
        await fay.sees("Its time has come")

    async with world.staff("Gwen Hypothetical") as gwen:
        page = gwen.page
        record = page.get_by_role("link", name=f"Record {person[:8]}")

        # When an inquest needs the record, it is on hold and nobody can delete it
        await gwen.goes_to(listed)
        assert name not in await page.content()
        await record.click()
        await gwen.follows("Put it on hold")
        await page.get_by_label("An inquest").check()
        await gwen.follows("Put it on hold")
        await gwen.sees("Nothing of it may be deleted.")
        assert await page.get_by_role("link", name="Delete it").count() == 0
        await gwen.goes_to(listed)
        assert await record.count() == 0

        # And when the inquest is over, she confirms that it may go
        await gwen.goes_to(world.url("intake", keeping))
        await gwen.follows("Lift the hold")
        await gwen.goes_to(listed)
        await record.click()
        await gwen.follows("Delete it")
        await gwen.follows("Confirm that it may be deleted")
        await gwen.sees("In a moment it is listed under people’s rights")
        assert await record.count() == 0

        # Then she carries the erasure out, and every service says that nothing is left
        await erases(gwen, world)
        async with asyncio.timeout(SOON):
            while await page.get_by_text("nothing is left there since").count() < 6:
                await asyncio.sleep(0.2)
                await page.reload()
        assert await gwen.inspected() == []

    # And nobody finds them any more
    async with world.staff("Fay Example") as fay:
        assert not await finds(fay, world, name)


async def erases(lead: Visitor, world: World) -> None:
    """The request that nobody made: the record's time had come, and she has said that it may go."""
    page, asked = lead.page, "Asked. The time for keeping the record is over."
    await comes(lead, world.url("intake", "/rights"), asked)
    await page.locator("main li", has_text=asked).get_by_role("link").first.click()
    await lead.follows("Decide")
    await page.get_by_label("It is no longer needed").check()
    await lead.follows("Note the decision")
    await lead.sees("The decision is noted.")
    assert await page.get_by_text("Tell the person").count() == 0, "nobody has asked"
    await lead.follows("Erase this person")
    await lead.follows("Erase for good")
