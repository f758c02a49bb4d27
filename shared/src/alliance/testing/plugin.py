"""Pytest fixtures shared by all services; pytest finds them through the entry point of this distribution."""

from typing import TYPE_CHECKING

import pytest

from alliance.kernel import FixedClock

if TYPE_CHECKING:
    from alliance.store import MemoryDatabase


@pytest.fixture
def clock() -> FixedClock:
    """Stands still until told to move."""
    return FixedClock()


@pytest.fixture
def database(clock: FixedClock) -> "MemoryDatabase":
    """An empty store in memory, on the test's clock."""
    from alliance.store import MemoryDatabase

    return MemoryDatabase(clock)
