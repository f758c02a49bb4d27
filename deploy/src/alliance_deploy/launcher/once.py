"""One alliance at a time: a lock on a file that also says whose it is."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class AlreadyRunning(Exception):
    """Somebody else holds the lock."""


@contextmanager
def only_copy(lock: Path) -> Iterator[None]:
    """Hold `lock` for the block. The kernel lets go of it however this process ends, so it is never stale."""
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pid = os.pread(descriptor, 32, 0).decode().strip() or "?"
            raise AlreadyRunning(
                f"An alliance is already running here (process {pid}). "
                "`alliance status` shows it, `alliance down` stops it."
            ) from None
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
        os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


def holder(lock: Path) -> int | None:
    """The process that holds `lock`, or None when nobody does."""
    try:
        descriptor = os.open(lock, os.O_RDWR)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        text = os.pread(descriptor, 32, 0).decode().strip()
        return int(text) if text else None
    finally:
        os.close(descriptor)
    return None
