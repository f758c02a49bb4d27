"""One alliance with its sign-in, and one Chromium, for all tests in real pages."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser

from tests.browser.crew import Crew
from tests.browser.filled import Filled, fill
from tests.browser.visitor import chromium
from tests.cluster import Cluster


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as running:
        yield running


@pytest.fixture(scope="session")
async def alliance(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Cluster]:
    folder: Path = tmp_path_factory.mktemp("alliance")
    async with Cluster(folder, sign_in=True) as cluster:
        await cluster.start()
        yield cluster


@pytest.fixture(scope="session")
async def crew(alliance: Cluster, browser: Browser) -> AsyncIterator[Crew]:
    gathered = Crew(alliance, browser)
    yield gathered
    await gathered.leave()


@pytest.fixture(scope="session")
async def filled(alliance: Cluster, crew: Crew) -> Filled:
    return await fill(alliance, crew)
