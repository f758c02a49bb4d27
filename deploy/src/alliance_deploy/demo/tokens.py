"""Tokens for machines, from the issuer that runs: asked for by client credentials, and again before they end."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import httpx2

from alliance_deploy.launcher.place import Place
from alliance_deploy.launcher.record import Record
from alliance_deploy.launcher.sign_in import MACHINE
from alliance_deploy.reconcile.secrets import Secrets

EARLY = 60.0
"""Seconds before its end at which a token is replaced."""


class NoToken(Exception):
    """The issuer does not answer, or says no; the message says which and why."""


@dataclass
class Bearer:
    """`await bearer()` is a token that is good for a while yet."""

    issuer: str
    secret: str = field(repr=False)
    service: str
    organisation: str
    roles: Sequence[str]
    subject: str
    _token: str = field(default="", init=False, repr=False)
    _until: float = field(default=0.0, init=False)

    async def __call__(self) -> str:
        """Raises `NoToken`."""
        if time.monotonic() > self._until - EARLY:
            await self._ask()
        return self._token

    async def _ask(self) -> None:
        form = {
            "grant_type": "client_credentials",
            "audience": self.service,
            "organisation": self.organisation,
            "roles": " ".join(self.roles),
            "subject": self.subject,
        }
        asked = time.monotonic()
        try:
            async with httpx2.AsyncClient(timeout=5, trust_env=False) as http:
                answer = await http.post(f"{self.issuer}/token", data=form, auth=(MACHINE, self.secret))
            told = answer.json()
        except (httpx2.HTTPError, ValueError):
            raise NoToken(f"The sign-in does not answer at {self.issuer}: `alliance up` starts it.") from None
        if not answer.is_success:
            raise NoToken(f"The sign-in gives no such token: {told.get('error_description') or told.get('error')}.")
        self._token, self._until = told["access_token"], asked + float(told["expires_in"])


def bearer(place: Place, *, service: str, organisation: str, roles: Sequence[str], subject: str) -> Bearer:
    """From the issuer of the alliance that runs here. Raises `NoToken` when none does."""
    record = Record.read(place.record)
    if record is None or not record.start_page:
        raise NoToken("No sign-in runs here: `alliance up` starts it.")
    secret = Secrets(place.clients).password(MACHINE)
    return Bearer(record.start_page, secret, service, organisation, roles, subject)
