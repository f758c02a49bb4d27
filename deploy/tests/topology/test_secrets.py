"""Passwords are whole or absent, and only their owner reads them."""

from pathlib import Path

import pytest

from alliance_deploy.reconcile.secrets import Secrets


def test_a_password_is_made_once_and_read_by_its_owner_alone(tmp_path: Path) -> None:
    first = Secrets(tmp_path).password("triage")
    assert len(first) >= 32
    assert Secrets(tmp_path).password("triage") == first
    assert (tmp_path / "triage").stat().st_mode & 0o777 == 0o600


def test_a_crash_while_writing_leaves_no_empty_password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def power_cut(self: Path, text: str) -> int:
        raise OSError("gone")

    with monkeypatch.context() as broken:
        broken.setattr(Path, "write_text", power_cut)
        with pytest.raises(OSError, match="gone"):
            Secrets(tmp_path).password("triage")
    assert Secrets(tmp_path).password("triage")
