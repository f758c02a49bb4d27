"""How everything is at this moment: what the launcher wrote down, asked again of each service."""

import asyncio
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from rich.console import Console
from rich.table import Table

from alliance_deploy.launcher.once import holder
from alliance_deploy.launcher.place import Place
from alliance_deploy.launcher.probe import status_of
from alliance_deploy.launcher.record import Entry, Record


@dataclass(frozen=True)
class Report:
    ready: bool
    launcher: int | None
    demo: bool = False
    start_page: str = ""
    servers: dict[str, Entry] = field(default_factory=dict)


async def look(place: Place) -> Report:
    """Ready is what says so now; a service that answers otherwise is `unready`, a silent one `unreachable`."""
    launcher, record = holder(place.lock), Record.read(place.record)
    if launcher is None or record is None:
        return Report(ready=False, launcher=None)
    servers = dict(zip(record.servers, await asyncio.gather(*map(_asked, record.servers.values())), strict=True))
    ready = record.ready and all(entry.condition == "ready" for entry in servers.values())
    return Report(ready=ready, launcher=launcher, demo=record.demo, start_page=record.start_page, servers=servers)


def show(report: Report) -> None:
    """A table on standard output."""
    if report.launcher is None:
        print("Nothing is running here. `alliance up` starts everything.")
        return
    if report.start_page:
        print(f"Open {report.start_page}\n")
    table = Table(box=None, pad_edge=False)
    for heading in ("", "state", "pid", "restarts", "answers at"):
        table.add_column(heading)
    for name, entry in report.servers.items():
        pid = str(entry.pid) if entry.pid else ""
        trouble = "" if entry.condition == "ready" else entry.trouble.partition("\n")[0]
        table.add_row(name, entry.condition, pid, str(entry.restarts or ""), entry.url or trouble)
    Console(soft_wrap=True).print(table)
    print(f"launcher: process {report.launcher}" + (", with the demo agreement" if report.demo else ""))


async def _asked(entry: Entry) -> Entry:
    if entry.url is None or entry.condition != "ready":
        return entry
    answer = await status_of(urlsplit(entry.url).port or 80, within=2)
    if answer == 200:
        return entry
    return replace(entry, condition="unreachable" if answer is None else "unready")
