"""An in-process client for a service's API, and tokens for made-up callers."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import httpx2
from fastapi import FastAPI

from alliance.access import Verifier, generate_key, issue_token, public_jwks
from alliance.access.issuers import Issuer
from alliance.access.providers import Provider
from alliance.kernel import Clock, SystemClock, new_id

ISSUER = "https://sign-in.example"
MEMBERS = ("lambeth-council", "nhs-south-east-london", "slam", "certitude", "thames-reach", "mosaic-clubhouse", "bench")

_key = generate_key()


def verifier_for(service: str, *, clock: Clock | None = None) -> Verifier:
    """Accepts what `token_for` issues. Without `clock` both go by the real time."""
    clock = clock or SystemClock()
    issuer = Issuer(issuer=ISSUER, organisations=MEMBERS)
    return Verifier([Provider(issuer, clock, jwks=public_jwks(_key))], service, clock)


def token_for(
    service: str,
    *roles: str,
    subject: str = "staff-7",
    organisation: str = "slam",
    lasts: timedelta = timedelta(days=3650),
    clock: Clock | None = None,
) -> str:
    """A token for `service` with these roles; long-lived, so that tests may move their clocks."""
    return issue_token(
        _key,
        issuer=ISSUER,
        audience=service,
        subject=subject,
        organisation=organisation,
        roles=roles,
        lasts=lasts,
        clock=clock,
    )


class ApiClient(httpx2.AsyncClient):
    """A client that gives every POST an `Idempotency-Key` of its own, unless the test brings one."""

    async def post(self, url: Any, *, headers: Any = None, **options: Any) -> httpx2.Response:
        named = {"Idempotency-Key": new_id(), **(headers or {})}
        return await super().post(url, headers=named, **options)


@asynccontextmanager
async def api_client(
    app: FastAPI, token: str | None = None, *, roles: Iterable[str] = (), lifespan: bool = False
) -> AsyncIterator[ApiClient]:
    """`async with api_client(app, roles=["triage-worker"]) as api: await api.post("/api/v1/…", json=…)`."""
    bearer = token or token_for(app.state.service, *roles)
    transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
    client = ApiClient(
        transport=transport, base_url="http://service.test", headers={"Authorization": f"Bearer {bearer}"}
    )
    async with client:
        if lifespan:
            async with app.router.lifespan_context(app):
                yield client
        else:
            yield client
