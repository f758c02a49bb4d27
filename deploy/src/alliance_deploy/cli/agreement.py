"""`alliance agreement check | compile | apply | matrix`: the virtual organisation's agreement as code."""

import asyncio
import os
from typing import Annotated

import typer

from alliance_deploy.agreement.matrix import matrix
from alliance_deploy.launcher import ports
from alliance_deploy.launcher.agreed import Agreed
from alliance_deploy.launcher.broker import in_use
from alliance_deploy.launcher.place import Place

app = typer.Typer(no_args_is_help=True, help=__doc__)
Demo = Annotated[bool, typer.Option(help="With the demo agreement laid over it.")]


@app.command("check")
def check_agreement(demo: Demo = False) -> None:
    """Does it hold together, and does every service hear only what is granted?"""
    verdict = Agreed.read(Place.find(), demo=demo).verdict
    print(verdict)
    raise typer.Exit(0 if verdict.holds else 1)


@app.command("matrix")
def show_matrix(demo: Demo = False) -> None:
    """Who may hear what from whom, as a page that reads like a contract."""
    agreed = Agreed.read(Place.find(), demo=demo)
    print(matrix(agreed.agreement, agreed.manifests, agreed.topology()))


@app.command("compile")
def compile_agreement(demo: Demo = False) -> None:
    """Write environment files, broker definitions and the matrix, for the broker and store named or embedded."""
    place = Place.find()
    place.prepare()
    agreed, chosen = Agreed.read(place, demo=demo), ports.chosen()
    store = os.environ.get("ALLIANCE_MONGODB_URL") or f"mongodb://127.0.0.1:{chosen['store'].number}/"
    agreed.compile(agreed.surroundings(in_use(place), store, chosen))
    for file in sorted(place.environment.iterdir()):
        print(file)


@app.command("apply")
def apply_agreement(
    demo: Demo = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the plan and change nothing.")] = False,
) -> None:
    """Make the broker equal to the agreement: print the plan, add, remove, close what lost rights."""
    place = Place.find()
    agreed, broker = Agreed.read(place, demo=demo), in_use(place)
    plan = asyncio.run(agreed.plan(broker))
    print(plan)
    if plan and not dry_run:
        asyncio.run(agreed.apply(broker))
        print("broker and agreement are equal")
