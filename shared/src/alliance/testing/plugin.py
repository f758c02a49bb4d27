"""Pytest fixtures shared by all services; pytest finds them through the entry point of this distribution."""

from typing import TYPE_CHECKING

import pytest

from alliance.kernel import FixedClock

if TYPE_CHECKING:
    from alliance.store import MemoryDatabase


def pytest_configure() -> None:
    """How fast a machine is says nothing of the rule that a property test tries: several share one machine."""
    try:
        from hypothesis import HealthCheck, settings
    except ImportError:
        return
    settings.register_profile("alliance", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("alliance")


@pytest.fixture
def clock() -> FixedClock:
    """Stands still until told to move."""
    return FixedClock()


@pytest.fixture
def database(clock: FixedClock) -> "MemoryDatabase":
    """An empty store in memory, on the test's clock."""
    from alliance.store import MemoryDatabase

    return MemoryDatabase(clock)
