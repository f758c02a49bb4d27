"""A service with sign-in, an issuer, and browsers."""

from pathlib import Path

import pytest

from alliance.kernel import FixedClock
from alliance.store import MemoryDatabase

from .desks import Desk, a_desk
from .fake_issuer import SECRET, FakeIssuer


@pytest.fixture
def issuer(clock: FixedClock) -> FakeIssuer:
    return FakeIssuer(clock)


@pytest.fixture
def secret_file(tmp_path: Path) -> Path:
    file = tmp_path / "secret"
    file.write_text(SECRET)
    return file


@pytest.fixture
def desk(database: MemoryDatabase, clock: FixedClock, issuer: FakeIssuer, secret_file: Path) -> Desk:
    return a_desk(database, clock, issuer.provider(client_secret_file=secret_file))
