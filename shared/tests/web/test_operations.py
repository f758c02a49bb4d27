"""What operators ask of a process, and what is wrapped around every answer."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx2
import pytest
from fastapi import APIRouter, FastAPI
from prometheus_client import REGISTRY

from alliance.testing.api import ApiClient, api_client, verifier_for
from alliance.web import Check, build_app, metrics_on


def an_app(**options: Any) -> FastAPI:
    wanted: dict[str, Any] = {
        "title": "A sample",
        "version": "0.1.0",
        "service": "sample",
        "organisation": "certitude",
        "routers": [],
        "given": {},
        "verifier": verifier_for("sample"),
    }
    return build_app(**(wanted | options))


async def well() -> tuple[bool, str]:
    return True, "answers"


async def unwell() -> tuple[bool, str]:
    return False, "outbox is 300 s behind"


async def broken() -> tuple[bool, str]:
    raise ConnectionError("mongodb://user:secret@somewhere")


async def silent() -> tuple[bool, str]:
    await asyncio.Event().wait()
    return True, ""


async def stubborn() -> tuple[bool, str]:
    """A check that does not even let itself be cancelled at once."""
    try:
        await asyncio.Event().wait()
    except asyncio.CancelledError:
        await asyncio.sleep(5)
    return True, ""


@pytest.mark.parametrize(
    ("check", "detail"),
    [
        (unwell, "outbox is 300 s behind"),
        (broken, "ConnectionError"),
        (silent, "no answer within 1 s"),
        (stubborn, "no answer within 1 s"),
    ],
)
async def test_one_bad_check_makes_a_service_unready_but_not_dead(check: Check, detail: str) -> None:
    app = an_app(readiness={"store": well, "broker": check})
    async with api_client(app) as api, asyncio.timeout(4):
        answer = await api.get("/health/ready")
        assert answer.status_code == 503
        assert answer.json() == {
            "ready": False,
            "checks": {"store": {"ok": True, "detail": "answers"}, "broker": {"ok": False, "detail": detail}},
        }
        assert (await api.get("/health/live")).status_code == 200


async def test_what_is_only_watched_is_told_and_takes_no_page_away() -> None:
    async with api_client(an_app(readiness={"store": well}, watched={"mail": unwell})) as api:
        answer = await api.get("/health/ready")
    assert answer.status_code == 200
    assert answer.json()["checks"]["mail"] == {"ok": False, "detail": "outbox is 300 s behind"}


async def test_a_service_is_ready_when_all_is_well() -> None:
    async with api_client(an_app(readiness={"store": well})) as api:
        assert (await api.get("/health/ready")).status_code == 200


async def test_the_version_names_the_contracts(api: ApiClient) -> None:
    found = (await api.get("/version")).json()
    assert found["service"] == "sample"
    assert found["says"] == ["sample.person-introduced.v1"]
    assert len(found["hears"]) == 2


async def test_metrics_name_the_route_and_not_the_path(api: ApiClient) -> None:
    labels = {"method": "GET", "route": "/api/v1/people/{id}", "status": "404"}
    before = REGISTRY.get_sample_value("alliance_http_request_seconds_count", labels) or 0
    await api.get("/api/v1/people/ada-made-up")
    await api.get("/ada-made-up")
    after = REGISTRY.get_sample_value("alliance_http_request_seconds_count", labels)
    assert after == before + 1
    text = (await api.get("/metrics")).text
    assert "ada-made-up" not in text
    assert 'route="unmatched"' in text


async def test_metrics_can_have_a_port_of_their_own() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app = an_app(metrics=False, lifespan=metrics_on("127.0.0.1", port))
    async with api_client(app, lifespan=True) as api:
        assert (await api.get("/metrics")).status_code == 404
        async with httpx2.AsyncClient() as operator:
            answer = await operator.get(f"http://127.0.0.1:{port}/metrics")
        assert "python_info" in answer.text


@pytest.mark.parametrize("path", ["/health/live", "/api/v1/people", "/nowhere", "/openapi.json"])
async def test_every_answer_has_safe_headers(api: ApiClient, path: str) -> None:
    found = (await api.get(path)).headers
    assert found["x-content-type-options"] == "nosniff"
    assert found["cache-control"] == "no-store"
    assert found["referrer-policy"] == "no-referrer"
    assert "default-src 'none'" in found["content-security-policy"]
    assert "strict-transport-security" not in found


async def test_a_route_may_bring_its_own_header() -> None:
    router = APIRouter()

    @router.get("/own")
    async def own() -> Any:
        from fastapi.responses import JSONResponse

        return JSONResponse({}, headers={"Cache-Control": "max-age=60"})

    async with api_client(an_app(routers=[router])) as api:
        assert (await api.get("/own")).headers["cache-control"] == "max-age=60"


async def test_documentation_is_for_development_only(api: ApiClient) -> None:
    assert (await api.get("/docs")).status_code == 200
    async with api_client(an_app()) as production:
        for path in ("/docs", "/redoc", "/openapi.json"):
            assert (await production.get(path)).status_code == 404
        assert "max-age" in (await production.get("/version")).headers["strict-transport-security"]


async def test_parts_start_in_order_and_stop_in_reverse() -> None:
    seen: list[str] = []

    def part(name: str) -> Any:
        @asynccontextmanager
        async def running(_: FastAPI) -> AsyncIterator[None]:
            seen.append(f"{name} up")
            yield
            seen.append(f"{name} down")

        return running

    async with api_client(an_app(lifespan=[part("store"), part("broker")]), lifespan=True) as api:
        await api.get("/health/live")
    assert seen == ["store up", "broker up", "broker down", "store down"]


async def test_the_document_lists_every_problem(app: FastAPI) -> None:
    found = app.openapi()
    introduce = found["paths"]["/api/v1/people"]["post"]
    assert set(introduce["responses"]) == {"201", "400", "401", "403", "409", "413", "415", "422", "503"}
    assert set(introduce["responses"]["409"]["content"]) == {"application/problem+json"}
    front_door = found["paths"]["/api/v1/front-door"]["post"]
    assert set(front_door["responses"]) == {"201", "400", "409", "413", "415", "422", "503"}
    assert set(found["paths"]["/api/v1/people/{id}"]["get"]["responses"]) == {"200", "401", "403", "404", "503"}
    assert "HTTPValidationError" not in found["components"]["schemas"]
    assert "Problem" in found["components"]["schemas"]
