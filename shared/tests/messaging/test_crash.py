"""Crash points kill where they are asked to, and nowhere else."""

import os
import subprocess
import sys

import pytest

from alliance.kernel.crash import planned

PASSING = "from alliance.kernel.crash import crash_point as p; p('after-write'); p('after-write'); print('alive')"


def run(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", PASSING], env=os.environ | environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("asked", "code"),
    [("", 0), ("after-write", 137), ("after-write:2", 137), ("after-write:3", 0), ("before-ack", 0)],
)
def test_the_process_dies_at_the_passing_that_was_asked_for(asked: str, code: int) -> None:
    assert run({"ALLIANCE_CRASH_AT": asked, "ALLIANCE_ENVIRONMENT": "development"}).returncode == code


@pytest.mark.parametrize("environment", ["production", None, ""])
def test_crash_points_are_refused_in_production_and_where_nothing_is_said(environment: str | None) -> None:
    with pytest.raises(RuntimeError, match="production"):
        planned("after-write", environment)
    assert planned("", environment) is None


def test_an_unknown_point_is_an_error() -> None:
    with pytest.raises(ValueError, match="after-write"):
        planned("somewhere", "development")
