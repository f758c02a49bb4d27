"""`alliance quarantine list | show | redrive | delete`: messages that nobody could handle, and what becomes of them."""

import asyncio
import getpass
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Annotated

import typer

from alliance.contracts.catalogue import SERVICES
from alliance.kernel import SystemClock, to_text
from alliance_deploy.cli.troubles import Trouble
from alliance_deploy.launcher.agreed import VHOST
from alliance_deploy.launcher.broker import in_use
from alliance_deploy.launcher.place import Place
from alliance_deploy.operate.quarantine import Lying, Quarantine, open_quarantine
from alliance_deploy.reconcile import Secrets

app = typer.Typer(no_args_is_help=True, help=__doc__)

Service = Annotated[str, typer.Option(help="Whose quarantine.")]
Which = Annotated[str | None, typer.Option(help="Only this fingerprint, or this event id.")]


@app.command("list")
def show_groups(
    service: Annotated[str | None, typer.Option(help="Whose quarantine; all if not said.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """What lies in quarantine, grouped by type, reason and fingerprint."""

    async def look(name: str) -> list[dict[str, object]]:
        async with _quarantine(name) as quarantine:
            return [
                {"service": name, "count": len(lying), "type": type_, "reason": reason, "fingerprint": fingerprint}
                | {"latest": max(one.at for one in lying)}
                for (type_, reason, fingerprint), lying in quarantine.groups().items()
            ]

    rows = [row for name in ([service] if service else SERVICES) for row in asyncio.run(look(name))]
    if as_json:
        print(json.dumps(rows, indent=2))
        return
    for row in rows:
        print("{service:<10} {count:>6}  {type}  {reason}  {fingerprint}  latest {latest}".format(**row))
    if not rows:
        print("Nothing lies in quarantine.")


@app.command("show")
def show_messages(
    service: Service, which: Which = None, most: Annotated[int, typer.Option(help="How many.")] = 10
) -> None:
    """Headers and, for open events, the data of messages in quarantine. Personal data is never shown."""

    async def look() -> list[dict[str, object]]:
        async with _quarantine(service) as quarantine:
            return [lying.told() for lying in _chosen(quarantine, which)[:most]]

    print(json.dumps(asyncio.run(look()), indent=2))


@app.command("redrive")
def redrive(
    service: Service,
    why: Annotated[str, typer.Option(help="What has been put right; kept in the record.")],
    which: Which = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go.")] = False,
    per_second: Annotated[float, typer.Option(min=0.1, help="At most so many a second.")] = 50,
) -> None:
    """Send messages to the service again; each keeps its event id, so nothing is done twice."""

    async def send() -> tuple[int, int]:
        async with _quarantine(service) as quarantine:
            chosen = _chosen(quarantine, which)
            able = [lying for lying in chosen if lying.producer]
            if not dry_run:
                await quarantine.redrive(
                    able, who=getpass.getuser(), why=why, per_second=per_second, note=_noting(service, "redrives", why)
                )
            return len(able), len(chosen) - len(able)

    sent, kept = asyncio.run(send())
    print(f"{sent} {'would be' if dry_run else 'were'} sent again")
    if kept:
        print(f"{kept} stay: nobody could verify who said them")


@app.command("delete")
def delete(
    service: Service,
    why: Annotated[str, typer.Option(help="Why nobody needs them; kept in the record.")],
    which: Which = None,
    about: Annotated[str | None, typer.Option(help="Only messages with details of this person (an id).")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask again.")] = False,
) -> None:
    """Take messages out for good: forgeries, or details of somebody who is to be forgotten. Cannot be undone."""
    if (which is None) == (about is None):
        raise Trouble("Say which messages: either --which a fingerprint or an event id, or --about a person's id.")

    async def go() -> tuple[int, int]:
        async with _quarantine(service) as quarantine:
            chosen = _about(quarantine, about) if about else _chosen(quarantine, which)
            if dry_run or not chosen:
                return len(chosen), 0
            if not yes:
                typer.confirm(f"Delete {len(chosen)} from the quarantine of {service} for good?", abort=True)
            return len(chosen), await quarantine.delete(chosen, note=_noting(service, "deletions", why))

    found, gone = asyncio.run(go())
    print(f"{found} would be deleted" if dry_run else f"{gone} were deleted")


def _noting(service: str, what: str, why: str) -> Callable[[Lying], None]:
    """Writes down what becomes of each message, by whom and why: ids and types, nothing of what it said."""
    place = Place.find()

    def note(lying: Lying) -> None:
        line = {"at": to_text(SystemClock().now()), "by": getpass.getuser(), "why": why, "service": service}
        with (place.logs / f"{what}.log").open("a") as record:
            record.write(json.dumps({**line, "event_id": lying.event_id, "type": lying.type}) + "\n")

    return note


def _about(quarantine: Quarantine, person_id: str) -> list[Lying]:
    return [lying for lying in quarantine.lying if lying.person_id == person_id]


def _chosen(quarantine: Quarantine, which: str | None) -> list[Lying]:
    return [lying for lying in quarantine.lying if which in (None, lying.fingerprint, lying.event_id)]


@asynccontextmanager
async def _quarantine(service: str) -> AsyncIterator[Quarantine]:
    if service not in SERVICES:
        raise Trouble(f"There is no service {service!r}; services are {', '.join(SERVICES)}.")
    place = Place.find()
    password = Secrets(place.secrets / "broker").password(service)
    async with open_quarantine(in_use(place).url(VHOST, service, password), service) as quarantine:
        yield quarantine
