"""One alliance with its sign-in, and one Chromium, for all tests in real pages; and who runs what, if several do."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser

from tests.browser.crew import Crew
from tests.browser.filled import Filled, fill
from tests.browser.visitor import chromium
from tests.cluster import Cluster

LONGEST_FIRST = ("alliance", "tests/faults", "deploy/tests/launcher/test_the_whole_alliance.py", "tests/alone")
SHARING = ("tests/faults", "tests/alone", "tests/browser/demo")
"""Folders whose tests share something that takes long to start."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With several workers: what shares an alliance or a file stays with one of them, and the longest begin."""
    if config.getoption("dist", "no") == "no":
        return
    groups = {item: _group(item) for item in items}
    for item, group in groups.items():
        item.add_marker(pytest.mark.xdist_group(group))
    order = {group: place for place, group in enumerate(LONGEST_FIRST)}
    items.sort(key=lambda item: order.get(groups[item], len(order)))


def _group(item: pytest.Item) -> str:
    path = item.path.relative_to(item.config.rootpath).as_posix()
    shared = next((folder for folder in SHARING if path.startswith(f"{folder}/")), None)
    fixtures: list[Any] = getattr(item, "fixturenames", [])
    return shared or ("alliance" if "alliance" in fixtures else path)


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
