"""What this machine has and lacks for running the alliance."""

import os
import platform
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from alliance_deploy.embedded import find_server
from alliance_deploy.install import may_install
from alliance_deploy.launcher import ports
from alliance_deploy.launcher.broker import ADVICE
from alliance_deploy.launcher.once import holder
from alliance_deploy.launcher.place import Place


@dataclass(frozen=True)
class Finding:
    about: str
    well: bool
    text: str


async def examine(place: Place) -> list[Finding]:
    """Everything that `alliance up` will depend on, without changing anything."""
    running = holder(place.lock)
    return [
        Finding("python", sys.version_info >= (3, 11), f"{platform.python_version()} on {platform.platform()}"),
        Finding("checkout", place.agreement.is_file(), str(place.checkout)),
        _space(place),
        await _broker(),
        _store(),
        *([Finding("ports", True, f"in use by process {running}, the alliance itself")] if running else _ports()),
        Finding("running", True, f"process {running}" if running else "nothing"),
        *_settings(os.environ),
    ]


def show(findings: list[Finding]) -> None:
    """One line each; `✗` is what needs doing."""
    for finding in findings:
        print(f"{'✓' if finding.well else '✗'} {finding.about:<10} {finding.text}")


def _space(place: Place) -> Finding:
    free = shutil.disk_usage(place.checkout).free // 2**20
    return Finding("disk", free > 500, f"{free} MiB free" + ("" if free > 500 else "; RabbitMQ blocks when it is full"))


async def _broker() -> Finding:
    if url := os.environ.get("ALLIANCE_AMQP_URL"):
        return Finding("broker", True, f"ALLIANCE_AMQP_URL: {_without_password(url)}")
    if server := find_server():
        return Finding("broker", True, f"a private node of {server}")
    if await may_install():
        return Finding("broker", True, "Debian's rabbitmq-server will be installed by `alliance up`")
    if docker := shutil.which("docker"):
        return Finding("broker", True, f"a container, by {docker}")
    return Finding("broker", False, ADVICE)


def _store() -> Finding:
    if url := os.environ.get("ALLIANCE_MONGODB_URL"):
        return Finding("store", True, f"ALLIANCE_MONGODB_URL: {_without_password(url)}")
    return Finding("store", True, "the embedded server (NX-27017)")


def _ports() -> list[Finding]:
    findings = []
    for port in ports.chosen().values():
        try:
            ports.check([port])
        except ports.PortTaken as taken:
            findings.append(Finding("port", False, str(taken)))
    return findings or [Finding("ports", True, "all free")]


def _settings(environment: Mapping[str, str]) -> list[Finding]:
    mine = {key: value for key, value in sorted(environment.items()) if key.startswith("ALLIANCE_")}
    return [Finding("setting", True, f"{key}={_without_password(value)}") for key, value in mine.items()]


def _without_password(value: str) -> str:
    parts = urlsplit(value)
    if parts.password is None:
        return value
    return parts._replace(netloc=parts.netloc.replace(f":{parts.password}@", ":…@")).geturl()
