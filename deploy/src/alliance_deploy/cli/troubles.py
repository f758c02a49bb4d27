"""What goes wrong for reasons outside the program is told in a sentence, not in a stack trace."""

import sys
from typing import Any

from typer.core import TyperGroup

from alliance_deploy.agreement.load import AgreementUnreadable
from alliance_deploy.demo.tokens import NoToken
from alliance_deploy.embedded import ServerMissing
from alliance_deploy.embedded.child import NotReady
from alliance_deploy.install import InstallFailed
from alliance_deploy.launcher.agreed import AgreementRefused, NotEqual
from alliance_deploy.launcher.broker import NoBroker
from alliance_deploy.launcher.logs import NoSuchLog
from alliance_deploy.launcher.once import AlreadyRunning
from alliance_deploy.launcher.place import NoCheckout
from alliance_deploy.launcher.ports import BadPort, PortTaken
from alliance_deploy.reconcile import BrokerUnreachable


class Trouble(Exception):
    """The command cannot do what was asked; the message is for the person who asked."""


TOLD = (
    Trouble,
    AgreementRefused,
    AgreementUnreadable,
    AlreadyRunning,
    BadPort,
    BrokerUnreachable,
    InstallFailed,
    NoBroker,
    NoCheckout,
    NoSuchLog,
    NoToken,
    NotEqual,
    NotReady,
    PortTaken,
    ServerMissing,
)


class Commands(TyperGroup):
    """Exit code 1 and a sentence on standard error for every known trouble."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except TOLD as trouble:
            print(trouble, file=sys.stderr)
            ctx.exit(1)
