"""`alliance demo | bench | token`: what shows the alliance, measures it, and lets a developer in."""

import asyncio
import json
import subprocess
import sys
from typing import Annotated

import typer

from alliance.contracts.catalogue import SERVICES
from alliance_deploy.cli.troubles import Trouble
from alliance_deploy.demo.tokens import bearer
from alliance_deploy.launcher.place import Place

AsJson = Annotated[bool, typer.Option("--json", help="For programs.")]


def demo(
    as_json: AsJson = False,
    only: Annotated[list[str] | None, typer.Option(help="Only these journeys, by name.")] = None,
) -> None:
    """Drive made-up people's journeys by HTTP and check every effect; exit code 0 only if all is as listed."""
    from alliance_deploy.demo.report import show
    from alliance_deploy.demo.run import run

    outcome = asyncio.run(run(Place.find(), only=only or None))
    print(json.dumps(outcome.as_json(), indent=2)) if as_json else show(outcome)
    raise typer.Exit(0 if outcome.ok else 1)


def bench(as_json: AsJson = False) -> None:
    """Measure speed and size against bare libraries, in a checkout: a table, or JSON."""
    place = Place.find()
    if not (place.checkout / "tests" / "bench" / "__main__.py").exists():
        raise Trouble("The measurements are in `tests/bench` of a checkout, and there is none here.")
    command = [sys.executable, "-m", "tests.bench", *(["--json"] if as_json else [])]
    raise typer.Exit(subprocess.run(command, cwd=place.checkout, check=False).returncode)


def make_token(
    service: Annotated[str, typer.Option(help="The service it is good for.")],
    organisation: Annotated[str, typer.Option(help="The member that the caller belongs to.")],
    role: Annotated[list[str], typer.Option(help="What the caller may act as, e.g. triage-worker.")],
    subject: Annotated[str, typer.Option(help="Who is calling: an id, never a name.")] = "staff-developer",
) -> None:
    """Print a token from the sign-in of the alliance that runs here, good for a few minutes."""
    if service not in SERVICES:
        raise Trouble(f"There is no service {service!r}; services are {', '.join(SERVICES)}.")
    print(asyncio.run(bearer(Place.find(), service=service, organisation=organisation, roles=role, subject=subject)()))


def add_to(app: typer.Typer) -> None:
    app.command()(demo)
    app.command()(bench)
    app.command("token")(make_token)
