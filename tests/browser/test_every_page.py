"""Every page of every service in a real browser: accessible, quiet, alone, one heading, and no wider than a phone."""

import asyncio
from typing import Any

import pytest
from playwright.async_api import Browser, Page
from playwright.async_api import TimeoutError as NeverSo
from tests.access.scenarios import Stage, doors
from tests.browser.crew import Crew, url
from tests.browser.filled import Filled
from tests.browser.pages import LOOKS, REFUSED, Look, unlooked
from tests.browser.visitor import DESKTOP, NARROW, PHONE, Visitor
from tests.cluster import SERVICES, Cluster

from alliance.kernel import FixedClock, SystemClock

pytestmark = [pytest.mark.broker, pytest.mark.store]

FITS = "width => window.innerWidth === width && document.documentElement.scrollWidth <= width"
SUBMIT = "main form[method=post] button"


def _sized(width: int, height: int) -> Any:
    return {"width": width, "height": height}


async def _looked_at(visitor: Visitor, name: str, *, main: bool = False) -> list[str]:
    """What is wrong with the page that is open, at a desk and on a narrow screen."""
    page, found = visitor.page, await visitor.inspected()
    visitor.troubles.clear()
    if " - " not in await page.title():
        found.append(f"{visitor.path}: the title is {await page.title()!r}")
    if main:
        await visitor.pictured(f"{name}-desk")
    await page.set_viewport_size(_sized(*NARROW))
    try:
        await page.wait_for_function(FITS, arg=NARROW[0], timeout=5_000)
    except NeverSo:
        found.append(f"{visitor.path}: wider than a narrow screen")
    if main:
        await page.set_viewport_size(_sized(*PHONE))
        await visitor.pictured(f"{name}-phone")
    await page.set_viewport_size(_sized(*DESKTOP))
    return found


async def _sent_empty(page: Page) -> None:
    """Everything unticked and emptied, as by somebody who overlooked the form."""
    await page.evaluate(
        """() => document.querySelectorAll('main form[method=post] :is(input, textarea, select)').forEach(each => {
            if (each.type === 'radio' || each.type === 'checkbox') each.checked = false
            else if (each.type !== 'hidden') each.value = ''
        })"""
    )
    await page.locator(SUBMIT).first.click()
    await page.wait_for_load_state("load")


async def _walk(visitor: Visitor, look: Look, alliance: Cluster, filled: Filled) -> list[str]:
    answer = await visitor.page.goto(url(alliance, look.service, look.address(filled)))
    found = await _looked_at(visitor, look.name, main=look.main)
    if answer is None or answer.status != look.status:
        found.append(f"answered by {answer and answer.status}: {await visitor.heading()}")
    if look.asks and not await visitor.page.locator(SUBMIT).count():
        return [*found, f"{look.service} {look.path}: no form, but {await visitor.heading()!r}"]
    if look.asks:
        await _sent_empty(visitor.page)
        if not await visitor.page.locator(".nhsuk-error-summary").count():
            return [*found, f"{look.service}{look.path}: sent empty, and no error summary"]
        found += await _looked_at(visitor, f"{look.name}-wrong", main=look.main)
    return [f"{look.service} {look.path} {sentence}" for sentence in found]


async def _walk_all(crew: Crew, alliance: Cluster, filled: Filled, looks: list[Look]) -> list[str]:
    """Two people at a time: this machine has not many processors."""
    places, found = asyncio.Semaphore(2), []

    async def one(who: str) -> None:
        async with places:
            visitor = await crew(who)
            for look in [each for each in looks if each.who == who]:
                found.extend(await _walk(visitor, look, alliance, filled))

    await asyncio.gather(*(one(who) for who in dict.fromkeys(look.who for look in looks)))
    return found


@pytest.mark.parametrize("service", SERVICES)
async def test_every_page_is_accessible_and_alone(alliance: Cluster, crew: Crew, filled: Filled, service: str) -> None:
    looks = [look for look in LOOKS if look.service == service]
    found = await _walk_all(crew, alliance, filled, looks)
    assert not found, "\n".join(found)


async def test_a_page_that_says_no_is_as_good(alliance: Cluster, crew: Crew, filled: Filled) -> None:
    found = []
    for look in REFUSED:
        found += await _walk(await crew(look.who), look, alliance, filled)
    assert found == []


async def test_what_one_gets_to_by_sending_something_is_as_good(
    alliance: Cluster, browser: Browser, filled: Filled
) -> None:
    visitor, found = await Visitor.at(browser), []
    page = visitor.page
    await visitor.goes_to(url(alliance, "intake", "/introduce/who"))
    await page.get_by_label("Me", exact=True).check()
    await visitor.follows("Continue")
    for path, button in (("/introduce/check", "Send"), ("/introduce/sent", "")):
        await visitor.goes_to(url(alliance, "intake", path))
        found += await _looked_at(visitor, f"intake{path.replace('/', '-')}", main=True)
        if button:
            await page.locator(SUBMIT).filter(has_text=button).click()
            await page.wait_for_url("**/introduce/sent")
    await visitor.goes_to(url(alliance, "intake", "/status"))
    await page.get_by_label("Reference").fill(filled.tokens["waiting reference"])
    await page.get_by_label("Status key").fill(filled.tokens["waiting key"])
    await page.locator(SUBMIT).first.click()
    await page.wait_for_url("**/status/mine")
    for path in ("/status/mine", "/status/add", "/status/withdraw", "/status/reach", "/status/copy", "/status/forget"):
        await visitor.goes_to(url(alliance, "intake", path))
        assert visitor.path == path
        found += await _looked_at(visitor, f"intake{path.replace('/', '-')}", main=True)
    await visitor.goes_to(url(alliance, "intake", "/status/add"))
    await _sent_empty(page)
    found += await _looked_at(visitor, "intake-status-add-wrong")
    await visitor.leave()
    assert found == []


def test_no_page_is_left_out() -> None:
    missing = {}
    for service in SERVICES:
        ways = doors(Stage(service, FixedClock(SystemClock().now())).app)
        paths = [door.path for door in ways if door.method == "GET" and not door.for_machines]
        if left := unlooked(service, paths):
            missing[service] = left
    assert missing == {}
    assert unlooked("triage", ["/cases/{case_id}/made-up"]) == ["/cases/{case_id}/made-up"]
