"""An issuer in this process, services that were made with authlib, and a browser that walks between them."""

import json
import re
from dataclasses import dataclass, field
from functools import cache
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

import httpx2
from authlib.integrations.starlette_client import OAuth  # type: ignore[import-untyped]
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from alliance.access import generate_key
from alliance.kernel import Clock
from alliance_deploy.agreement import load_agreement
from alliance_deploy.agreement.sign_in import told_services
from alliance_deploy.issuer.app import build
from alliance_deploy.issuer.clients import BACK_CHANNEL, CALLBACK, SIGNED_OUT
from alliance_deploy.issuer.codes import challenge_of
from alliance_deploy.issuer.desk import Desk, open_desk
from alliance_deploy.issuer.settings import IssuerSettings

DEPLOY = Path(__file__).parents[2]
ISSUER = "http://localhost:8000"
VERIFIER = "a-made-up-verifier-that-is-long-enough-for-rfc-7636"


@cache
def services() -> dict[str, dict[str, Any]]:
    return told_services(load_agreement(DEPLOY / "agreement.toml"), {})


def settings(folder: Path, **changes: Any) -> dict[str, str]:
    """The variables of an issuer whose clients have secrets."""
    (folder / "key.jwk").write_text(json.dumps(generate_key()))
    (folder / "clients").mkdir(exist_ok=True)
    for client in (*services(), "demo"):
        (folder / "clients" / client).write_text(f"secret-of-{client}")
    (folder / "clients" / "demo").write_text("made up: a+b%c")
    return {
        "ALLIANCE_ENVIRONMENT": "development",
        "ALLIANCE_SERVICES": json.dumps(services()),
        "ALLIANCE_SIGN_IN_KEY_FILE": str(folder / "key.jwk"),
        "ALLIANCE_SIGN_IN_CLIENTS": str(folder / "clients"),
        "ALLIANCE_SIGN_IN_PERSONAS": str(DEPLOY / "personas.toml"),
        **changes,
    }


@dataclass
class Town:
    """Applications by host: `*.localhost` as browsers resolve it, 127.0.0.1 as programs do."""

    desk: Desk
    apps: dict[str, ASGIApp] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.apps[urlsplit(ISSUER).netloc] = build(self.desk)
        self.desk.transport = self.transport()

    def transport(self) -> httpx2.AsyncBaseTransport:
        return _ByHost(self.apps)

    def browser(self) -> "Browser":
        return Browser(self)


def open_town(folder: Path, monkeypatch: Any, clock: Clock) -> Town:
    for name, value in settings(folder).items():
        monkeypatch.setenv(name, value)
    return Town(open_desk(IssuerSettings(), clock=clock))


class _ByHost(httpx2.AsyncBaseTransport):
    def __init__(self, apps: dict[str, ASGIApp]) -> None:
        self._apps = apps

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        app = self._apps.get(request.headers["host"])
        if app is None:
            raise httpx2.ConnectError("nobody listens there", request=request)
        return await httpx2.ASGITransport(app=app).handle_async_request(request)


class Browser:
    """Keeps cookies by host, `Secure` ones also for localhost, as Chromium does; follows redirects."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.cookies: dict[str, dict[str, str]] = {}
        self.visited: list[str] = []

    async def get(self, url: str, *, follow: bool = True) -> httpx2.Response:
        return await self._go("GET", url, follow=follow)

    async def post(self, url: str, form: dict[str, str], *, follow: bool = True, **headers: str) -> httpx2.Response:
        return await self._go("POST", url, follow=follow, data=form, headers=headers)

    async def choose(self, page: httpx2.Response, subject: str, *, follow: bool = True) -> httpx2.Response:
        """Press somebody's button on a page with people."""
        assert f'value="{subject}"' in page.text
        hidden = re.search(r'name="asked_with" value="([^"]*)"', page.text)
        form = {"subject": subject} | ({"asked_with": hidden[1].replace("&amp;", "&")} if hidden else {})
        return await self.post(f"{ISSUER}/choose", form, follow=follow)

    async def _go(self, method: str, url: str, *, follow: bool, headers: Any = None, **body: Any) -> httpx2.Response:
        host = urlsplit(url).netloc
        jar = self.cookies.setdefault(host, {})
        said = {**(headers or {}), "Cookie": "; ".join(f"{name}={value}" for name, value in jar.items())}
        async with httpx2.AsyncClient(transport=self.town.transport()) as http:
            answer = await http.request(method, url, headers=said, **body)
        self.visited.append(url)
        for line in answer.headers.get_list("set-cookie"):
            for name, morsel in SimpleCookie(line).items():
                jar[name] = morsel.value
                if morsel["max-age"] == "0" or not morsel.value:
                    del jar[name]
        if follow and answer.is_redirect:
            return await self._go("GET", urljoin(url, answer.headers["location"]), follow=True)
        return answer


@dataclass
class MadeService:
    """A service that is not ours: a Starlette application with authlib's client."""

    name: str
    told_to_sign_out: list[str] = field(default_factory=list)
    here: list[dict[str, Any]] = field(default_factory=list)
    tokens: list[dict[str, Any]] = field(default_factory=list)

    @property
    def origin(self) -> str:
        return str(services()[self.name]["url"])


def a_service(town: Town, name: str) -> MadeService:
    service = MadeService(name)
    oauth = OAuth()
    oauth.register(
        "issuer",
        client_id=name,
        client_secret=town.desk.clients[name].secret,
        server_metadata_url=f"{ISSUER}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid profile", "code_challenge_method": "S256", "transport": town.transport()},
    )

    async def home(request: Request) -> Response:
        answer: Response = await oauth.issuer.authorize_redirect(request, service.origin + CALLBACK)
        return answer

    async def callback(request: Request) -> Response:
        token = await oauth.issuer.authorize_access_token(request)
        service.tokens.append(token)
        service.here.append(dict(token["userinfo"]))
        return JSONResponse({"welcome": token["userinfo"]["name"], "at": name})

    async def back_channel(request: Request) -> Response:
        service.told_to_sign_out.append(str((await request.form())["logout_token"]))
        return Response()

    async def signed_out(request: Request) -> Response:
        return PlainTextResponse(f"good-bye from {name}")

    town.apps[urlsplit(service.origin).netloc] = Starlette(
        routes=[
            Route("/", home),
            Route(CALLBACK, callback),
            Route(BACK_CHANNEL, back_channel, methods=["POST"]),
            Route(SIGNED_OUT, signed_out),
        ],
        middleware=[Middleware(SessionMiddleware, secret_key="made up", session_cookie=f"{name}-session")],
    )
    return service


def authorize_url(service: str = "triage", /, **changes: str | None) -> str:
    """A request as it should be, but for `changes`; None leaves a parameter out."""
    said: dict[str, str | None] = {
        "response_type": "code",
        "client_id": service,
        "redirect_uri": f"{services()[service]['url'] if service in services() else 'http://x'}{CALLBACK}",
        "scope": "openid",
        "state": "made-up-state",
        "nonce": "made-up-nonce",
        "code_challenge": challenge_of(VERIFIER),
        "code_challenge_method": "S256",
        **changes,
    }
    return f"{ISSUER}/authorize?" + urlencode({name: value for name, value in said.items() if value is not None})


def answered(response: httpx2.Response) -> dict[str, str]:
    """What a redirect says."""
    return {name: values[0] for name, values in parse_qs(urlsplit(response.headers["location"]).query).items()}


async def a_code(browser: Browser, service: str = "triage", subject: str = "staff-tess") -> str:
    page = await browser.get(authorize_url(service))
    return answered(await browser.choose(page, subject, follow=False))["code"]


async def redeem(town: Town, code: str, *, secret: str | None = None, **changes: str) -> httpx2.Response:
    """At the token endpoint as triage, but for `changes`."""
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": services()["triage"]["url"] + CALLBACK,
        "code_verifier": VERIFIER,
        "client_id": "triage",
        "client_secret": secret or str(town.desk.clients["triage"].secret),
        **changes,
    }
    return await ask_for_token(town, form)


async def ask_for_token(town: Town, form: dict[str, str], **headers: str) -> httpx2.Response:
    async with httpx2.AsyncClient(transport=town.transport()) as http:
        return await http.post(f"{ISSUER}/token", data=form, headers=headers)


def a_machine(town: Town) -> dict[str, str]:
    return {
        "grant_type": "client_credentials",
        "client_id": "demo",
        "client_secret": str(town.desk.clients["demo"].secret),
        "audience": "triage",
        "organisation": "slam",
        "roles": "triage-worker",
    }
