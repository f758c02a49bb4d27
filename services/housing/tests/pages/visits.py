"""Journeys through housing's pages, for tests: who looks, what stands on a page, what its form sends."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html import unescape
from typing import Any

import httpx2

from alliance.testing.rooms import Browser, browsing
from housing.application import homes as home_use
from housing.domain.home import Home

from ..builders import a_home
from ..rooms import OWN, Alliance, somebody

STAFF = ("housing-worker", "housing-manager")
HIDDEN = re.compile(r'<input type="hidden" name="(form_token|version)" value="([^"]*)">')


@asynccontextmanager
async def at_work(
    alliance: Alliance, *roles: str, organisation: str = OWN, subject: str = "staff-7"
) -> AsyncIterator[Browser]:
    async with browsing(alliance.app, *(roles or STAFF), subject=subject, organisation=organisation) as browser:
        yield browser


async def seen(browser: Browser, path: str, status: int = 200) -> str:
    """The page, as it is written."""
    answer = await browser.get(path)
    assert answer.status_code == status, answer.text
    return str(answer.text)


def words(page: str) -> str:
    """What a reader reads."""
    main = page[page.index("<main") :] if "<main" in page else page
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def hidden(page: str) -> dict[str, str]:
    """The token and the version of the form on a page."""
    return dict(HIDDEN.findall(page))


async def filled(browser: Browser, path: str, **answers: Any) -> httpx2.Response:
    """Open the page with the form, fill it in and send it."""
    return await browser.send_form(path, **hidden(await seen(browser, path)), **answers)


async def a_search(alliance: Alliance, person_id: str | None = None) -> str:
    return await alliance.placement_of(await alliance.introduce(person_id))


async def a_vacancy(alliance: Alliance, **changes: object) -> Home:
    home = a_home(**changes)
    with somebody():
        await home_use.add_home(home, alliance.homes, alliance.clock)
    return home


async def an_offered(alliance: Alliance, browser: Browser) -> tuple[str, str, str]:
    """The paths of a placement with an offer, and of that offer; and the id of the home."""
    placement, home = await a_search(alliance), await a_vacancy(alliance)
    await filled(browser, f"/placements/{placement}/offer-home", home_id=home.id)
    await alliance.settle()
    offer = (await alliance.placements.get(placement)).current_offer
    assert offer
    return f"/placements/{placement}", f"/placements/{placement}/offers/{offer.offer_id}", home.id


async def a_move_in(alliance: Alliance, browser: Browser) -> tuple[str, str]:
    """The path of a placement whose person has moved in, and the id of the home."""
    path, offer, home_id = await an_offered(alliance, browser)
    await filled(browser, f"{offer}/accept")
    answer = await filled(browser, f"{path}/confirm-move-in", **day("moved_in_on", 2, 11, 2026))
    assert answer.status_code == 303, answer.text
    await alliance.settle()
    return path, home_id


def day(name: str, day: int, month: int, year: int) -> dict[str, str]:
    return {f"{name}-day": str(day), f"{name}-month": str(month), f"{name}-year": str(year)}
