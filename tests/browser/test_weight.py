"""What a page weighs on the wire: at a first visit with everything that belongs to it, and as a following page."""

import pytest
from playwright.async_api import Browser
from tests.browser.crew import Crew, url
from tests.browser.filled import Filled
from tests.browser.pages import FLO, GRACE, LEO, LOOKS, MAX, NOBODY, TESS, Look
from tests.cluster import Cluster

pytestmark = [pytest.mark.broker, pytest.mark.store]

FIRST, FOLLOWING = 120_000, 25_000
HEAVY = {
    ("triage", TESS, "/cases"),
    ("triage", TESS, "/cases/{case.talked}"),
    ("triage", TESS, "/cases/{case.talked}/hold-conversation"),
    ("triage", GRACE, "/audit"),
    ("housing", MAX, "/placements/{placement.offered}"),
    ("finance", FLO, "/"),
    ("finance", FLO, "/ledger"),
    ("reporting", LEO, "/"),
    ("reporting", LEO, "/figures"),
    ("reporting", LEO, "/months/{month}"),
    ("intake", NOBODY, "/introduce"),
    ("intake", NOBODY, "/status"),
}
SETTLED = 500
"""Milliseconds in which a page asks for what it still wants."""


async def weights(browser: Browser, crew: Crew, look: Look, address: str) -> tuple[int, int]:
    """Bytes with headers: in a browser that was never here, and when the same page is opened again."""
    known = await (await crew(look.who)).context.storage_state()
    context = await browser.new_context(storage_state=known)
    page, sizes = await context.new_page(), []
    session = await context.new_cdp_session(page)
    await session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    found = []
    for _ in range(2):
        sizes.clear()
        await page.goto(address, wait_until="load")
        await page.wait_for_timeout(SETTLED)
        found.append(sum(sizes))
    await context.close()
    return found[0], found[1]


async def test_no_page_is_heavy(alliance: Cluster, browser: Browser, crew: Crew, filled: Filled) -> None:
    looks = [look for look in LOOKS if (look.service, look.who, look.path) in HEAVY]
    assert len(looks) == len(HEAVY)
    measured = {}
    for look in looks:
        if look.who:
            async with crew.client(look.who, look.service):
                pass
        address = url(alliance, look.service, look.address(filled))
        measured[f"{look.service} {look.path}"] = await weights(browser, crew, look, address)
    for name, (first, following) in sorted(measured.items(), key=lambda each: -each[1][0]):
        print(f"{first:>8,} {following:>7,}  {name}")
    assert {name: each for name, each in measured.items() if each[0] > FIRST or each[1] > FOLLOWING} == {}
    assert min(first for first, _ in measured.values()) > 20_000, "nothing was weighed"
