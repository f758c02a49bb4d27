"""A front door in memory, somebody of its staff in a browser, and somebody who has not signed in."""

from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI

from alliance.kernel import FixedClock
from alliance.testing.rooms import Browser, browsing

from ..builders import OURS, FrontDoor


@pytest.fixture
def door(clock: FixedClock) -> FrontDoor:
    return FrontDoor.opened(clock)


@pytest.fixture
def app(door: FrontDoor) -> FastAPI:
    return door.app()


@pytest.fixture
async def staff(app: FastAPI) -> AsyncIterator[Browser]:
    async with browsing(app, "front-door-worker", organisation=OURS) as browser:
        yield browser


@pytest.fixture
async def browser(app: FastAPI) -> AsyncIterator[Browser]:
    async with browsing(app) as somebody:
        yield somebody
