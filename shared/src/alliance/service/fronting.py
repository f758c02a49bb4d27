"""Puts together what people and callers of a service meet: who may do what, sign-in, the audit trail, and the pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from alliance.access import About, Caller, Control, Grants, Policy
from alliance.access.audit import Entry
from alliance.access.colleagues import Colleagues
from alliance.access.policy import Rule, Ruling
from alliance.access.sessions import Sessions
from alliance.access.trail import Trail
from alliance.kernel import Clock
from alliance.service.settings import ServiceTerms
from alliance.service.wiring import Service, Wiring
from alliance.store import Database
from alliance.web.correlation import correlation_id
from alliance.web.pages.front import Front, Recent
from alliance.web.pages.shell import Neighbour, Shell, grants_from
from alliance.web.pages.showing import Change
from alliance.web.pages.templating import environment

LATEST = 5
"""How many changes are told to somebody whose form was overtaken."""


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
    policy = Policy.of(service.name)

    async def note(caller: Caller, rule: Rule, about: About, ruling: Ruling, outcome: str, at: datetime) -> None:
        await trail.note(_entry(caller, rule, about, ruling, outcome))

    async def recent(about: About) -> list[Change]:
        leaf = await trail.of_record(about.record, about.id, limit=50)
        done = [noted for noted in leaf.entries if noted.entry.outcome == "done"][:LATEST]
        return [Change(what=policy.rule(n.entry.action).what, who=n.entry.actor, at=n.at) for n in done]

    control = Control(policy=policy, clock=clock, grants=grants, about=wiring.about, note=note)
    front = _front(service, database, sessions, recent, terms) if service.pages else None
    return Fronting(control=control, front=front, trail=trail, sessions=sessions)


def _entry(caller: Caller, rule: Rule, about: About, ruling: Ruling, outcome: str) -> Entry:
    return Entry(
        actor=caller.subject,
        issuer=caller.issuer or None,
        organisation=caller.organisation,
        role=ruling.role,
        action=rule.action,
        record=about.record,
        record_id=about.id,
        person_id=about.person_id,
        ground=ruling.ground,
        outcome=outcome,
        correlation_id=correlation_id(),
    )


def _front(service: Service, database: Database, sessions: Sessions, recent: Recent, terms: Terms) -> Front:
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
    return Front(shell=shell, sessions=sessions, colleagues=colleagues, routers=service.pages, recent=recent)


def _neighbour(name: str, terms: ServiceTerms) -> Neighbour:
    return Neighbour(
        name=name,
        title=terms.title,
        url=terms.url,
        organisation=terms.organisation,
        organisation_name=terms.organisation_name or terms.organisation,
        grants=grants_from(terms.roles),
    )
