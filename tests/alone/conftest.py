"""Environments that hold one package and what it needs, and nothing else of the workspace."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

Install = Callable[[str], Path]


@pytest.fixture(scope="session")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Wheels of the shared library and of notify."""
    folder = tmp_path_factory.mktemp("wheels")
    for package in ("livingwell-shared", "livingwell-notify"):
        _uv("build", "--wheel", "--package", package, "--out-dir", str(folder))
    return folder


@pytest.fixture(scope="session")
def installed(wheels: Path, tmp_path_factory: pytest.TempPathFactory) -> Install:
    """`installed("livingwell-notify")`: the Python of an empty environment with that wheel, at the locked versions."""

    def install(requirement: str) -> Path:
        folder = tmp_path_factory.mktemp("environment")
        locked = folder / "locked.txt"
        _uv("export", "--frozen", "--no-emit-workspace", "--no-hashes", "--no-dev", "-o", str(locked))
        python = folder / "venv" / "bin" / "python"
        _uv("venv", str(folder / "venv"))
        _uv("pip", "install", "--python", str(python), "-c", str(locked), "--find-links", str(wheels), requirement)
        return python

    return install


def _uv(*arguments: str) -> None:
    """From the cache if it has everything, as after `make test` without a network; else from the index."""
    uv = os.environ.get("UV") or shutil.which("uv")  # `uv run` names itself; it need not be on the path
    assert uv, "run the tests by `uv run`"
    for offline in (["--offline"], []):
        done = subprocess.run([uv, *arguments, *offline], cwd=ROOT, capture_output=True, text=True)
        if done.returncode == 0:
            return
    pytest.fail(f"uv {' '.join(arguments)}: {done.stderr}")
