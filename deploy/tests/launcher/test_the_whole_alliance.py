"""The whole alliance from one command, on ports and in a folder of its own: up, demo, a kill, a second copy, down."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from alliance_deploy.demo.journeys import JOURNEYS
from alliance_deploy.embedded.child import free_port
from alliance_deploy.launcher.ports import chosen

ROOT = Path(__file__).parents[3]

pytestmark = [pytest.mark.broker, pytest.mark.store]


class Alliance:
    """The `alliance` command, with a home of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        ports = {port.variable: str(free_port()) for port in chosen({}).values()}
        outside = {name: value for name, value in os.environ.items() if not name.startswith("ALLIANCE_")}
        self._environment = {**outside, **ports, "ALLIANCE_HOME": str(home)}

    def __call__(self, *words: str, timeout: float = 240) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "alliance_deploy.cli", *words],
            cwd=ROOT,
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )

    def status(self) -> dict[str, Any]:
        report: dict[str, Any] = json.loads(self("status", "--json").stdout)
        return report


@pytest.fixture(scope="module")
def alliance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Alliance]:
    running = Alliance(tmp_path_factory.mktemp("alliance"))
    up = running("up", "--detach")
    assert up.returncode == 0, up.stdout + up.stderr
    yield running
    processes = [entry["pid"] for entry in running.status()["servers"].values()]
    assert running("down").returncode == 0
    assert not any(_alive(pid) for pid in processes)


def test_everything_is_ready(alliance: Alliance) -> None:
    report = alliance.status()
    assert report["ready"], report
    assert len(report["servers"]) == 9
    assert report["servers"]["sign-in"]["url"] == report["start_page"]


def test_a_token_is_given_for_what_the_agreement_grants_and_for_nothing_else(alliance: Alliance) -> None:
    asked = ("token", "--service", "triage", "--organisation", "slam", "--role")
    assert alliance(*asked, "key-worker").stdout.count(".") == 2
    refused = alliance(*asked, "finance-approver")
    assert refused.returncode == 1
    assert "finance-approver: at triage people of slam may be" in refused.stderr


def test_every_journey_goes_as_listed(alliance: Alliance) -> None:
    demo = alliance("demo", "--json")
    told = json.loads(demo.stdout)
    assert told["ok"], json.dumps([journey for journey in told["journeys"] if not journey["ok"]], indent=1)
    assert demo.returncode == 0
    assert {each["name"] for each in told["journeys"]} == set(JOURNEYS)
    assert told["quarantined"] == 0


def test_a_second_copy_is_refused(alliance: Alliance) -> None:
    again = alliance("up", "--detach")
    assert again.returncode == 1
    assert "already running" in again.stderr


async def test_a_service_that_is_killed_comes_back(
    alliance: Alliance, eventually: Callable[..., Awaitable[None]]
) -> None:
    def finance() -> dict[str, Any]:
        entry: dict[str, Any] = alliance.status()["servers"]["finance"]
        return entry

    before = finance()
    os.kill(before["pid"], signal.SIGKILL)
    await eventually(lambda: finance()["restarts"] > before["restarts"] and finance()["condition"] == "ready", 90)


def test_broker_and_agreement_are_equal(alliance: Alliance) -> None:
    applied = alliance("agreement", "apply", "--dry-run")
    assert "nothing to do" in applied.stdout, applied.stdout + applied.stderr


def test_every_trail_is_whole_from_the_stores_and_by_the_services(alliance: Alliance) -> None:
    """What the demo's staff looked at and did is in the trails."""
    assert alliance("demo", "--only", "urgent-from-a-gp").returncode == 0
    for way in ((), ("--by-api",)):
        verified = alliance("audit", "verify", "--json", *way)
        assert verified.returncode == 0, verified.stdout + verified.stderr
        entries = {each["service"]: each["entries"] for each in json.loads(verified.stdout)}
        assert set(entries) == {"intake", "triage", "housing", "finance", "notify", "reporting"}
        assert min(entries["intake"], entries["triage"]) > 0


def test_nothing_lies_in_quarantine(alliance: Alliance) -> None:
    assert json.loads(alliance("quarantine", "list", "--json").stdout) == []


def test_secrets_are_for_their_owner_alone_and_in_no_log(alliance: Alliance) -> None:
    secrets = [path for path in (alliance.home / "secrets").rglob("*") if path.is_file() and path.name != "jwks.json"]
    assert len(secrets) > 6
    assert {path.stat().st_mode & 0o077 for path in secrets} == {0}
    words = [path.read_text().strip() for path in secrets if path.suffix != ".jwk"]
    for log in alliance.home.rglob("*.log"):
        text = log.read_text(errors="replace")
        assert not any(word in text for word in words), log


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
