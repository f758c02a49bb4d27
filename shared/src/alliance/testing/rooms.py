"""A whole service without broker and server, its pages and access table included, for tests in one process."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx2
from fastapi import FastAPI

from alliance.access import Caller, Role
from alliance.contracts import intake
from alliance.kernel import Clock, new_id
from alliance.messaging import Hears
from alliance.service import Service, Wiring
from alliance.service.fronting import Terms, fronting
from alliance.service.settings import ServiceTerms
from alliance.store import Database
from alliance.testing.api import ISSUER, verifier_for
from alliance.web import build_app

MEMBERS = {
    "lambeth-council": "Lambeth Council",
    "nhs-south-east-london": "NHS South East London",
    "slam": "South London and Maudsley NHS Foundation Trust",
    "certitude": "Certitude",
    "thames-reach": "Thames Reach",
    "mosaic-clubhouse": "Mosaic Clubhouse",
}
EVERY_ROLE = tuple(role.value for role in Role)


def terms_for(service: str, organisation: str) -> Terms:
    """Every member's people may hold every role: what a test refuses is refused by the table of the service."""
    titles = {"intake": "Front door", "triage": "Conversations", "housing": "Homes", "finance": "Budget"}
    titles |= {"notify": "Alerts", "reporting": "Outcomes"}
    services = {
        name: ServiceTerms(
            title=title,
            url=f"https://{name}.test",
            organisation=organisation,
            organisation_name=MEMBERS.get(organisation, organisation),
            roles=dict.fromkeys(MEMBERS, EVERY_ROLE),
        )
        for name, title in titles.items()
    }
    return Terms(services=services, organisation=organisation, development=True)


def app_of(
    service: Service, wiring: Wiring, database: Database, clock: Clock, *, organisation: str, **options: Any
) -> FastAPI:
    """The application as the process builds it, without what runs beside it."""
    parts = fronting(service, wiring, database, clock, terms_for(service.name, organisation))
    app = build_app(
        title=service.title,
        version=service.version,
        service=service.name,
        organisation=organisation,
        routers=service.routers,
        given={**wiring.given, **parts.given},
        verifier=verifier_for(service.name),
        control=parts.control,
        front=parts.front(),
        larger_bodies=service.takes_files,
        **options,
    )
    app.state.trail = parts.auditing.trail
    return app


def hears_of(service: Service) -> Hears:
    """The whole table but for restrictions, of which only a service that is put together has the guards."""
    return Hears([row for row in service.hears.rows if row.event is not intake.RestrictionChanged])


class Browser(httpx2.AsyncClient):
    """What a browser sends, without a browser: the session's cookie, and where the request came from."""

    async def send_form(self, path: str, **answers: Any) -> httpx2.Response:
        """POST as the form of a page would; a token is made where none is given."""
        answers.setdefault("form_token", new_id())
        origin = {"Sec-Fetch-Site": "same-origin", "Origin": str(self.base_url).rstrip("/")}
        return await self.post(path, data=answers, headers=origin)


@asynccontextmanager
async def browsing(
    app: FastAPI,
    *roles: str,
    subject: str = "staff-7",
    organisation: str = "slam",
    name: str = "Testina Staff",
) -> AsyncIterator[Browser]:
    """`async with browsing(app, "triage-worker") as browser: await browser.get("/cases")`; without roles, nobody."""
    transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
    async with Browser(transport=transport, base_url=f"https://{app.state.service}.test") as browser:
        if roles:
            who = Caller(subject=subject, organisation=organisation, roles=frozenset(roles), issuer=ISSUER, name=name)
            await app.state.colleagues.note(who)
            browser.cookies.set(app.state.sessions.cookie, await app.state.sessions.begin(who, issuer=ISSUER))
        yield browser
