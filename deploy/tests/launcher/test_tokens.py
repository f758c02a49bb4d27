"""Machines get their tokens from the issuer that runs, and new ones before the old ones end."""

from pathlib import Path

import httpx2
import pytest

from alliance_deploy.demo.tokens import Bearer, NoToken, bearer
from alliance_deploy.embedded.child import free_port
from alliance_deploy.launcher.place import Place

WHO = {"service": "triage", "organisation": "slam", "roles": ("key-worker",), "subject": "staff-demo"}


async def test_where_nothing_runs_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoToken, match="No sign-in runs here: `alliance up` starts it"):
        bearer(Place(tmp_path, tmp_path), **WHO)  # type: ignore[arg-type]
    silent = Bearer(f"http://127.0.0.1:{free_port()}", "x", **WHO)  # type: ignore[arg-type]
    with pytest.raises(NoToken, match="does not answer"):
        await silent()


async def test_a_token_is_asked_for_once_and_again_before_it_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    now = 1000.0

    async def post(_: object, url: str, *, data: dict[str, str], auth: tuple[str, str]) -> httpx2.Response:
        asked.append(f"{data['audience']} {data['organisation']} {data['roles']} {auth[0]}")
        return httpx2.Response(200, json={"access_token": f"token-{len(asked)}", "expires_in": 300})

    monkeypatch.setattr(httpx2.AsyncClient, "post", post)
    monkeypatch.setattr("alliance_deploy.demo.tokens.time.monotonic", lambda: now)
    token = Bearer("http://127.0.0.1:1", "x", **WHO)  # type: ignore[arg-type]
    assert [await token(), await token()] == ["token-1", "token-1"]
    now += 239
    assert await token() == "token-1"
    now += 2
    assert await token() == "token-2"
    assert set(asked) == {"triage slam key-worker demo"}


async def test_a_refusal_of_the_issuer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    async def post(*_: object, **__: object) -> httpx2.Response:
        return httpx2.Response(400, json={"error": "invalid_scope", "error_description": "not granted"})

    monkeypatch.setattr(httpx2.AsyncClient, "post", post)
    with pytest.raises(NoToken, match="gives no such token: not granted"):
        await Bearer("http://127.0.0.1:1", "x", **WHO)()  # type: ignore[arg-type]
