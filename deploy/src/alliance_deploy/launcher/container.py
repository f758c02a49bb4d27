"""RabbitMQ in a Docker container, for machines that have Docker but no RabbitMQ package. Written, not run here."""

import asyncio
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from alliance_deploy.embedded.child import NotReady, end, spawn, wait_until
from alliance_deploy.launcher.probe import status_of

IMAGE = "rabbitmq:4.1-management"
ADMIN = "alliance-admin"


@dataclass
class RabbitContainer:
    """One container whose data lives in a named volume; the client process in the foreground is what is supervised."""

    folder: Path
    amqp_port: int
    management_port: int
    _process: asyncio.subprocess.Process | None = field(default=None, init=False, repr=False)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        memory = self.folder / "container-password"
        if not memory.exists():
            memory.touch(mode=0o600)
            memory.write_text(secrets.token_urlsafe(24))
        self._password = memory.read_text().strip()

    @property
    def management_url(self) -> str:
        return f"http://127.0.0.1:{self.management_port}"

    @property
    def admin(self) -> tuple[str, str]:
        return ADMIN, self._password

    @property
    def log(self) -> Path:
        return self.folder / "container.log"

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process is not None and self._process.returncode is None else None

    async def start(self) -> None:
        command = [
            *("docker", "run", "--rm", "--name", "alliance-broker", "--hostname", "alliance-broker"),
            *("--publish", f"127.0.0.1:{self.amqp_port}:5672"),
            *("--publish", f"127.0.0.1:{self.management_port}:15672"),
            *("--volume", "alliance-broker:/var/lib/rabbitmq"),
            *("--env", "RABBITMQ_DEFAULT_USER", "--env", "RABBITMQ_DEFAULT_PASS", IMAGE),
        ]
        environment = {**os.environ, "RABBITMQ_DEFAULT_USER": ADMIN, "RABBITMQ_DEFAULT_PASS": self._password}
        process = self._process = await spawn(command, log=self.log, env=environment, folder=self.folder)
        try:
            await wait_until(self._ready, process, what="RabbitMQ in Docker", log=self.log, within=180)
        except BaseException:
            await end(process, within=10)
            raise

    async def wait(self) -> int:
        if self._process is None:
            raise NotReady("RabbitMQ has not been started")
        return await self._process.wait()

    async def stop(self) -> None:
        if self._process is not None:
            await end(self._process, within=30)

    async def _ready(self) -> bool:
        return await status_of(self.management_port, "/") == 200
