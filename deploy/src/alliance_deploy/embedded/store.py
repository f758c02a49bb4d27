"""NX-27017 (MongoDB's wire protocol over SQLite) as a private process with its own port, folder and pid file."""

import asyncio
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from alliance_deploy.embedded.child import NotReady, answers, end, free_port, kill, spawn, wait_until

START_SECONDS = 30.0
STOP_SECONDS = 15.0


@dataclass
class StoreServer:
    """One store whose databases live in `folder` and survive stop, kill and start."""

    folder: Path
    port: int = 0

    def __post_init__(self) -> None:
        self.folder = self.folder.absolute()
        self.port = self.port or free_port()
        self._server: asyncio.subprocess.Process | None = None

    @property
    def url(self) -> str:
        return f"mongodb://127.0.0.1:{self.port}/"

    @property
    def pid(self) -> int | None:
        return self._server.pid if self.running and self._server else None

    @property
    def running(self) -> bool:
        return self._server is not None and self._server.returncode is None

    @property
    def log(self) -> Path:
        return self.folder / "store.out"

    async def start(self, within: float = START_SECONDS) -> None:
        """Start and wait until it accepts connections. Raises NotReady."""
        if self.running:
            return
        if await answers(self.port):
            raise NotReady(f"port {self.port} (the embedded store) is in use by another program")
        data = self.folder / "data"
        data.mkdir(parents=True, exist_ok=True)
        pid_file = self.folder / "store.pid"
        pid_file.unlink(missing_ok=True)
        command = [
            str(Path(sys.executable).with_name("nx-27017")),
            *("--host", "127.0.0.1", "--port", str(self.port)),
            *("--data-dir", str(data)),
            *("--pid-file", str(pid_file)),
            *("--log-file", str(self.folder / "store.log")),
        ]
        self._server = await spawn(command, log=self.log, env=os.environ, folder=self.folder)
        try:
            await wait_until(
                lambda: answers(self.port), self._server, what="the embedded store", log=self.log, within=within
            )
        except BaseException:
            await self.kill()
            raise

    async def stop(self) -> None:
        if self._server is not None:
            await end(self._server, within=STOP_SECONDS)

    async def kill(self) -> None:
        """`kill -9`; acknowledged writes are on disk."""
        if self._server is not None:
            await kill(self._server)

    async def restart(self) -> None:
        await self.stop()
        await self.start()

    async def wait(self) -> int:
        """Until the store ends by itself; its exit code."""
        if self._server is None:
            raise NotReady("the store has not been started")
        return await self._server.wait()
