"""What the tests see of a page: what the browser complains of, what it fetches, and what axe-core finds."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Browser, Page

AXE = Path(__file__).with_name("axe.min.js")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ELSEWHERE = ("region",)
"""Best practice, not WCAG: the design system itself keeps back links and skip links outside landmarks."""

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

DESKTOP, PHONE, SMALLEST = (1280, 900), (375, 812), (320, 640)


def chromium_path() -> str | None:
    return os.environ.get("CHROMIUM") or shutil.which("chromium")


@dataclass
class Sight:
    """One open page."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    """Console messages and errors, whatever their level."""
    fetched: list[str] = field(default_factory=list)

    @property
    def elsewhere(self) -> list[str]:
        """Requests to anybody but the page's own host."""
        return [url for url in self.fetched if urlsplit(url).netloc != urlsplit(self.page.url).netloc]

    async def violations(self) -> list[str]:
        """axe-core's findings; it is evaluated from outside, so the page's policy stays in force."""
        await self.page.evaluate(AXE.read_text())
        found: Any = await self.page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", WCAG)
        return [
            f"{each['id']}: {each['help']} {[node['target'] for node in each['nodes']]}"
            for each in found["violations"]
            if each["id"] not in ELSEWHERE
        ]

    async def overflows(self) -> bool:
        """Whether one has to scroll sideways (WCAG 1.4.10)."""
        wide: bool = await self.page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )
        return wide


@asynccontextmanager
async def sight(
    browser: Browser, url: str, *, size: tuple[int, int] = DESKTOP, script: bool = True, **options: Any
) -> AsyncIterator[Sight]:
    context = await browser.new_context(
        viewport={"width": size[0], "height": size[1]}, java_script_enabled=script, **options
    )
    page = await context.new_page()
    found = Sight(page)
    page.on("console", lambda message: found.complaints.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: found.complaints.append(f"error: {error}"))
    page.on("request", lambda request: found.fetched.append(request.url))
    await page.goto(url, wait_until="load")
    yield found
    await context.close()
