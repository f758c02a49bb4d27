"""The demo service, whose pages hold every part that pages are made of."""

from collections.abc import AsyncIterator

import pytest
from tests.browser.demo.serving import Served, served


@pytest.fixture(scope="session")
async def demo() -> AsyncIterator[Served]:
    from tests.browser.demo.service import demo_app

    async with served(demo_app()) as running:
        yield running
