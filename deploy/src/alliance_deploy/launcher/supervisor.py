"""Keeps servers running: starts them, waits until they are ready, restarts what dies, stops what is left."""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from alliance_deploy.embedded import ServerMissing
from alliance_deploy.embedded.child import NotReady
from alliance_deploy.launcher.kept import Condition, Run, Server

ATTEMPTS = 3
"""How often a server may fail before it was ever ready; afterwards it is restarted for ever."""


class Supervisor:
    def __init__(
        self,
        changed: Callable[[Run], None] = lambda run: None,
        *,
        back_off: Sequence[float] = (0.5, 1, 2, 4, 8, 15),
        steady: float = 30.0,
    ) -> None:
        """`back_off`: pauses before each restart in a row; `steady` seconds of running make it a fresh start."""
        self.runs: dict[str, Run] = {}
        self._changed, self._back_off, self._steady = changed, back_off, steady
        self._keepers: dict[str, asyncio.Task[None]] = {}

    def start(self, servers: Mapping[str, Server]) -> None:
        """Begin to keep `servers` running, all at once. Call it in the main thread."""
        for name, server in servers.items():
            run = self.runs[name] = Run(name, server)
            self._keepers[name] = asyncio.create_task(self._keep(run), name=f"keep {name}")

    async def wait(self, *names: str) -> None:
        """Return when all `names` are ready. Raises `NotReady`, with the end of its log, for one that gave up."""
        while waited_for := [self.runs[name] for name in names if self.runs[name].condition is not Condition.READY]:
            for run in waited_for:
                if run.condition in (Condition.FAILED, Condition.STOPPED):
                    raise NotReady(f"{run.trouble}\n{_tail(run.server.log)}")
            await asyncio.sleep(0.05)

    async def stop(self, *names: str) -> None:
        """Stop `names`, or everything, together."""
        keepers = [self._keepers.pop(name) for name in names or tuple(self._keepers) if name in self._keepers]
        for keeper in keepers:
            keeper.cancel()
        await asyncio.gather(*keepers, return_exceptions=True)

    async def _keep(self, run: Run) -> None:
        failures, was_ready = 0, False
        try:
            while True:
                started = time.monotonic()
                run.trouble = await self._once(run)
                was_ready = was_ready or run.ready_after is not None
                failures = 1 if time.monotonic() - started > self._steady else failures + 1
                if not was_ready and failures >= ATTEMPTS:
                    self._note(run, Condition.FAILED)
                    return
                run.restarts += was_ready
                self._note(run, Condition.RESTARTING)
                await asyncio.sleep(self._back_off[min(failures, len(self._back_off)) - 1])
        finally:
            if run.condition is not Condition.FAILED:
                await run.server.stop()
                run.trouble = run.trouble or f"{run.name} was stopped"
                self._note(run, Condition.STOPPED)

    async def _once(self, run: Run) -> str:
        """One life of a server; why it ended."""
        started = time.monotonic()
        try:
            await run.server.start()
        except (NotReady, ServerMissing, OSError) as trouble:
            return str(trouble)
        run.ready_after = time.monotonic() - started
        self._note(run, Condition.READY)
        return f"{run.name} ended with code {await run.server.wait()}; see {run.server.log}"

    def _note(self, run: Run, condition: Condition) -> None:
        run.condition = condition
        self._changed(run)


def _tail(log: Path, lines: int = 15) -> str:
    with suppress(FileNotFoundError):
        return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
    return ""
