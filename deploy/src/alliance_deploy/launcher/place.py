"""Where things are: the checkout, and the folder in which a running alliance keeps its state."""

import os
from dataclasses import dataclass
from pathlib import Path

MARK = "deploy/agreement.toml"


class NoCheckout(Exception):
    """The command was not called inside a checkout."""


@dataclass(frozen=True)
class Place:
    checkout: Path
    state: Path

    @classmethod
    def find(cls) -> "Place":
        """The checkout around the current folder, else the one this file belongs to; state in `ALLIANCE_HOME`."""
        for folder in (Path.cwd(), *Path.cwd().parents, *Path(__file__).resolve().parents):
            if (folder / MARK).is_file():
                home = os.environ.get("ALLIANCE_HOME")
                return cls(folder, Path(home).resolve() if home else folder / ".alliance")
        raise NoCheckout(f"There is no {MARK} here or above: call `alliance` inside a checkout of the repository.")

    @property
    def agreement(self) -> Path:
        return self.checkout / MARK

    @property
    def demo_agreement(self) -> Path:
        """Laid over the agreement by `alliance up --demo`."""
        return self.checkout / "deploy" / "agreement.demo.toml"

    @property
    def personas(self) -> Path:
        """Whom a developer can be."""
        return self.checkout / "deploy" / "personas.toml"

    @property
    def logs(self) -> Path:
        return self.state / "logs"

    @property
    def secrets(self) -> Path:
        return self.state / "secrets"

    @property
    def environment(self) -> Path:
        """One compiled environment file for each service."""
        return self.state / "environment"

    @property
    def clients(self) -> Path:
        """One secret for each client of the development issuer."""
        return self.secrets / "clients"

    @property
    def lock(self) -> Path:
        return self.state / "alliance.pid"

    @property
    def record(self) -> Path:
        """What is running, for `alliance status` and the demo."""
        return self.state / "running.json"

    def prepare(self) -> None:
        """Make the folders, secrets readable by the owner alone."""
        for folder in (self.state, self.logs, self.environment):
            folder.mkdir(parents=True, exist_ok=True)
        self.secrets.mkdir(mode=0o700, exist_ok=True)
        self.secrets.chmod(0o700)
