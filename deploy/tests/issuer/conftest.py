"""A town with an issuer that trusts the agreement of this repository."""

from pathlib import Path

import pytest

from alliance.kernel import FixedClock, SystemClock

from .town import Town, open_town


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Town:
    return open_town(tmp_path, monkeypatch, SystemClock())


@pytest.fixture
def still_town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: FixedClock) -> Town:
    """Its clock stands still until a test moves it."""
    return open_town(tmp_path, monkeypatch, clock)
