"""Fuzzes a service's API from its own OpenAPI document (schemathesis): no fault, no undocumented answer."""

from collections.abc import Iterable
from contextlib import suppress
from copy import deepcopy
from typing import Any

import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig
from schemathesis.schemas import BaseSchema

from alliance.testing.api import token_for
from alliance.web.fields import UUID_PATTERN, Text

REJECTED = ["400", "401", "403", "404", "405", "406", "409", "413", "415", "422", "428", "429", "5xx"]
"""How nonsense may be answered: by what schemathesis expects, and as too large."""
_WEIGHTS = range(10, 1, -1)


def _nhs_number(nine: int) -> str | None:
    """999 … is the range kept for made-up people; None where modulus 11 has no check digit."""
    digits = f"{nine:09d}"
    check = -sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True)) % 11
    return None if check == 10 else f"{digits}{check}"


schemathesis.openapi.format(
    "nhs-number", st.integers(999_000_000, 999_999_999).map(_nhs_number).filter(lambda text: text is not None)
)
schemathesis.openapi.format("phone", st.integers(0, 999).map(lambda last: f"020 7946 0{last:03d}"))


def _text(kind: Text) -> st.SearchStrategy[str]:
    allowed = st.characters(codec="utf-8", exclude_characters="".join(map(chr, kind.unwanted)))
    return st.text(allowed, min_size=1, max_size=kind.most).filter(lambda text: bool(text.strip()))


_QUICKLY = {
    UUID_PATTERN: ("made-up-id", st.uuids().map(str)),
    **{
        kind.pattern: (f"made-up-{name}", _text(kind))
        for name, kind in (("line", Text(200)), ("passage", Text(200, lines=True)))
    },
}
"""Pattern → what draws the same texts in a tenth of the time that its regular expression takes."""
for _name, _strategy in _QUICKLY.values():
    schemathesis.openapi.format(_name, _strategy)


def fuzz(app: FastAPI, *, roles: Iterable[str] = (), token: str | None = None, examples: int = 25) -> int:
    """Send right and wrong requests to every operation under `/api/`, as a caller with `roles`; how many were sent.

    Raises at the first server error, undocumented status or content, accepted nonsense or ignored missing token. Call
    it from a test that is not async. The same requests each time: a gate for every run, not a search.
    """
    sent = 0
    chosen = settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    for found in _schema(app, token or token_for(app.state.service, *roles)).get_all_operations():
        operation = found.ok()  # type: ignore[union-attr]  # our own document is never invalid
        for mode in GenerationMode:

            @chosen
            @given(case=operation.as_strategy(generation_mode=mode))
            def try_out(case: Any) -> None:
                nonlocal sent
                sent += 1
                case.call_and_validate()

            with suppress(Unsatisfiable):
                try_out()
    return sent


def _schema(app: FastAPI, token: str) -> BaseSchema:
    config = SchemathesisConfig.from_dict(
        {
            "checks": {
                "positive_data_acceptance": {"expected-statuses": ["2xx", "401", "403", "404", "409", "422"]},
                "negative_data_rejection": {"expected-statuses": REJECTED},
            },
        }
    )
    schema = schemathesis.openapi.from_dict(_drawn_quickly(deepcopy(app.openapi())), config=config)
    schema.app = app

    @schema.auth()
    class Bearer:
        def get(self, case: Any, context: schemathesis.AuthContext) -> str:
            return token

        def set(self, case: Any, data: str, context: schemathesis.AuthContext) -> None:
            case.headers["Authorization"] = f"Bearer {data}"

    return schema.include(path_regex="^/api/")


def _drawn_quickly(part: Any) -> Any:
    """The same document; the patterns stay, and what is drawn and answered is held against them."""
    if isinstance(part, dict):
        if isinstance(pattern := part.get("pattern"), str) and pattern in _QUICKLY:
            part["format"] = _QUICKLY[pattern][0]
        for each in part.values():
            _drawn_quickly(each)
    elif isinstance(part, list):
        for each in part:
            _drawn_quickly(each)
    return part
