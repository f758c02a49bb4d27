"""The same application behind a real server and a real socket."""

import asyncio
from collections.abc import AsyncIterator

import httpx2
import pytest
import uvicorn
from fastapi import FastAPI

from alliance.testing.api import token_for


@pytest.fixture
async def address(app: FastAPI) -> AsyncIterator[str]:
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, access_log=False, lifespan="off"))
    serving = asyncio.create_task(server.serve())
    async with asyncio.timeout(10):
        while not server.started:
            await asyncio.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    await serving


@pytest.mark.parametrize("says_so", [True, False])
async def test_a_body_that_is_too_large_is_answered_and_the_next_request_too(address: str, says_so: bool) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(200):
            yield b" " * 1024

    headers = {
        "Authorization": f"Bearer {token_for('sample', 'triage-worker')}",
        "Idempotency-Key": "k-1",
        "Content-Type": "application/json",
    }
    async with httpx2.AsyncClient(base_url=address) as api:
        content = b" " * 200 * 1024 if says_so else pieces()
        answer = await api.post("/api/v1/people", content=content, headers=headers)
        assert answer.status_code == 413
        assert answer.json()["title"] == "The request is too large."
        made = await api.post("/api/v1/people", json={"name": "Ada Made-Up"}, headers=headers)
        assert made.status_code == 201


async def test_many_callers_at_once_keep_their_own_ids(address: str) -> None:
    async with httpx2.AsyncClient(base_url=address) as api:
        found = await asyncio.gather(*(api.get("/nowhere") for _ in range(30)))
    assert len({each.json()["instance"] for each in found}) == 30
    assert all(each.json()["instance"].endswith(each.headers["x-correlation-id"]) for each in found)
