"""`python -m alliance_deploy.issuer`: serves it, as the launcher does."""

import sys

import uvicorn
from pydantic import ValidationError

from alliance_deploy.issuer.app import build
from alliance_deploy.issuer.desk import open_desk
from alliance_deploy.issuer.personas import PersonasWrong
from alliance_deploy.issuer.settings import IssuerSettings


def main() -> None:
    """Exit code 1 and sentences on standard error where it must not or cannot start."""
    try:
        settings = IssuerSettings()
        desk = open_desk(settings)
    except ValidationError as error:
        sys.exit("\n".join(str(row["msg"]).removeprefix("Value error, ") for row in error.errors(include_input=False)))
    except PersonasWrong as error:
        sys.exit(str(error))
    uvicorn.run(
        build(desk),
        host=settings.host,
        port=settings.port,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=3,
    )


main()
