"""Marked values planted in requests and in exceptions are found in no log, metric or span."""

import io
import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from fastapi import FastAPI
from prometheus_client import generate_latest

from alliance.observability import configure_logs, log
from alliance.observability.exporting import provider_for
from alliance.testing.api import api_client, verifier_for
from alliance.web import build_app

NAME, PHONE, NHS_NUMBER, STORY = "Zebedee Marked-Value", "020 7946 0999", "9990000018", "the marked story of zebedee"
MARKED = ("zebedee", "marked", "7946 0999", "79460999", NHS_NUMBER, "the marked")
PERSON = {"name": NAME, "contact": {"phone": PHONE}, "nhs_number": NHS_NUMBER, "story": STORY}


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What is logged, with logging as a service has it; restored afterwards."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    stream = io.StringIO()
    configure_logs(service="sample", organisation="certitude", level="DEBUG", stream=stream)
    yield stream
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)


def is_clean(text: str) -> bool:
    return not any(value in text.lower() for value in MARKED)


def test_the_search_would_find_them() -> None:
    for value in PERSON.values():
        assert not is_clean(json.dumps(value))


async def test_nothing_of_a_request_is_logged_measured_or_traced(
    lines: io.StringIO, app: FastAPI, desk: Any, tmp_path: Path
) -> None:
    spans = tmp_path / "spans.jsonl"
    provider = provider_for(service="sample", version="0.1.0", file=str(spans), otlp=False)
    traced = build_app(
        title="A sample",
        version="0.1.0",
        service="sample",
        organisation="certitude",
        routers=[],
        given={"desk": desk},
        verifier=verifier_for("sample"),
        control=app.state.control,
        tracer_provider=provider,
    )
    traced.router.routes.extend(app.router.routes)
    trace = "0af7651916cd43dd8448eb211c80319c"
    async with api_client(traced, roles=["triage-worker"]) as api:
        await api.post("/api/v1/people", json=PERSON, headers={"traceparent": f"00-{trace}-b7ad6b7169203331-01"})
        await api.post("/api/v1/people", json={**PERSON, NAME: PHONE, "born_on": NAME, "nhs_number": NAME})
        await api.post("/api/v1/people", content=f'{{"name": "{NAME}"', headers={"content-type": "application/json"})
        await api.post("/api/v1/people", json=PERSON, headers={"Idempotency-Key": NAME, "X-Correlation-Id": NAME})
        await api.post("/api/v1/people", json=PERSON, headers={"Authorization": f"Bearer {NAME}", "User-Agent": NAME})
        await api.get("/api/v1/people", params={"limit": NAME, "q": PHONE})
        await api.get(f"/api/v1/people/{NAME}")
        await api.get(f"/{NAME}/{NHS_NUMBER}")
        await api.request("ZEBEDEE", "/api/v1/people")
        try:
            raise KeyError(STORY)
        except KeyError as cause:
            desk.fails = ValueError(f"{NAME} {NHS_NUMBER} {PHONE}")
            desk.fails.__cause__ = cause
        assert (await api.post("/api/v1/people", json=PERSON)).status_code == 500
        metrics = (await api.get("/metrics")).text
    provider.shutdown()
    assert desk.acted[0].traceparent.split("-")[1] == trace

    logged = lines.getvalue()
    found = [json.loads(line) for line in logged.splitlines()]
    assert is_clean(logged), logged
    assert is_clean(metrics)
    assert is_clean(generate_latest().decode())
    assert is_clean(spans.read_text()), spans.read_text()
    assert len(spans.read_text().splitlines()) >= 10
    [failed] = [line for line in found if line["event"] == "request-failed"]
    assert failed["error"] == "builtins.ValueError"
    assert failed["caused_by"] == "builtins.KeyError"
    assert any("conftest.py" in frame for frame in failed["where"])
    assert failed["trace_id"]


def test_only_allowed_keys_are_written(lines: io.StringIO) -> None:
    log.info("case-opened", event_id="e-1", name_of_person=NAME, story=STORY)
    [found] = [json.loads(line) for line in lines.getvalue().splitlines()]
    assert found["event_id"] == "e-1"
    assert found["service"] == "sample"
    assert set(found) == {"event", "event_id", "level", "organisation", "service", "timestamp"}


def test_library_loggers_say_where_but_not_what(lines: io.StringIO) -> None:
    try:
        raise ValueError(NAME)
    except ValueError:
        logging.getLogger("asyncio").exception(f"Task failed for {NAME}")
        logging.getLogger("uvicorn.error").exception("Exception in ASGI application\n")
    logging.getLogger("uvicorn.error").error(f'Traceback:\n  File "a/b.py", line 7, in start\nValueError: {NAME}')
    logging.getLogger("uvicorn.error").warning("Started server process [%d]", 7)
    logging.getLogger("uvicorn.access").info('%s - "%s"', NAME, NAME)
    logging.getLogger("pymongo.command").debug(NAME)
    logged = lines.getvalue()
    assert is_clean(logged), logged
    first, second, third, fourth = [json.loads(line) for line in logged.splitlines()]
    assert first["event"] == "library-message"
    assert first["logger"] == "asyncio"
    assert first["error"] == "builtins.ValueError"
    assert second["event"] == "Exception in ASGI application"
    assert third["where"] == ['a/b.py", line 7, in start']
    assert fourth["event"] == "Started server process [%d]"


def test_nothing_is_traced_and_the_sdk_stays_unloaded_unless_asked_for() -> None:
    code = (
        "import sys; from alliance.observability import configure_traces;"
        "assert configure_traces(service='s', version='1', environ={}) is None;"
        "assert 'opentelemetry.sdk' not in sys.modules and 'rich' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_spans_file_is_asked_for_by_the_environment(tmp_path: Path) -> None:
    code = (
        "import os; from alliance.observability import configure_traces;"
        "from opentelemetry import trace;"
        "provider = configure_traces(service='s', version='1');"
        "span = trace.get_tracer('t').start_span('work', attributes={'url.query': 'zebedee', 'http.route': '/a'});"
        "span.record_exception(ValueError('zebedee')); span.end(); provider.shutdown()"
    )
    file = tmp_path / "spans.jsonl"
    subprocess.run([sys.executable, "-c", code], check=True, env={"ALLIANCE_SPANS_FILE": str(file)})
    [span] = [json.loads(line) for line in file.read_text().splitlines()]
    assert span["attributes"] == {"http.route": "/a"}
    assert span["events"] == []
    assert is_clean(file.read_text())
