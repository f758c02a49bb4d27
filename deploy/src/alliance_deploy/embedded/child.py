"""Child processes that end with their parent, and the ports they listen on."""

import asyncio
import ctypes
import os
import signal
import socket
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


class NotReady(Exception):
    """A server did not become ready in its time, or ended while starting; the message names its log."""


def free_port() -> int:
    """A TCP port of 127.0.0.1 that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def answers(port: int) -> bool:
    """Whether something accepts connections on this port of 127.0.0.1."""
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()
    return True


async def spawn(
    command: Sequence[str], *, log: Path, env: Mapping[str, str], folder: Path
) -> asyncio.subprocess.Process:
    """Start `command` in a session of its own, both outputs appended to `log`; it ends when the parent dies."""
    parent = os.getpid()

    def end_with_parent() -> None:
        if _libc is not None:
            _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
            if os.getppid() != parent:
                os._exit(1)

    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        return await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=dict(env),
            cwd=folder,
            start_new_session=True,
            preexec_fn=end_with_parent,
        )


async def end(process: asyncio.subprocess.Process, *, within: float) -> None:
    """SIGTERM, then SIGKILL when it takes longer than `within` seconds."""
    if process.returncode is not None:
        return
    with suppress(ProcessLookupError):
        process.terminate()
    try:
        await asyncio.wait_for(process.wait(), within)
    except TimeoutError:
        await kill(process)


async def kill(process: asyncio.subprocess.Process) -> None:
    """SIGKILL, as a power cut would."""
    with suppress(ProcessLookupError):
        process.kill()
    await process.wait()


async def wait_until(
    ready: Callable[[], Awaitable[bool]], process: asyncio.subprocess.Process, *, what: str, log: Path, within: float
) -> None:
    """Return when `ready()`; raise NotReady when the process ends before, or after `within` seconds."""
    deadline = asyncio.get_running_loop().time() + within
    while not await ready():
        if process.returncode is not None:
            raise NotReady(f"{what} ended with code {process.returncode} while starting; see {log}")
        if asyncio.get_running_loop().time() > deadline:
            raise NotReady(f"{what} was not ready within {within:.0f} s; see {log}")
        await asyncio.sleep(0.1)
