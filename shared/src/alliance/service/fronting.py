"""Puts together what people and callers of a service meet: who may do what, sign-in, the audit trail, and the pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from alliance.access import Control, Grants, Policy
from alliance.access.colleagues import Colleagues
from alliance.access.sessions import Sessions
from alliance.access.trail import Trail
from alliance.kernel import Clock
from alliance.service.settings import ServiceTerms
from alliance.service.wiring import Service, Wiring
from alliance.store import Database
from alliance.web.pages.front import Front
from alliance.web.pages.shell import Neighbour, Shell, grants_from
from alliance.web.pages.templating import environment


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What differs from one installation of a service to the next."""

    services: Mapping[str, ServiceTerms]
    organisation: str
    development: bool = False
    nhs_brand: bool = False
    idle: timedelta = timedelta(minutes=30)
    absolute: timedelta = timedelta(hours=10)


@dataclass(frozen=True, kw_only=True)
class Fronting:
    control: Control
    front: Front | None
    trail: Trail
    sessions: Sessions


def fronting(service: Service, wiring: Wiring, database: Database, clock: Clock, terms: Terms) -> Fronting:
    """Everything in front of the application functions. Without terms of its own a service grants nothing."""
    trail = Trail(database.collection("audit"), clock, service.name)
    sessions = Sessions(database.collection("sessions"), clock, service.name, idle=terms.idle, absolute=terms.absolute)
    own = terms.services.get(service.name)
    grants: Grants = grants_from(own.roles) if own else {}
    control = Control(policy=Policy.of(service.name), clock=clock, grants=grants, about=wiring.about)
    front = _front(service, database, sessions, terms) if service.pages else None
    return Fronting(control=control, front=front, trail=trail, sessions=sessions)


def _front(service: Service, database: Database, sessions: Sessions, terms: Terms) -> Front:
    neighbours = [_neighbour(name, each) for name, each in terms.services.items()]
    shell = Shell(
        environment=environment(service.name, labels=service.labels),
        service=next(each for each in neighbours if each.name == service.name),
        neighbours=neighbours,
        menu=service.menu,
        organisations={each.organisation: each.organisation_name for each in neighbours},
        nhs_brand=terms.nhs_brand,
        development=terms.development,
    )
    colleagues = Colleagues(database.collection("colleagues"))
    return Front(shell=shell, sessions=sessions, colleagues=colleagues, routers=service.pages)


def _neighbour(name: str, terms: ServiceTerms) -> Neighbour:
    return Neighbour(
        name=name,
        title=terms.title,
        url=terms.url,
        organisation=terms.organisation,
        organisation_name=terms.organisation_name or terms.organisation,
        grants=grants_from(terms.roles),
    )
