"""`alliance events tail`, `alliance quarantine …`, `alliance replay`: what an operator needs."""

import asyncio
import os
import subprocess
import sys
from typing import Annotated

import typer

from alliance.contracts.catalogue import SERVICES
from alliance_deploy.cli.quarantine import app as quarantine
from alliance_deploy.cli.troubles import Trouble
from alliance_deploy.launcher.agreed import VHOST
from alliance_deploy.launcher.broker import in_use
from alliance_deploy.launcher.place import Place
from alliance_deploy.operate.tap import Said, open_tap

events = typer.Typer(no_args_is_help=True, help="What services tell one another.")


@events.callback()
def about() -> None:
    """What services tell one another."""


@events.command("tail")
def tail(
    with_data: Annotated[bool, typer.Option("--data", help="With the data of open events.")] = False,
    service: Annotated[list[str] | None, typer.Option(help="Only what these services say.")] = None,
) -> None:
    """Print every event as it is said, until Ctrl-C. Personal events show who they are for, never their content."""

    async def listen() -> None:
        async with open_tap(in_use(Place.find()).url(VHOST), service or SERVICES) as tap:
            async for event in tap.events():
                print(_line(event, with_data=with_data), flush=True)

    try:
        asyncio.run(listen())
    except KeyboardInterrupt:
        return


def replay(
    service: Annotated[str, typer.Option(help="Who hears again.")],
    since: Annotated[str, typer.Option("--from", help="A date, or an instant with offset.")],
) -> None:
    """Let a service hear again what the logs it is granted still hold; what it has heard already has no effect."""
    place = Place.find()
    file = place.environment / f"{service}.env"
    if service not in SERVICES or not file.exists():
        raise Trouble(f"There is no compiled environment of {service!r} here: `alliance agreement compile` makes them.")
    variables = dict(line.partition("=")[::2] for line in file.read_text().splitlines())
    ended = subprocess.run(
        [sys.executable, "-m", service, "replay", "--from", since], env={**os.environ, **variables}, check=False
    )
    raise typer.Exit(ended.returncode)


def add_to(app: typer.Typer) -> None:
    app.add_typer(events, name="events")
    app.add_typer(quarantine, name="quarantine")
    app.command()(replay)


def _line(event: Said, *, with_data: bool) -> str:
    to = f" to {event.recipient}" if event.recipient else ""
    line = f"{event.time[:23]}Z  {event.type}{to}  {event.subject}  {event.organisation}"
    return f"{line}  {event.data}" if with_data and event.data is not None else line
