"""Start the launcher in the background, follow it until everything is ready, and stop it again."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress

from alliance_deploy.embedded.child import NotReady
from alliance_deploy.launcher.once import AlreadyRunning, holder
from alliance_deploy.launcher.place import Place
from alliance_deploy.launcher.record import Record

STOP_SECONDS = 90.0


def start(place: Place, *, demo: bool, say: Callable[[str], None]) -> None:
    """A launcher in a session of its own; returns when all is ready. Raises `NotReady` with what it said last."""
    place.prepare()
    if (pid := holder(place.lock)) is not None:
        raise AlreadyRunning(f"An alliance is already running here (process {pid}). `alliance down` stops it.")
    place.record.unlink(missing_ok=True)
    log = place.logs / "launcher.log"
    with log.open("wb") as output:
        launcher = subprocess.Popen(
            [sys.executable, "-m", "alliance_deploy.launcher", *(["--demo"] if demo else [])],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            cwd=place.checkout,
        )
    said = 0
    while True:
        ended = launcher.poll() is not None
        record = Record.read(place.record)
        text = log.read_text(errors="replace")
        for line in text[said:].splitlines():
            say(line)
        said = len(text)
        if ended:
            raise NotReady("The alliance did not come up; `alliance logs` has the details.")
        if record is not None and record.ready and record.launcher == launcher.pid:
            return
        time.sleep(0.1)


def stop(place: Place) -> bool:
    """Ask the launcher to take everything down and wait for it; False if none is running."""
    pid = holder(place.lock)
    if pid is None:
        return False
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    while holder(place.lock) == pid:
        if time.monotonic() > deadline:
            os.kill(pid, signal.SIGKILL)
        time.sleep(0.05)
    return True
