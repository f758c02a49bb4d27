"""The personas of the start page, each with a browser of their own in which they have signed in."""

import asyncio
import tomllib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx2
from playwright.async_api import Browser
from tests.browser.visitor import Visitor
from tests.cluster import ROOT, Cluster

PERSONAS = {each["name"]: each for each in tomllib.loads((ROOT / "deploy/personas.toml").read_text())["personas"]}


def url(alliance: Cluster, service: str, path: str = "/") -> str:
    return f"http://{service}.localhost:{alliance.members[service].port}{path}"


async def signed_in(alliance: Cluster, browser: Browser, name: str, **options: Any) -> Visitor:
    """Somebody who has chosen to be `name` on the start page."""
    visitor = await Visitor.at(browser, **options)
    await visitor.goes_to(alliance.start_page)
    await visitor.follows(f"Continue as {name}")
    return visitor


@asynccontextmanager
async def as_browser(alliance: Cluster, visitor: Visitor, service: str) -> AsyncIterator[httpx2.AsyncClient]:
    """What the visitor's browser would send to the service, without drawing its pages."""
    here = url(alliance, service, "")
    cookies = {each["name"]: each["value"] for each in await visitor.context.cookies(here)}
    sent = {
        "Host": here.removeprefix("http://"),
        "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        "Origin": here,
        "Sec-Fetch-Site": "same-origin",
    }
    address = f"http://127.0.0.1:{alliance.members[service].port}"
    async with httpx2.AsyncClient(base_url=address, headers=sent, timeout=20, trust_env=False) as client:
        yield client


@dataclass
class Crew:
    """Opens a browser for each persona once; nobody signs in by the empty name."""

    alliance: Cluster
    browser: Browser
    _here: dict[str, Visitor] = field(default_factory=dict)
    _one_by_one: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def __call__(self, name: str) -> Visitor:
        async with self._one_by_one:
            if name not in self._here:
                opened = Visitor.at(self.browser) if not name else signed_in(self.alliance, self.browser, name)
                self._here[name] = await opened
        return self._here[name]

    @asynccontextmanager
    async def client(self, name: str, service: str) -> AsyncIterator[httpx2.AsyncClient]:
        """The persona's session at the service, for requests without a page."""
        visitor = await self(name)
        if not await visitor.context.cookies(url(self.alliance, service, "")):
            await visitor.goes_to(url(self.alliance, service))
        async with as_browser(self.alliance, visitor, service) as client:
            yield client

    async def leave(self) -> None:
        for visitor in self._here.values():
            await visitor.leave()
