"""Another site's page, and a sibling's, can make a browser send things; they are not taken for the person's own."""

from collections.abc import AsyncIterator

import httpx2
import pytest
from fastapi import APIRouter, FastAPI, Request
from starlette.responses import HTMLResponse

from alliance.access.csrf import foreign
from alliance.testing.api import verifier_for
from alliance.web import build_app

HOST = "triage.example"
DONE: list[str] = []

router = APIRouter()


@router.post("/cases/close")
async def close() -> HTMLResponse:
    DONE.append("closed")
    return HTMLResponse("<h1>Closed</h1>")


@router.get("/page")
async def page(request: Request) -> HTMLResponse:
    return HTMLResponse(f"<script nonce={request.scope['state']['csp_nonce']!r}></script>")


@router.get("/framed")
async def framed() -> HTMLResponse:
    return HTMLResponse("", headers={"cache-control": "public", "content-security-policy": "sandbox"})


@router.post("/api/v1/things")
async def thing() -> dict[str, str]:
    return {"done": "yes"}


def an_app(*, development: bool = False) -> FastAPI:
    return build_app(
        title="A sample",
        version="0.1.0",
        service="sample",
        organisation="certitude",
        routers=[router],
        given={},
        verifier=verifier_for("sample"),
        development=development,
    )


@pytest.fixture
async def browser() -> AsyncIterator[httpx2.AsyncClient]:
    DONE.clear()
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(an_app()), base_url=f"https://{HOST}") as client:
        yield client


REQUESTS = [
    ({"sec-fetch-site": "same-origin"}, True),
    ({"sec-fetch-site": "none"}, True),
    ({"sec-fetch-site": "same-origin", "origin": "null"}, True),
    ({"origin": f"https://{HOST}"}, True),
    ({}, True),
    ({"sec-fetch-site": "cross-site"}, False),
    ({"sec-fetch-site": "same-site"}, False),
    ({"sec-fetch-site": "made-up"}, False),
    ({"sec-fetch-site": "cross-site", "origin": f"https://{HOST}"}, False),
    ({"origin": "https://housing.example"}, False),
    ({"origin": f"https://{HOST}.evil.example"}, False),
    ({"origin": f"https://{HOST}:8443"}, False),
    ({"origin": "null"}, False),
    ({"origin": f"file://{HOST}"}, False),
    ({"origin": "https://[nonsense"}, False),
    ({"origin": ""}, False),
]


@pytest.mark.parametrize(("headers", "taken"), REQUESTS)
async def test_only_our_own_pages_can_send_something(
    browser: httpx2.AsyncClient, headers: dict[str, str], taken: bool
) -> None:
    answer = await browser.post("/cases/close", headers=headers)
    assert (answer.status_code, DONE) == ((200, ["closed"]) if taken else (403, []))


async def test_looking_is_not_sending(browser: httpx2.AsyncClient) -> None:
    assert (await browser.get("/page", headers={"sec-fetch-site": "cross-site"})).status_code == 200


async def test_machines_may_come_from_anywhere_since_they_bring_no_cookie(browser: httpx2.AsyncClient) -> None:
    assert (await browser.post("/api/v1/things", headers={"sec-fetch-site": "cross-site"})).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "MADE-UP"])
def test_every_method_but_the_safe_ones_is_checked(method: str) -> None:
    assert foreign(method, "/", {"sec-fetch-site": "cross-site"}) == "cross-site"
    assert foreign(method, "/apiary", {"sec-fetch-site": "same-site"}) == "same-site"
    assert foreign(method, "/", {"origin": "https://evil.example", "host": HOST}) == "origin"


async def test_a_page_may_run_its_own_scripts_and_nothing_else(browser: httpx2.AsyncClient) -> None:
    first, second = await browser.get("/page"), await browser.get("/page")
    policy = first.headers["content-security-policy"]
    nonce = policy.partition("'nonce-")[2].partition("'")[0]
    assert len(nonce) >= 22
    assert f"nonce={nonce!r}" in first.text
    assert nonce not in second.headers["content-security-policy"]
    parts = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert parts["default-src"] == parts["base-uri"] == parts["frame-ancestors"] == "'none'"
    assert parts["script-src"] == f"'self' 'nonce-{nonce}'"
    assert parts["form-action"] == parts["style-src"] == parts["connect-src"] == "'self'"
    assert "unsafe" not in policy
    assert "http" not in policy


async def test_a_page_is_kept_by_nobody_and_open_to_nobody(browser: httpx2.AsyncClient) -> None:
    found = (await browser.get("/page")).headers
    assert found["cache-control"] == "no-store"
    assert found["referrer-policy"] == "no-referrer"
    assert found["x-content-type-options"] == "nosniff"
    assert found["cross-origin-opener-policy"] == found["cross-origin-resource-policy"] == "same-origin"
    assert "camera=()" in found["permissions-policy"]
    assert found["strict-transport-security"] == "max-age=31536000; includeSubDomains"


async def test_answers_to_machines_run_nothing_at_all(browser: httpx2.AsyncClient) -> None:
    policy = (await browser.post("/api/v1/things")).headers["content-security-policy"]
    assert policy == "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'"


async def test_a_route_may_say_otherwise(browser: httpx2.AsyncClient) -> None:
    found = (await browser.get("/framed")).headers
    assert (found["cache-control"], found["content-security-policy"]) == ("public", "sandbox")


async def test_plain_http_is_remembered_by_no_browser_in_development() -> None:
    transport = httpx2.ASGITransport(an_app(development=True))
    async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        assert "strict-transport-security" not in (await client.get("/page")).headers
