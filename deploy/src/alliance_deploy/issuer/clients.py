"""Who may ask the issuer for anything: the six services, and one machine."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from alliance_deploy.launcher.sign_in import MACHINE

CALLBACK = "/sign-in/callback"
SIGNED_OUT = "/signed-out"
BACK_CHANNEL = "/back-channel-logout"


@dataclass(frozen=True)
class Client:
    id: str
    title: str = ""
    origin: str = ""
    """Where browsers find it."""
    secret: str | None = field(default=None, repr=False)
    jwks: Mapping[str, Any] | None = None
    """Its public keys, when it proves itself by `private_key_jwt`."""

    @property
    def redirect_uris(self) -> frozenset[str]:
        return frozenset({self.origin + CALLBACK} if self.origin else ())

    @property
    def after_sign_out(self) -> frozenset[str]:
        return frozenset({self.origin + SIGNED_OUT, self.origin + "/"} if self.origin else ())

    @property
    def is_machine(self) -> bool:
        return not self.origin


def registered(services: Mapping[str, Mapping[str, Any]], folder: Path) -> dict[str, Client]:
    """Every service as a client by its own name, and the machine; secrets from the files of `folder`."""
    clients = {
        name: Client(name, str(told["title"]), str(told["url"]), _secret(folder / name), _keys(folder, name))
        for name, told in services.items()
    }
    return clients | {MACHINE: Client(MACHINE, secret=_secret(folder / MACHINE), jwks=_keys(folder, MACHINE))}


def for_programs(url: str) -> tuple[str, str]:
    """The same address with a host that programs can resolve, and the `Host` to name in the request."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return parts._replace(netloc=f"127.0.0.1:{parts.port or 80}").geturl(), parts.netloc
    return url, parts.netloc


def _secret(file: Path) -> str | None:
    return file.read_text().strip() if file.exists() else None


def _keys(folder: Path, name: str) -> Mapping[str, Any] | None:
    file = folder / f"{name}.jwks.json"
    if not file.exists():
        return None
    found: Mapping[str, Any] = json.loads(file.read_text())
    return found
