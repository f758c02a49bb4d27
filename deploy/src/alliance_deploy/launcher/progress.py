"""Shows what is being installed, started and waited for: a live table on a terminal, plain lines elsewhere."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.live import Live
from rich.table import Table

from alliance_deploy.launcher.kept import Condition, Run

_COLOURS = {
    Condition.STARTING: "yellow",
    Condition.READY: "green",
    Condition.RESTARTING: "magenta",
    Condition.FAILED: "red",
    Condition.STOPPED: "dim",
}


class Progress:
    def __init__(self, *, live: bool | None = None) -> None:
        """`live` None: a live table if standard output is a terminal."""
        self._console = Console(soft_wrap=True, highlight=False)
        self._live = self._console.is_terminal if live is None else live and self._console.is_terminal
        self._began = time.monotonic()
        self._runs: dict[str, Run] = {}
        self._shown: dict[str, str] = {}
        self._display: Live | None = None

    @contextmanager
    def showing(self) -> Iterator[None]:
        """Keep the table on screen for the block; afterwards it stays as it was last."""
        if not self._live:
            yield
            return
        try:
            with Live(self._table(), console=self._console, refresh_per_second=4) as self._display:
                yield
        finally:
            self._display = None

    def say(self, text: str) -> None:
        """One line, with the seconds since the start."""
        self._console.print(f"{time.monotonic() - self._began:6.1f} s  {text}")

    def changed(self, run: Run) -> None:
        """A server's condition changed: a new row of the table, or a line of text."""
        self._runs[run.name] = run
        if self._display is not None:
            self._display.update(self._table())
        elif (text := _line(run)) != self._shown.get(run.name):
            self._shown[run.name] = text
            self.say(text)

    def _table(self) -> Table:
        table = Table(box=None, pad_edge=False)
        for heading in ("", "state", "ready after", "restarts", ""):
            table.add_column(heading, style="bold" if not heading else None)
        for run in self._runs.values():
            after = f"{run.ready_after:.1f} s" if run.ready_after is not None else ""
            colour = _COLOURS[run.condition]
            trouble = run.trouble.partition("\n")[0] if run.condition is not Condition.READY else ""
            table.add_row(run.name, f"[{colour}]{run.condition}[/]", after, str(run.restarts or ""), trouble)
        return table


def _line(run: Run) -> str:
    match run.condition:
        case Condition.READY:
            return f"{run.name} is ready ({run.ready_after or 0:.1f} s)"
        case Condition.RESTARTING | Condition.FAILED:
            return f"{run.name} {run.condition}: {run.trouble}"
        case _:
            return f"{run.name} {run.condition}"
