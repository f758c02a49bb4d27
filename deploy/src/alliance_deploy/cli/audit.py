"""`alliance audit verify`: is every service's record of who looked at what still as it was written?"""

import asyncio
import json
import os
from collections.abc import AsyncIterator
from typing import Annotated

import httpx2
import typer

from alliance.access.audit import Line
from alliance.contracts.catalogue import SERVICES
from alliance.kernel import SystemClock
from alliance.messaging.stream import NotGranted
from alliance.store import StoreUnavailable
from alliance_deploy.cli.troubles import Trouble
from alliance_deploy.demo.tokens import Bearer, bearer
from alliance_deploy.launcher.agreed import VHOST
from alliance_deploy.launcher.broker import Broker, in_use
from alliance_deploy.launcher.place import Place
from alliance_deploy.operate.audit import Verdict, anchors_in_log, examine, lines_by_api, lines_in_store

app = typer.Typer(no_args_is_help=True, help=__doc__)


@app.callback()
def about() -> None:
    """Is every service's record of who looked at what still as it was written?"""


@app.command("verify")
def verify(
    service: Annotated[list[str] | None, typer.Option(help="Only these services.")] = None,
    by_api: Annotated[
        bool,
        typer.Option("--by-api", help="Ask each service instead of its store; ALLIANCE_TOKEN may be an auditor's."),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Read each trail from its first entry and hold it against its anchors; exit code 0 only if all is well."""
    if unknown := set(service or ()) - set(SERVICES):
        raise Trouble(f"There is no service {min(unknown)!r}; services are {', '.join(SERVICES)}.")
    place = Place.find()
    broker = in_use(place)
    verdicts = [asyncio.run(_examine(place, broker, name, by_api=by_api)) for name in service or SERVICES]
    if as_json:
        print(json.dumps([verdict.told() for verdict in verdicts], indent=2))
    else:
        _show(verdicts)
    raise typer.Exit(0 if all(verdict.holds for verdict in verdicts) else 1)


async def _examine(place: Place, broker: Broker, service: str, *, by_api: bool) -> Verdict:
    variables = _environment(place, service)
    try:
        anchors = await anchors_in_log(broker.url(VHOST), service)
        lines = _by_api(place, service, variables) if by_api else _in_store(service, variables)
        return await examine(service, lines, anchors, now=SystemClock().now())
    except NotGranted:
        raise Trouble(f"There is no log of {service} at the broker: `alliance agreement apply` makes it.") from None
    except (ConnectionError, TimeoutError):
        raise Trouble(f"The broker did not hand over the log of {service}. Does it run?") from None
    except StoreUnavailable:
        raise Trouble(f"The store of {service} does not answer. Does it run?") from None
    except httpx2.HTTPStatusError as error:
        raise Trouble(
            f"{service} answered {error.response.status_code}: does the caller hold the auditor role there?"
        ) from None
    except httpx2.HTTPError:
        raise Trouble(f"{service} does not answer.") from None


def _in_store(service: str, variables: dict[str, str]) -> AsyncIterator[Line]:
    database = variables.get("ALLIANCE_DATABASE") or service
    return lines_in_store(variables["ALLIANCE_MONGODB_URL"], database, service)


def _by_api(place: Place, service: str, variables: dict[str, str]) -> AsyncIterator[Line]:
    url = f"http://127.0.0.1:{variables['ALLIANCE_PORT']}"
    return lines_by_api(url, _given if "ALLIANCE_TOKEN" in os.environ else _issued(place, service, variables))


async def _given() -> str:
    return os.environ["ALLIANCE_TOKEN"]


def _issued(place: Place, service: str, variables: dict[str, str]) -> Bearer:
    """From the development sign-in, for an organisation whose auditors the agreement lets in."""
    roles: dict[str, list[str]] = json.loads(variables["ALLIANCE_SERVICES"])[service]["roles"]
    auditing = [organisation for organisation, granted in roles.items() if "auditor" in granted]
    if not auditing:
        raise Trouble(f"The agreement grants nobody the auditor role at {service}.")
    return bearer(place, service=service, organisation=auditing[0], roles=["auditor"], subject="audit-verify")


def _environment(place: Place, service: str) -> dict[str, str]:
    file = place.environment / f"{service}.env"
    if not file.exists():
        raise Trouble(f"There is no compiled environment of {service!r} here: `alliance agreement compile` makes them.")
    return dict(line.partition("=")[::2] for line in file.read_text().splitlines())


def _show(verdicts: list[Verdict]) -> None:
    print(f"{'service':<10} {'entries':>9}  {'last anchor':<32} trail")
    for verdict in verdicts:
        anchor = verdict.anchor
        anchored = f"entry {anchor.sequence}, {anchor.at:%Y-%m-%d %H:%M} UTC" if anchor else "none yet"
        told = "ok" if verdict.holds else f"{len(verdict.findings)} found"
        print(f"{verdict.service:<10} {verdict.entries:>9}  {anchored:<32} {told}")
        for finding in verdict.findings[:10]:
            print(f"{'':<10} {finding.sentence}")
        if len(verdict.findings) > 10:
            print(f"{'':<10} … and {len(verdict.findings) - 10} more: `--json` has all of them.")
