"""Dummy services to launch, and a way to wait for what should become true."""

import asyncio
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from alliance_deploy.embedded.child import free_port
from alliance_deploy.launcher.kept import HttpProcess

DUMMY = Path(__file__).with_name("dummy.py")


@pytest.fixture
def a_dummy(tmp_path: Path) -> Callable[..., HttpProcess]:
    """`a_dummy("intake", LIVES="0.5")`: a tiny service with a port and a log of its own."""

    def make(name: str, within: float = 20, **environment: str) -> HttpProcess:
        port = free_port()
        return HttpProcess(
            name=name,
            command=(sys.executable, str(DUMMY), str(port)),
            port=port,
            log=tmp_path / f"{name}.log",
            folder=tmp_path,
            environment={**os.environ, **{f"DUMMY_{key}": value for key, value in environment.items()}},
            within=within,
        )

    return make


@pytest.fixture
def eventually() -> Callable[..., object]:
    async def wait(condition: Callable[[], bool], within: float = 15) -> None:
        deadline = time.monotonic() + within
        while not condition():
            assert time.monotonic() < deadline, "it did not become true in time"
            await asyncio.sleep(0.02)

    return wait
