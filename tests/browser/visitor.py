"""Somebody in front of a real Chromium: what they see, and everything that a page does which it should not."""

import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Browser, BrowserContext, Page, Request, Response, async_playwright

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
AXE = Path(__file__).with_name("axe.min.js")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
DESKTOP, PHONE, NARROW = (1280, 900), (375, 812), (320, 640)
EXPECTED = ("Failed to load resource: the server responded with a status of",)
"""Chromium's own line about a page that is rightly answered by 403, 404, 409 or 422."""


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    if not CHROMIUM.exists():
        raise RuntimeError("Chromium is missing. As root: sh tests/browser/install.sh")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield browser
        finally:
            await browser.close()


@dataclass
class Visitor:
    """One person with one browser of their own. `troubles`: what no page may do."""

    context: BrowserContext
    page: Page
    script: bool
    troubles: list[str] = field(default_factory=list)
    weights: dict[str, int] = field(default_factory=dict)
    """Bytes on the wire by path, of what came over the network."""

    @classmethod
    async def at(cls, browser: Browser, *, size: tuple[int, int] = DESKTOP, script: bool = True) -> "Visitor":
        width, height = size
        context = await browser.new_context(
            viewport={"width": width, "height": height}, java_script_enabled=script, reduced_motion="reduce"
        )
        context.set_default_timeout(20_000)
        visitor = cls(context, await context.new_page(), script)
        visitor.page.on("console", lambda message: visitor._heard(f"console {message.type}: {message.text}"))
        visitor.page.on("pageerror", lambda error: visitor._heard(f"script error: {error}"))
        visitor.page.on("request", visitor._asked)
        visitor.page.on("response", visitor._answered)
        return visitor

    async def leave(self) -> None:
        await self.context.close()

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    async def goes_to(self, url: str) -> None:
        await self.page.goto(url, wait_until="load")

    async def follows(self, name: str) -> None:
        """Click the link or button that is called so, exactly or else in part."""
        page = self.page
        like = page.get_by_role("link", name=name).or_(page.get_by_role("button", name=name))
        await like.first.wait_for()
        exact = page.get_by_role("link", name=name, exact=True).or_(page.get_by_role("button", name=name, exact=True))
        await (exact if await exact.count() else like).first.click()
        await page.wait_for_load_state("load")

    async def sees(self, text: str) -> None:
        """Raises where it does not come within the time that people wait."""
        await self.page.get_by_text(text).first.wait_for(state="visible")

    async def heading(self) -> str:
        return (await self.page.locator("h1").first.inner_text()).strip()

    async def inspected(self) -> list[str]:
        """What is wrong with the page as it is: for assistive technology, at this width, and in itself."""
        found = list(self.troubles)
        if self.script:
            await self.page.evaluate(AXE.read_text())
            asked = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"], "preload": False}
            result: dict[str, Any] = await self.page.evaluate("asked => axe.run(document, asked)", asked)
            for each in result["violations"]:
                nodes = "; ".join(json.dumps(node["target"]) for node in each["nodes"][:3])
                found.append(f"{self.path}: {each['id']}: {each['help']} ({nodes})")
            wide = await self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            if wide > 0:
                found.append(f"{self.path}: {wide} pixels wider than the window")
        if await self.page.locator("h1").count() != 1:
            found.append(f"{self.path}: not exactly one h1")
        return found

    async def pictured(self, name: str) -> None:
        """A screenshot, where `ALLIANCE_PICTURES` names a folder."""
        if folder := os.environ.get("ALLIANCE_PICTURES"):
            Path(folder).mkdir(parents=True, exist_ok=True)
            await self.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)

    def _heard(self, said: str) -> None:
        if not any(each in said for each in EXPECTED):
            self.troubles.append(f"{self.path}: {said}")

    def _asked(self, request: Request) -> None:
        host = urlsplit(request.url).hostname or ""
        if request.url.startswith("http") and host != "localhost" and not host.endswith(".localhost"):
            self.troubles.append(f"{self.path}: asks {host}")

    async def _answered(self, response: Response) -> None:
        if not response.url.startswith("http"):
            return
        try:
            sizes = await response.request.sizes()
        except Exception:  # noqa: BLE001 - the page has moved on
            return
        self.weights[urlsplit(response.url).path] = sizes["responseBodySize"]
