"""A room with one case of a person whose details are shared, and somebody from triage in front of a browser."""

from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI

from alliance.kernel import FixedClock
from alliance.testing.rooms import Browser, browsing

from ..builders import Room, accepted, shared


@pytest.fixture
def empty_room(clock: FixedClock) -> Room:
    return Room.opened(clock)


@pytest.fixture
async def room(empty_room: Room) -> Room:
    await empty_room.hear(accepted(), shared(1))
    return empty_room


@pytest.fixture
def app(room: Room) -> FastAPI:
    return room.app()


@pytest.fixture
async def worker(app: FastAPI) -> AsyncIterator[Browser]:
    """staff-7, a triage worker of the organisation that holds the case."""
    async with browsing(app, "triage-worker") as browser:
        yield browser
