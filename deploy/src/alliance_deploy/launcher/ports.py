"""Which ports the embedded alliance needs, what for, and whether they are free."""

import os
import socket
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

DEFAULTS = {
    "sign-in": 8000,
    "intake": 8001,
    "triage": 8002,
    "housing": 8003,
    "finance": 8004,
    "notify": 8005,
    "reporting": 8006,
    "broker": 5680,
    "management": 15680,
    "distribution": 25680,
    "epmd": 25681,
    "store": 27080,
}


class PortTaken(Exception):
    """A port that something here needs is in use."""


class BadPort(Exception):
    """A port was set to something that is none."""


@dataclass(frozen=True)
class Port:
    need: str
    number: int

    @property
    def variable(self) -> str:
        """The environment variable that chooses another one."""
        return f"ALLIANCE_{self.need.upper().replace('-', '_')}_PORT"


def chosen(environment: Mapping[str, str] = os.environ) -> dict[str, Port]:
    """The ports in force: the defaults, each replaced by `ALLIANCE_<NEED>_PORT` where that is set."""
    ports = {}
    for need, default in DEFAULTS.items():
        port = Port(need, default)
        text = environment.get(port.variable) or str(default)
        if not text.isdecimal() or not 0 < int(text) < 65536:
            raise BadPort(f"{port.variable} is {text!r}, which is not a port number.")
        ports[need] = Port(need, int(text))
    return ports


def check(ports: Iterable[Port], *, patience: float = 0) -> None:
    """Raise `PortTaken` naming every port in use, who needs it and how to choose another.

    `patience`: seconds to wait for what an alliance that was killed has left to end by itself.
    """
    deadline = time.monotonic() + patience
    while (taken := [port for port in ports if not _is_free(port.number)]) and time.monotonic() < deadline:
        time.sleep(0.1)
    if taken:
        raise PortTaken(
            "\n".join(
                f"Port {port.number} is in use, and {port.need} needs it. "
                f"Free it, or choose another: {port.variable}={port.number + 1000} alliance up"
                for port in taken
            )
        )


def _is_free(number: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", number))
        except OSError:
            return False
    return True
