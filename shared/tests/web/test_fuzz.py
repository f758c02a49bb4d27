"""Random requests, right and wrong, never break the API and get documented answers only."""

import pytest
from fastapi import APIRouter, FastAPI
from schemathesis.core.failures import FailureGroup

from alliance.testing.fuzzing import fuzz


def test_every_answer_is_documented_and_none_is_a_fault(app: FastAPI) -> None:
    assert fuzz(app, roles=["triage-worker"]) > 100


def test_callers_without_the_role_get_documented_answers_too(app: FastAPI) -> None:
    assert fuzz(app, roles=[], examples=5) > 20


def test_a_route_that_breaks_is_found(app: FastAPI) -> None:
    faulty = APIRouter(prefix="/api/v1")

    @faulty.get("/faulty")
    async def fails() -> None:
        raise ValueError("planted")

    app.include_router(faulty)
    with pytest.raises(FailureGroup):
        fuzz(app, examples=2)
