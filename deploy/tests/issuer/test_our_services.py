"""The services of the alliance at the development issuer: signed in once for all, and signed out of all."""

import html
import re
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from starlette.responses import PlainTextResponse, Response

from alliance.access import Access, Control, Policy
from alliance.access.colleagues import Colleagues
from alliance.access.issuers import Issuer
from alliance.access.logout import BackChannel
from alliance.access.oidc import Client
from alliance.access.pending import SignIns
from alliance.access.providers import Provider
from alliance.access.sessions import Sessions
from alliance.store import MemoryDatabase
from alliance.testing.api import verifier_for
from alliance.web import build_app, may
from alliance.web.pages import Neighbour, Shell, page_router
from alliance.web.pages.front import Front
from alliance.web.pages.sign_in import sign_in_router
from alliance.web.pages.templating import environment

from .town import ISSUER, Browser, Town, services

TABLE = "action,what,record,key-worker\nhome.see,see the home page,,all\n"


def our_service(town: Town, name: str, folder: Path) -> str:
    """A service as the platform builds it, in the town; where browsers find it."""
    origin, clock, database = str(services()[name]["url"]), town.desk.clock, MemoryDatabase(town.desk.clock)
    issuer = Issuer(
        issuer=ISSUER,
        client_id=name,
        client_secret_file=folder / "clients" / name,
        organisations=("slam", "certitude", "thames-reach"),
    )
    providers = (Provider(issuer, clock, transport=town.transport()),)
    sessions = Sessions(database.collection("sessions"), clock, name)
    colleagues, pending = Colleagues(database.collection("colleagues")), SignIns(database.collection("kept"), clock)
    client = Client(providers=providers, pending=pending, url=origin, clock=clock)
    channel = BackChannel(providers=providers, sessions=sessions, used=pending, clock=clock)
    page = page_router()

    @page.get("/")
    async def home(access: Annotated[Access, may("home.see")]) -> Response:
        return PlainTextResponse(f"{access.caller.name} at {name}")

    here = Neighbour(name=name, title=name, url=origin, organisation="slam", organisation_name="Made-up")
    town.apps[urlsplit(origin).netloc] = build_app(
        title=name,
        version="0.1.0",
        service=name,
        organisation="slam",
        routers=(),
        given={},
        verifier=verifier_for(name),
        control=Control(policy=Policy.read(TABLE), clock=clock),
        front=Front(
            shell=Shell(environment=environment(), service=here, neighbours=[here]),
            sessions=sessions,
            colleagues=colleagues,
            routers=[page, sign_in_router(client, sessions, colleagues, channel)],
        ),
    )
    return origin


async def two_services(town: Town, folder: Path) -> tuple[Browser, str, str]:
    """Somebody has chosen once, and been at both."""
    triage, housing, browser = our_service(town, "triage", folder), our_service(town, "housing", folder), town.browser()
    arrived = await browser.choose(await browser.get(f"{triage}/"), "staff-kofi")
    assert arrived.text == "Kofi Notreal at triage"
    assert (await browser.get(f"{housing}/")).text == "Kofi Notreal at housing"
    return browser, triage, housing


async def test_somebody_is_signed_in_everywhere_by_one_choice(town: Town, tmp_path: Path) -> None:
    browser, triage, housing = await two_services(town, tmp_path)
    assert browser.cookies[urlsplit(triage).netloc].keys() >= {"__Host-triage"}
    assert browser.cookies[urlsplit(housing).netloc].keys() >= {"__Host-housing"}


async def test_signing_out_of_one_service_signs_out_of_all(town: Town, tmp_path: Path) -> None:
    browser, triage, housing = await two_services(town, tmp_path)
    page = await browser.post(f"{triage}/sign-out", {}, Origin=triage)
    on = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', page.text)
    assert on is not None
    left = await browser.get(html.unescape(on[1]))
    assert left.status_code == 200
    assert browser.visited[-1].startswith(f"{triage}/signed-out")
    assert "You have signed out" in left.text
    for service in (triage, housing):
        assert "Who are you?" in (await browser.get(f"{service}/")).text
