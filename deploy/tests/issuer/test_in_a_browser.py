"""The issuer's own pages in real Chromium: everybody can use them, nothing is asked of another host, forms lead on."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.async_api import Browser
from tests.browser.visitor import DESKTOP, NARROW, PHONE, Visitor, chromium

from alliance_deploy.agreement import load_agreement
from alliance_deploy.agreement.sign_in import told_services
from alliance_deploy.embedded.child import free_port
from alliance_deploy.issuer.clients import CALLBACK
from alliance_deploy.launcher.kept import HttpProcess

from .town import DEPLOY, settings

WELCOME = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<title>x</title><h1>Welcome</h1>"


@pytest.fixture(scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as running:
        yield running


@pytest.fixture(scope="module")
async def service_port() -> AsyncIterator[int]:
    """Something that answers every request with a page, in the place of all services."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(WELCOME)
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    yield server.sockets[0].getsockname()[1]
    server.close()


@pytest.fixture(scope="module")
async def issuer(tmp_path_factory: pytest.TempPathFactory, service_port: int) -> AsyncIterator[str]:
    folder, port = tmp_path_factory.mktemp("issuer"), free_port()
    agreement = load_agreement(DEPLOY / "agreement.toml")
    services = json.dumps(told_services(agreement, dict.fromkeys(agreement.services, service_port)))
    told = settings(folder, ALLIANCE_SERVICES=services, ALLIANCE_SIGN_IN_PORT=str(port))
    process = HttpProcess(
        name="sign-in",
        command=(sys.executable, "-m", "alliance_deploy.issuer"),
        port=port,
        log=folder / "sign-in.log",
        folder=Path.cwd(),
        environment={**os.environ, **told},
    )
    await process.start()
    yield f"http://localhost:{port}"
    await process.stop()


def authorize(issuer: str, port: int) -> str:
    back = quote(f"http://triage.localhost:{port}{CALLBACK}", safe="")
    return (
        f"{issuer}/authorize?response_type=code&client_id=triage&scope=openid&state=x&nonce=y"
        f"&code_challenge_method=S256&code_challenge={'a' * 43}&redirect_uri={back}"
    )


@pytest.mark.parametrize("size", [DESKTOP, PHONE, NARROW], ids=["desktop", "phone", "narrow"])
async def test_every_page_can_be_used_by_everybody(
    browser: Browser, issuer: str, service_port: int, size: tuple[int, int]
) -> None:
    visitor = await Visitor.at(browser, size=size)
    for page in ("/", authorize("", service_port), "/authorize?client_id=stranger", "/end-session"):
        await visitor.goes_to(issuer + page)
        assert await visitor.inspected() == []
    await visitor.goes_to(issuer + "/")
    await visitor.follows("Continue as Tess Fabricated")
    for page in ("/", "/end-session"):
        await visitor.goes_to(issuer + page)
        assert await visitor.inspected() == []
    await visitor.leave()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
async def test_a_choice_leads_on_to_the_service_and_a_sign_out_back(
    browser: Browser, issuer: str, service_port: int, script: bool
) -> None:
    visitor = await Visitor.at(browser, script=script)
    await visitor.goes_to(authorize(issuer, service_port))
    await visitor.follows("Continue as Kofi Notreal")
    assert visitor.page.url.startswith(f"http://triage.localhost:{service_port}{CALLBACK}?code=")
    await visitor.goes_to(issuer + "/")
    await visitor.sees("You are signed in as Kofi Notreal")
    await visitor.follows("Continue as Flo Pretend")
    assert visitor.page.url == f"http://finance.localhost:{service_port}/"
    await visitor.goes_to(issuer + "/")
    await visitor.follows("Sign out")
    await visitor.follows("Sign out everywhere")
    await visitor.sees("Nobody is signed in here any more")
    assert visitor.troubles == []
    await visitor.leave()


async def test_a_first_visit_is_light(browser: Browser, issuer: str) -> None:
    visitor = await Visitor.at(browser)
    await visitor.goes_to(issuer + "/")
    assert 0 < sum(visitor.weights.values()) <= 120_000
    await visitor.goes_to(issuer + "/")
    assert visitor.weights["/"] <= 25_000
    await visitor.leave()


async def test_the_number_of_the_machine_leads_to_its_name(browser: Browser, issuer: str) -> None:
    visitor = await Visitor.at(browser)
    await visitor.page.goto(issuer.replace("localhost", "127.0.0.1") + "/")
    assert visitor.page.url == issuer + "/"
    await visitor.leave()
