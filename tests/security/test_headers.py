"""Every answer of every route tells browsers to be careful: pages, files, APIs, refusals and errors alike."""

import re
from collections.abc import AsyncIterator

import httpx2
import pytest
from fastapi import FastAPI
from starlette.responses import HTMLResponse
from tests.access.scenarios import Stage, doors
from tests.cluster import SERVICES

from alliance.access import Role
from alliance.kernel import FixedClock
from alliance.testing.api import api_client, token_for, verifier_for
from alliance.testing.rooms import browsing
from alliance.web import build_app

LASTING = "/static/"
"""Holds nothing of anybody, so it may be kept."""


def careless(answer: httpx2.Response) -> list[str]:
    """What an answer does not say."""
    said, path = answer.headers, answer.request.url.path
    policy, page = said.get("content-security-policy", ""), said.get("content-type", "").startswith("text/html")
    found = {
        "nosniff": said.get("x-content-type-options") == "nosniff",
        "no-store": said.get("cache-control") == "no-store" or path.startswith(LASTING),
        "frame-ancestors": "frame-ancestors 'none'" in policy,
        "default-src": policy.startswith("default-src 'none'") and "unsafe" not in policy and "*" not in policy,
        "referrer": said.get("referrer-policy") == "no-referrer",
        "resource policy": said.get("cross-origin-resource-policy") == "same-origin",
        "hsts": said.get("strict-transport-security", "").startswith("max-age=31536000"),
        "server": "server" not in said and "x-powered-by" not in said,
        "opener policy": not page or said.get("cross-origin-opener-policy") == "same-origin",
        "permissions": not page or "camera=()" in said.get("permissions-policy", ""),
        "nonce": not page or _by_nonce(policy, answer.text),
    }
    return [f"{answer.request.method} {path} {answer.status_code}: {name}" for name, ok in found.items() if not ok]


def _by_nonce(policy: str, html: str) -> bool:
    """Scripts that stand in the page carry the nonce of this answer; there is no style and no handler in it."""
    nonce = re.search(r"script-src 'self' 'nonce-([\w-]{20,})'", policy)
    inline = [tag for tag in re.findall(r"<script\b[^>]*>", html) if "src=" not in tag]
    bad = re.search(r"<style\b|\sstyle=|<[^>]+\son\w+=", html)
    return bool(nonce) and not bad and all(f'nonce="{nonce[1]}"' in tag for tag in inline if nonce)


async def every_answer(app: FastAPI) -> AsyncIterator[httpx2.Response]:
    roles = [role.value for role in Role]
    everybody = token_for(app.state.service, *roles)
    async with api_client(app, everybody) as api, browsing(app, *roles) as staff, browsing(app) as nobody:
        for door in doors(app):
            if door.path.endswith("/changes"):
                continue
            if door.for_machines:
                yield await api.request(door.method, door.address, headers={"Idempotency-Key": "k"}, json={})
                yield await nobody.request(door.method, door.address)
            elif door.method == "GET":
                yield await staff.get(door.address)
                yield await nobody.get(door.address)
            else:
                yield await staff.send_form(door.address)
                yield await staff.post(door.address, headers={"Sec-Fetch-Site": "cross-site"})
        for path in ("/nowhere", "/api/v1/nowhere", "/static/x/alliance.css", "/health/live", "/version", "/metrics"):
            yield await staff.get(path)
        for path in ("/sign-in", "/sign-in/callback", "/signed-out", "/accessibility"):
            yield await nobody.get(path)
        yield await staff.post("/", content=b"x" * 70_000)
        yield await staff.send_form("/sign-out")


@pytest.mark.parametrize("service", SERVICES)
async def test_every_answer_is_careful(service: str, clock: FixedClock) -> None:
    found, seen = [], set()
    async for answer in every_answer(Stage(service, clock).app):
        seen.add(answer.status_code)
        found += careless(answer)
    assert found == []
    assert {200, 303, 401, 403, 404, 413} <= seen


async def test_a_page_that_allows_more_is_found(clock: FixedClock) -> None:
    app = Stage("triage", clock).app
    loose = {"content-security-policy": "default-src *", "cache-control": "max-age=60", "referrer-policy": "origin"}

    @app.get("/loose")
    async def page() -> HTMLResponse:
        return HTMLResponse('<p style="x" onclick="y">', headers=loose)

    async with browsing(app) as nobody:
        found = {each.rpartition(": ")[2] for each in careless(await nobody.get("/loose"))}
    assert found == {"default-src", "frame-ancestors", "no-store", "referrer", "nonce"}


async def test_in_development_no_browser_is_bound_to_https() -> None:
    app = build_app(
        title="A sample",
        version="0.1.0",
        service="sample",
        organisation="certitude",
        routers=(),
        given={},
        verifier=verifier_for("sample"),
        development=True,
    )
    async with api_client(app) as api:
        assert "strict-transport-security" not in (await api.get("/health/live")).headers
