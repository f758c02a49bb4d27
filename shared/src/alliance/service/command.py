"""The command line of a service: `python -m triage serve | manifest | replay`."""

import argparse
import asyncio
import json
import sys
from datetime import datetime

from alliance.service.wiring import Service


def run(service: Service) -> None:
    arguments = _parser(service).parse_args()
    match arguments.command:
        case "manifest":
            sys.stdout.write(json.dumps(service.manifest(), indent=1) + "\n")
        case "replay":
            from alliance.service.replaying import replay

            if not service.replayable:
                sys.exit(f"{service.name} is not replayable: what it does cannot be done again from the logs")
            asyncio.run(replay(service, service.settings(), since=arguments.since))
        case _:
            serve(service)


def serve(service: Service) -> None:
    """Run until SIGTERM; an open stream or a slow client cannot hold the process up for ever."""
    import uvicorn

    from alliance.service.process import build

    settings = service.settings()
    uvicorn.run(
        build(service, settings),
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=settings.graceful_seconds,
    )


def _parser(service: Service) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"python -m {service.name}", description=service.title)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("serve", help="run the service")
    commands.add_parser("manifest", help="print what the service hears and says")
    replaying = commands.add_parser("replay", help="hear again what the granted logs still hold")
    replaying.add_argument("--from", dest="since", type=_instant, required=True, help="a date or an instant")
    return parser


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    return instant if instant.tzinfo else instant.astimezone()
