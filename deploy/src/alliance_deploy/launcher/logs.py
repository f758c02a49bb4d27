"""The logs of everything that runs, oldest line first."""

import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from alliance_deploy.launcher.place import Place


class NoSuchLog(Exception):
    """Nothing by that name writes a log here."""


def files(place: Place, name: str | None = None) -> dict[str, Path]:
    """Log files by who writes them: all, or only that of `name`."""
    broker = place.state / "broker" / "log"
    known = {path.stem: path for path in sorted(place.logs.glob("*.log"))}
    known |= {"broker": broker / "rabbitmq.log", "store": place.state / "store" / "store.out"}
    found = {who: path for who, path in known.items() if path.exists() and name in (None, who)}
    if not found:
        raise NoSuchLog(f"There is no log of {name or 'anything'} here. Logs: {', '.join(sorted(known)) or 'none'}.")
    return found


def lines_of(found: Mapping[str, Path], *, last: int, follow: bool = False) -> Iterator[str]:
    """The last lines of each file, then, with `follow`, what is added to any of them, for ever."""
    width = max(len(who) for who in found)
    place = {}
    for who, path in found.items():
        text = path.read_bytes()
        place[who] = len(text)
        yield from _named(who if len(found) > 1 else "", width, text.splitlines()[-last:])
    while follow:
        for who, path in found.items():
            with path.open("rb") as file:
                file.seek(min(place[who], path.stat().st_size))
                added = file.read()
            whole = added[: added.rfind(b"\n") + 1]
            place[who] += len(whole)
            yield from _named(who if len(found) > 1 else "", width, whole.splitlines())
        time.sleep(0.2)


def _named(who: str, width: int, lines: list[bytes]) -> Iterator[str]:
    for line in lines:
        yield (f"{who:<{width}} | " if who else "") + line.decode(errors="replace")
