"""`python -m tests.bench [--json] [a b c d e f g h]`: speed and size, in one run, both sides alike."""

import asyncio
import json
import sys
import tempfile
from collections.abc import AsyncIterator
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table
from tests.bench import growth, importing, latency, matching, path, relaying, replaying, starting
from tests.bench.ground import Measured, ground

ON_ONE_CLUSTER = {"a": relaying, "b": path, "c": latency, "d": replaying, "e": growth, "g": importing, "h": matching}


async def measured(letters: set[str], folder: Path) -> AsyncIterator[Measured]:
    """Each letter on servers of its own, so that one measurement leaves nothing for the next."""
    for letter, module in ON_ONE_CLUSTER.items():
        if letter in letters:
            async with ground(folder / letter) as cluster:
                for line in await module.measure(cluster):
                    yield line
    if "f" in letters:
        for line in await starting.measure(folder):
            yield line


async def main(arguments: list[str]) -> int:
    letters = {argument for argument in arguments if argument in "abcdefgh"} or set("abcdefgh")
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        async for line in measured(letters, Path(folder)):
            lines.append(line)
            print(f"{line.name}: {line.value:.2f} {line.unit}", file=sys.stderr)
    if "--json" in arguments:
        print(json.dumps([asdict(line) for line in lines], indent=1))
    else:
        show(lines)
    return 0 if all(line.ok for line in lines) else 1


def show(lines: list[Measured]) -> None:
    table = Table("what", "measured", "asked for", "", "how")
    for line in lines:
        table.add_row(
            line.name, f"{line.value:.2f} {line.unit}", line.floor, "ok" if line.ok else "MISSED", line.detail
        )
    Console().print(table)


sys.exit(asyncio.run(main(sys.argv[1:])))
