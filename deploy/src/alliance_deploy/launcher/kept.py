"""What the supervisor keeps running: a server with a start and an end, and what is known about it."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from alliance_deploy.embedded.child import NotReady, end, spawn, wait_until
from alliance_deploy.launcher.probe import is_ready

STOP_SECONDS = 15.0


class Server(Protocol):
    """`RabbitNode`, `StoreServer` and `HttpProcess` alike."""

    @property
    def pid(self) -> int | None: ...

    @property
    def log(self) -> Path: ...

    async def start(self) -> None:
        """Start and return when ready. Raises `NotReady`, leaving nothing running."""

    async def wait(self) -> int:
        """Until it ends by itself; its exit code."""
        ...

    async def stop(self) -> None: ...


@dataclass
class HttpProcess:
    """One service: a process that is ready when `/health/ready` on its port says so."""

    name: str
    command: tuple[str, ...]
    port: int
    log: Path
    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    within: float = 120.0
    _process: asyncio.subprocess.Process | None = field(default=None, init=False, repr=False)

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process is not None and self._process.returncode is None else None

    async def start(self) -> None:
        process = self._process = await spawn(self.command, log=self.log, env=self.environment, folder=self.folder)
        try:
            await wait_until(lambda: is_ready(self.port), process, what=self.name, log=self.log, within=self.within)
        except BaseException:
            await end(process, within=1)
            raise

    async def wait(self) -> int:
        if self._process is None:
            raise NotReady(f"{self.name} has not been started")
        return await self._process.wait()

    async def stop(self) -> None:
        if self._process is not None:
            await end(self._process, within=STOP_SECONDS)


class Condition(StrEnum):
    STARTING = "starting"
    READY = "ready"
    RESTARTING = "restarting"
    FAILED = "failed"
    STOPPED = "stopped"


@dataclass
class Run:
    """How a server is doing at present."""

    name: str
    server: Server = field(repr=False)
    condition: Condition = Condition.STARTING
    restarts: int = 0
    trouble: str = ""
    """Why it is not ready, one sentence."""
    ready_after: float | None = None
    """Seconds from its last start until it was ready."""
