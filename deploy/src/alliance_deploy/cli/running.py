"""`alliance up | run | down | status | logs | doctor`: the alliance as a whole."""

import asyncio
import json
import sys
from dataclasses import asdict
from typing import Annotated

import typer

from alliance_deploy.cli.troubles import Trouble
from alliance_deploy.launcher import background, doctor, logs, status
from alliance_deploy.launcher.place import Place
from alliance_deploy.launcher.progress import Progress
from alliance_deploy.launcher.record import Record
from alliance_deploy.launcher.up import stay_up

Demo = Annotated[bool, typer.Option(help="With the demo agreement: escalation steps of seconds.")]
NoLive = Annotated[bool, typer.Option("--no-live", help="Plain lines instead of a live table.")]
AsJson = Annotated[bool, typer.Option("--json", help="For programs.")]


def up(
    demo: Demo = True,
    no_live: NoLive = False,
    detach: Annotated[bool, typer.Option("--detach", help="Come back when everything is ready.")] = False,
) -> None:
    """Bring everything up and stay until Ctrl-C."""
    place = Place.find()
    if detach:
        background.start(place, demo=demo, say=print)
        _print_addresses(_record(place))
        return
    asyncio.run(stay_up(place, Progress(live=False if no_live else None), demo=demo, then=_then_print))


def run(no_live: NoLive = False) -> None:
    """Bring everything up with the demo agreement, drive the demo journeys, stay until Ctrl-C."""
    place = Place.find()
    went_well = True

    async def show(record: Record) -> None:
        nonlocal went_well
        _print_start_page(record)
        demo = await asyncio.create_subprocess_exec(sys.executable, "-m", "alliance_deploy.cli", "demo")
        went_well = await demo.wait() == 0
        await _then_print(record)
        print("Everything runs until you press Ctrl-C." if went_well else "The demo FAILED; everything still runs.")

    asyncio.run(stay_up(place, Progress(live=False if no_live else None), demo=True, then=show))
    raise typer.Exit(0 if went_well else 1)


def down() -> None:
    """Stop everything."""
    if not background.stop(Place.find()):
        print("Nothing is running here.")


def show_status(as_json: AsJson = False) -> None:
    """What runs, how it is and where it answers; exit code 0 only if everything is ready."""
    report = asyncio.run(status.look(Place.find()))
    print(json.dumps(asdict(report), indent=2)) if as_json else status.show(report)
    raise typer.Exit(0 if report.ready else 1)


def show_logs(
    service: Annotated[str | None, typer.Argument(help="One of the services, broker, store or launcher.")] = None,
    follow: Annotated[bool, typer.Option("-f", "--follow", help="Go on as lines come.")] = False,
    lines: Annotated[int, typer.Option("-n", "--lines", help="How many of the last lines.")] = 40,
) -> None:
    """The last lines of the logs."""
    try:
        for line in logs.lines_of(logs.files(Place.find(), service), last=lines, follow=follow):
            print(line)
    except KeyboardInterrupt:
        return


def examine() -> None:
    """What this machine has and lacks for running the alliance; exit code 0 only if nothing is lacking."""
    findings = asyncio.run(doctor.examine(Place.find()))
    doctor.show(findings)
    raise typer.Exit(0 if all(finding.well for finding in findings) else 1)


def add_to(app: typer.Typer) -> None:
    app.command()(up)
    app.command()(run)
    app.command()(down)
    app.command("status")(show_status)
    app.command("logs")(show_logs)
    app.command("doctor")(examine)


def _record(place: Place) -> Record:
    if (record := Record.read(place.record)) is None:
        raise Trouble("Nothing is running here. `alliance up` starts everything.")
    return record


async def _then_print(record: Record) -> None:
    _print_addresses(record)


def _print_start_page(record: Record) -> None:
    """Where to go now: nothing else that is said matters more."""
    address = f"Open {record.start_page}"
    print(f"\n\033[1m{address}\033[0m\n" if sys.stdout.isatty() else f"\n{address}\n", flush=True)


def _print_addresses(record: Record) -> None:
    _print_start_page(record)
    for name, url in record.urls.items():
        print(f"  {name:<10} {url}/docs")
    print(f"  {'broker':<10} {record.management_url}")
