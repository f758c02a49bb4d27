"""Installing RabbitMQ forbids starting services meanwhile, and leaves the machine's policy as it was."""

import os
import subprocess
from pathlib import Path

import pytest

from alliance_deploy.install import SCRIPT

NOTES_POLICY = '#!/bin/sh\ncat "$ALLIANCE_POLICY_RC_D" > "$NOTES"; echo "$@" >> "$NOTES"\n'


@pytest.fixture
def apt(tmp_path: Path) -> Path:
    """A folder for PATH in which `apt-get` is a stand-in that notes the policy in force."""
    program = tmp_path / "bin" / "apt-get"
    program.parent.mkdir()
    program.write_text(NOTES_POLICY)
    program.chmod(0o755)
    return program


def install(tmp_path: Path, apt: Path) -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": f"{apt.parent}:{os.environ['PATH']}",
        "ALLIANCE_POLICY_RC_D": str(tmp_path / "policy-rc.d"),
        "NOTES": str(tmp_path / "notes"),
    }
    return subprocess.run(["sh", str(SCRIPT)], env=environment, text=True, capture_output=True, check=False)


def test_while_apt_runs_every_start_is_forbidden_and_afterwards_no_policy_is_left(tmp_path: Path, apt: Path) -> None:
    assert install(tmp_path, apt).returncode == 0
    notes = (tmp_path / "notes").read_text()
    assert "exit 101" in notes
    assert "rabbitmq-server" in notes
    assert not (tmp_path / "policy-rc.d").exists()


def test_the_policy_that_was_there_is_put_back(tmp_path: Path, apt: Path) -> None:
    policy = tmp_path / "policy-rc.d"
    policy.write_text("#!/bin/sh\nexit 0 # of the administrator\n")
    assert install(tmp_path, apt).returncode == 0
    assert "of the administrator" in policy.read_text()
    assert "exit 101" in (tmp_path / "notes").read_text()


def test_the_policy_is_put_back_when_apt_fails(tmp_path: Path, apt: Path) -> None:
    policy = tmp_path / "policy-rc.d"
    policy.write_text("of the administrator\n")
    apt.write_text("#!/bin/sh\nexit 100\n")
    assert install(tmp_path, apt).returncode == 100
    assert policy.read_text() == "of the administrator\n"


def test_what_a_killed_run_left_behind_is_cleared_up(tmp_path: Path, apt: Path) -> None:
    apt.write_text("#!/bin/sh\nkill -9 $PPID\n")
    assert install(tmp_path, apt).returncode < 0
    assert (tmp_path / "policy-rc.d").exists()
    apt.write_text(NOTES_POLICY)
    assert install(tmp_path, apt).returncode == 0
    assert not (tmp_path / "policy-rc.d").exists()
