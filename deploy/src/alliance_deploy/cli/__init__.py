"""The `alliance` command: bring the alliance up, look at it, and put it right."""

import logging

import typer

from alliance_deploy.cli import agreement, audit, developing, operating, running
from alliance_deploy.cli.troubles import Commands

app = typer.Typer(
    cls=Commands, no_args_is_help=True, add_completion=False, help=__doc__, pretty_exceptions_enable=False
)
for library in ("aio_pika", "aiormq"):
    logging.getLogger(library).setLevel(logging.CRITICAL)  # what they say of a lost connection, a sentence says here
running.add_to(app)
developing.add_to(app)
operating.add_to(app)
app.add_typer(agreement.app, name="agreement")
app.add_typer(audit.app, name="audit")
