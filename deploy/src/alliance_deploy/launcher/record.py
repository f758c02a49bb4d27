"""What is running, as the launcher writes it down for `status`, `logs`, `down` and the demo."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from alliance_deploy.launcher.kept import Run
from alliance_deploy.launcher.sign_in import SIGN_IN


@dataclass(frozen=True)
class Entry:
    condition: str
    pid: int | None
    restarts: int
    log: str
    url: str | None
    trouble: str = ""


@dataclass
class Record:
    """Ends up in `running.json`: no secrets in it."""

    launcher: int = field(default_factory=os.getpid)
    ready: bool = False
    demo: bool = False
    management_url: str = ""
    start_page: str = ""
    """Also the issuer's name."""
    urls: dict[str, str] = field(default_factory=dict)
    servers: dict[str, Entry] = field(default_factory=dict)

    def note(self, run: Run) -> None:
        self.servers[run.name] = Entry(
            condition=str(run.condition),
            pid=run.server.pid,
            restarts=run.restarts,
            log=str(run.server.log),
            url=self.start_page if run.name == SIGN_IN else self.urls.get(run.name),
            trouble=run.trouble,
        )

    def write(self, file: Path) -> None:
        """In one step, so that a reader never sees half of it."""
        draft = file.with_suffix(".draft")
        draft.write_text(json.dumps(asdict(self), indent=2) + "\n")
        draft.replace(file)

    @classmethod
    def read(cls, file: Path) -> "Record | None":
        """What was last written, or None."""
        try:
            raw: Mapping[str, object] = json.loads(file.read_text())
        except FileNotFoundError:
            return None
        record = cls(**{name: value for name, value in raw.items() if name != "servers"})  # type: ignore[arg-type]
        servers = raw["servers"]
        assert isinstance(servers, dict)
        record.servers = {name: Entry(**entry) for name, entry in servers.items()}
        return record
