"""Puts together what people and callers of a service meet: who may do what, sessions, audit trail and pages."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from fastapi import APIRouter

from alliance.access import About, Control, Grants, Policy
from alliance.access.colleagues import Colleagues
from alliance.access.control import OpenToAll
from alliance.access.guards import Guards
from alliance.access.logout import BackChannel
from alliance.access.oidc import Client
from alliance.access.pending import SignIns
from alliance.access.providers import Provider
from alliance.access.sessions import Sessions
from alliance.kernel import Clock
from alliance.service.auditing import Auditing, auditing
from alliance.service.guarding import decides_restrictions, guarding, guards_people
from alliance.service.settings import ServiceSettings, ServiceTerms
from alliance.service.wiring import Service, Wiring
from alliance.store import Database
from alliance.web.pages.audit_pages import audit_router
from alliance.web.pages.front import Front, Recent
from alliance.web.pages.glass import glass_router
from alliance.web.pages.restricting import restricting_router
from alliance.web.pages.shell import Item, Neighbour, Shell, grants_from
from alliance.web.pages.showing import Change
from alliance.web.pages.sign_in import sign_in_router
from alliance.web.pages.signed_in import sessions_router
from alliance.web.pages.statements import statements_router
from alliance.web.pages.templating import environment

SWEPT_EVERY_SECONDS = 600.0
LATEST = 5
"""How many changes are told to somebody whose form was overtaken."""


WATCHING = Item(text="Who looked at what", href="/audit", action="audit.oversee")


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What differs from one installation of a service to the next."""

    services: Mapping[str, ServiceTerms]
    organisation: str
    development: bool = False
    nhs_brand: bool = False
    idle: timedelta = timedelta(minutes=30)
    absolute: timedelta = timedelta(hours=10)
    glass_hours: float = 8
    anchor_every: float = 900

    @classmethod
    def of(cls, settings: ServiceSettings) -> "Terms":
        return cls(
            services=settings.services,
            organisation=settings.organisation,
            development=settings.environment == "development",
            nhs_brand=settings.nhs_brand,
            idle=timedelta(minutes=settings.session_idle_minutes),
            absolute=timedelta(hours=settings.session_hours),
            glass_hours=settings.glass_hours,
            anchor_every=settings.anchor_every,
        )


@dataclass(frozen=True, kw_only=True)
class Fronting:
    control: Control
    auditing: Auditing
    sessions: Sessions
    pending: SignIns
    colleagues: Colleagues
    guards: Guards | None
    shell: Shell | None
    """None where the agreement says nothing of the service: it then has no pages."""
    routers: tuple[APIRouter, ...] = field(default=())

    @property
    def given(self) -> dict[str, object]:
        """What shared routes and reactions ask for."""
        found: dict[str, object] = {"trail": self.auditing.trail, "sessions": self.sessions}
        return {**found, "guards": self.guards} if self.guards else found

    def front(self, *routers: APIRouter) -> Front | None:
        """What people see: the service's own pages and `routers`."""
        if self.shell is None:
            return None
        return Front(
            shell=self.shell,
            sessions=self.sessions,
            colleagues=self.colleagues,
            routers=(*self.routers, *routers),
            recent=self.recent,
        )

    async def forget_sessions(self) -> None:
        """Until cancelled: what has ended is deleted."""
        await self.sessions.prepare()
        await self.pending.prepare()
        while True:
            await self.sessions.sweep()
            await self.pending.sweep()
            await asyncio.sleep(SWEPT_EVERY_SECONDS)

    @property
    def recent(self) -> Recent:
        async def recent(about: About) -> list[Change]:
            leaf = await self.auditing.trail.of_record(about.record, about.id, limit=50)
            done = [noted for noted in leaf.entries if noted.entry.outcome == "done"][:LATEST]
            rule = self.control.policy.rule
            return [Change(what=rule(n.entry.action).what, who=n.entry.actor, at=n.at) for n in done]

        return recent


def fronting(
    service: Service,
    wiring: Wiring,
    database: Database,
    clock: Clock,
    terms: Terms,
    providers: Sequence[Provider] = (),
) -> Fronting:
    """Everything in front of the application functions. Without terms of its own a service grants nothing.

    `providers`: the issuers by which people sign in; without any, nobody can.
    """
    own = terms.services.get(service.name)
    grants: Grants = grants_from(own.roles) if own else {}
    trail = auditing(
        service.name, database=database, organisation=terms.organisation, clock=clock, every=terms.anchor_every
    )
    guards = None
    if guards_people(service.name):
        guards = guarding(service.name, database=database, clock=clock, glass_hours=terms.glass_hours)
    control = Control(
        policy=Policy.of(service.name),
        clock=clock,
        grants=grants,
        about=wiring.about,
        watch=guards or OpenToAll(),
        note=trail.note,
    )
    sessions = Sessions(database.collection("sessions"), clock, service.name, idle=terms.idle, absolute=terms.absolute)
    colleagues = Colleagues(database.collection("colleagues"))
    pending = SignIns(database.collection("sign_ins"), clock)
    client = Client(providers=providers, pending=pending, url=own.url if own else "", clock=clock)
    channel = BackChannel(providers=providers, sessions=sessions, used=pending, clock=clock)
    return Fronting(
        control=control,
        auditing=trail,
        sessions=sessions,
        pending=pending,
        colleagues=colleagues,
        guards=guards,
        shell=_shell(service, terms) if own else None,
        routers=(
            *service.pages,
            sign_in_router(client, sessions, colleagues, channel),
            sessions_router(sessions),
            statements_router(),
            audit_router(guards, decides_restrictions=decides_restrictions(service.name)),
            *([glass_router()] if guards else []),
            *([restricting_router()] if decides_restrictions(service.name) else []),
        ),
    )


def _shell(service: Service, terms: Terms) -> Shell:
    neighbours = [_neighbour(name, each) for name, each in terms.services.items()]
    return Shell(
        environment=environment(service.name if service.pages else None, labels=service.labels),
        service=next(each for each in neighbours if each.name == service.name),
        neighbours=neighbours,
        menu=(*service.menu, WATCHING),
        organisations={each.organisation: each.organisation_name for each in neighbours},
        nhs_brand=terms.nhs_brand,
        development=terms.development,
    )


def _neighbour(name: str, terms: ServiceTerms) -> Neighbour:
    return Neighbour(
        name=name,
        title=terms.title,
        url=terms.url,
        organisation=terms.organisation,
        organisation_name=terms.organisation_name or terms.organisation,
        grants=grants_from(terms.roles),
    )


__all__ = ["Fronting", "Terms", "fronting"]
