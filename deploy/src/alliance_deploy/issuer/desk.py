"""All that the issuer knows and keeps while it runs; nothing of it is on disk but the key and the secrets."""

import json
from dataclasses import dataclass, field

import httpx2

from alliance.kernel import Clock, SystemClock
from alliance_deploy.issuer.clients import Client, registered
from alliance_deploy.issuer.codes import Codes
from alliance_deploy.issuer.personas import Persona, Services, read_personas
from alliance_deploy.issuer.settings import IssuerSettings
from alliance_deploy.issuer.signings_in import SigningsIn
from alliance_deploy.issuer.tokens import Signer


@dataclass
class Desk:
    issuer: str
    services: Services
    clients: dict[str, Client]
    personas: tuple[Persona, ...]
    signer: Signer
    clock: Clock
    transport: httpx2.AsyncBaseTransport | None = None
    """How services are told of a sign-out; None: over the network."""
    taken_back: set[str] = field(default_factory=set)
    """Ids of access tokens whose code was used twice."""
    codes: Codes = field(init=False)
    signed_in: SigningsIn = field(init=False)

    def __post_init__(self) -> None:
        self.codes, self.signed_in = Codes(self.clock), SigningsIn(self.clock)

    def persona(self, subject: str) -> Persona | None:
        return next((persona for persona in self.personas if persona.subject == subject), None)


def open_desk(settings: IssuerSettings, *, clock: Clock | None = None) -> Desk:
    """As the settings say. Raises `PersonasWrong`."""
    clock = clock or SystemClock()
    return Desk(
        issuer=settings.issuer,
        services=settings.services,
        clients=registered(settings.services, settings.clients),
        personas=read_personas(settings.personas, settings.services),
        signer=Signer(json.loads(settings.key_file.read_text()), settings.issuer, clock),
        clock=clock,
    )
