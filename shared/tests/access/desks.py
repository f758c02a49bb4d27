"""A service that people sign in to: one page for them, everything about signing in, and browsers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import parse_qsl, urlsplit

import httpx2
from fastapi import FastAPI
from starlette.responses import Response

from alliance.access import Access, Control, Policy
from alliance.access.colleagues import Colleagues
from alliance.access.logout import BackChannel
from alliance.access.oidc import Client
from alliance.access.pending import SignIns
from alliance.access.providers import Provider
from alliance.access.sessions import Sessions
from alliance.kernel import Clock
from alliance.store import MemoryDatabase
from alliance.testing.api import verifier_for
from alliance.web import build_app, may
from alliance.web.pages import Neighbour, Shell, page_router
from alliance.web.pages.front import Front
from alliance.web.pages.sign_in import sign_in_router
from alliance.web.pages.signed_in import sessions_router
from alliance.web.pages.templating import environment

from .fake_issuer import FakeIssuer

URL = "https://triage.example"
ENVIRONMENT = environment()

TABLE = """action,what,record,key-worker,service-administrator
home.see,see home,,all,all
sessions.see,see who is signed in,,,all
sessions.end,end a session,,,all
"""

router = page_router()


@router.get("/")
@router.get("/cases/{id}")
async def home(access: Annotated[Access, may("home.see")]) -> Response:
    caller = access.caller
    return Response(f"{caller.subject} {caller.organisation} {' '.join(sorted(caller.roles))} {caller.name}")


@dataclass(frozen=True, kw_only=True)
class Desk:
    app: FastAPI
    client: Client
    sessions: Sessions
    colleagues: Colleagues

    def browser(self, url: str = URL) -> "Browser":
        return Browser(transport=httpx2.ASGITransport(self.app, raise_app_exceptions=False), base_url=url)


class Browser(httpx2.AsyncClient):
    """Follows no redirect by itself, and says where its requests come from."""

    async def send_form(self, path: str, **answers: Any) -> httpx2.Response:
        return await self.post(path, data=answers, headers={"Sec-Fetch-Site": "same-origin"})

    async def to_issuer(self, path: str = "/sign-in") -> str:
        """As far as the issuer; its address."""
        answer = await self.get(path)
        assert answer.status_code == 303, answer.text
        return str(answer.headers["location"])

    async def sign_in(self, issuer: FakeIssuer, path: str = "/sign-in", /, **changes: str | None) -> httpx2.Response:
        """All the way; `changes` to what the issuer sends back, None taking a parameter away."""
        url = await self.to_issuer(path)
        redirect = urlsplit(dict(parse_qsl(urlsplit(url).query))["redirect_uri"]).path
        back = {name: value for name, value in (issuer.authorize(url) | changes).items() if value is not None}
        return await self.get(redirect, params=back)


def a_desk(database: MemoryDatabase, clock: Clock, *providers: Provider) -> Desk:
    sessions = Sessions(database.collection("sessions"), clock, "triage")
    colleagues = Colleagues(database.collection("colleagues"))
    pending = SignIns(database.collection("sign-ins"), clock)
    client = Client(providers=providers, pending=pending, url=URL, clock=clock)
    channel = BackChannel(providers=providers, sessions=sessions, used=pending, clock=clock)
    service = Neighbour(
        name="triage", title="Conversations", url=URL, organisation="slam", organisation_name="South London"
    )
    signing_in = sign_in_router(client, sessions, colleagues, channel)
    app = build_app(
        title="A sample",
        version="0.1.0",
        service="triage",
        organisation="slam",
        routers=[],
        given={},
        verifier=verifier_for("triage", clock=clock),
        control=Control(policy=Policy.read(TABLE), clock=clock),
        front=Front(
            shell=Shell(environment=ENVIRONMENT, service=service, neighbours=[service]),
            sessions=sessions,
            colleagues=colleagues,
            routers=[router, signing_in, sessions_router(sessions)],
        ),
    )
    return Desk(app=app, client=client, sessions=sessions, colleagues=colleagues)


def reasons(lines: Iterable[Mapping[str, Any]]) -> list[str]:
    """Why sign-ins were refused, by the security log."""
    return [line["reason"] for line in lines if line["event"] == "sign-in-refused"]


async def somebody(browser: Browser) -> str | None:
    """Who the service takes the browser for."""
    answer = await browser.get("/")
    return answer.text if answer.status_code == 200 else None
