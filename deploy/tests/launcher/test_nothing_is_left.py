"""However the launcher ends, nothing that it started outlives it."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from alliance_deploy.launcher.kept import HttpProcess

LAUNCHER = """
import asyncio, json, os, sys
from pathlib import Path
from alliance_deploy.embedded import StoreServer
from alliance_deploy.embedded.child import free_port
from alliance_deploy.launcher.kept import HttpProcess
from alliance_deploy.launcher.supervisor import Supervisor

async def main() -> None:
    folder = Path(sys.argv[2])
    port = free_port()
    dummy = HttpProcess("dummy", (sys.executable, sys.argv[1], str(port)), port, folder / "d.log", folder, os.environ)
    servers = {"dummy": dummy, "store": StoreServer(folder / "store")}
    supervisor = Supervisor()
    supervisor.start(servers)
    await supervisor.wait(*servers)
    print(json.dumps([server.pid for server in servers.values()]), flush=True)
    await asyncio.sleep(600)

asyncio.run(main())
"""


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.skipif(sys.platform != "linux", reason="prctl(2) is of Linux")
async def test_a_killed_launcher_leaves_no_process_behind(
    tmp_path: Path, eventually: Callable[..., Awaitable[None]]
) -> None:
    dummy = Path(__file__).with_name("dummy.py")
    launcher = await asyncio.create_subprocess_exec(
        sys.executable, "-c", LAUNCHER, str(dummy), str(tmp_path), stdout=asyncio.subprocess.PIPE
    )
    assert launcher.stdout is not None
    pids = json.loads(await launcher.stdout.readline())
    assert all(alive(pid) for pid in pids)
    launcher.send_signal(signal.SIGKILL)
    await launcher.wait()
    await eventually(lambda: not any(alive(pid) for pid in pids))


async def test_a_process_that_ignores_the_request_to_end_is_made_to(
    a_dummy: Callable[..., HttpProcess], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("alliance_deploy.launcher.kept.STOP_SECONDS", 0.2)
    dummy = a_dummy("stubborn", STUBBORN="yes")
    await dummy.start()
    pid = dummy.pid
    assert pid is not None
    await dummy.stop()
    assert not alive(pid)
