"""Gets what the machine lacks: Debian's RabbitMQ, without disturbing the system's own services."""

import asyncio
import os
import shutil
from pathlib import Path

SCRIPT = Path(__file__).with_name("rabbitmq.sh")


class InstallFailed(Exception):
    """The package could not be installed; the message names the log."""


def as_root() -> tuple[str, ...] | None:
    """What to put before a command so that root runs it: nothing, `sudo -n`, or None when there is no way."""
    return () if os.geteuid() == 0 else ("sudo", "-n") if shutil.which("sudo") else None


async def may_install() -> bool:
    """Whether this is Debian (or kin) and we may install packages without being asked for a password."""
    prefix = as_root()
    if prefix is None or not shutil.which("apt-get"):
        return False
    if not prefix:
        return True
    asked = await asyncio.create_subprocess_exec(
        *prefix,
        "true",
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    return await asked.wait() == 0


async def install_rabbitmq(log: Path) -> None:
    """Install the package, all output to `log`. Raises `InstallFailed`."""
    with log.open("ab") as output:
        running = await asyncio.create_subprocess_exec(
            *(as_root() or ()), "sh", str(SCRIPT), stdin=asyncio.subprocess.DEVNULL, stdout=output, stderr=output
        )
        if code := await running.wait():
            raise InstallFailed(f"Debian's rabbitmq-server could not be installed (apt ended with {code}); see {log}")
