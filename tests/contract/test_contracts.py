"""Contracts do not break: golden samples, committed schemas, and a gate that is shown to bite."""

import copy
import json
from typing import Any

import pytest

from alliance.contracts import Event, publication
from alliance.contracts.catalogue import SERVICES, catalogue
from alliance.contracts.compatibility import breaking_changes

EVENTS = sorted(catalogue())


@pytest.mark.parametrize("type_", EVENTS)
def test_a_publisher_reads_and_rewrites_its_golden_sample_unchanged(type_: str) -> None:
    sample = publication.sample_of(type_)
    assert catalogue()[type_].model_validate(sample).model_dump(mode="json") == sample


@pytest.mark.parametrize("type_", EVENTS)
def test_the_committed_schema_is_what_the_code_says(type_: str) -> None:
    published = publication.published_schema(type_)
    assert published == publication.schema_of(catalogue()[type_]), "run `python -m alliance.contracts`"


def test_nothing_is_published_that_the_code_no_longer_says() -> None:
    assert {path.stem for path in (publication.HERE / "schemas").glob("*.json")} == set(EVENTS)
    assert {path.stem for path in (publication.HERE / "samples").glob("*.json")} == set(EVENTS)


@pytest.mark.parametrize("type_", EVENTS)
def test_an_event_says_who_what_and_when_it_is(type_: str) -> None:
    event = catalogue()[type_]
    assert event.publisher() in SERVICES
    assert event.__doc__, "what does it mean?"
    assert event.subject_field in event.model_fields


@pytest.mark.parametrize("type_", [type_ for type_ in EVENTS if catalogue()[type_].confidentiality != "personal"])
def test_no_field_outside_personal_events_can_hold_free_text(type_: str) -> None:
    assert list(_free_text(publication.schema_of(catalogue()[type_]))) == []


def _free_text(schema: dict[str, Any]) -> list[str]:
    found: list[str] = []

    def walk(at: str, node: object) -> None:
        if isinstance(node, dict):
            if node.get("type") == "string" and not {"format", "pattern", "enum", "const"} & node.keys():
                found.append(at)
            for key, value in node.items():
                walk(f"{at}.{key}", value)
        elif isinstance(node, list):
            for value in node:
                walk(at, value)

    walk("", schema)
    return found


def test_the_search_for_free_text_bites() -> None:
    assert _free_text(publication.schema_of(catalogue()["intake.person-shared.v1"]))


BEFORE = publication.schema_of(catalogue()["triage.support-started.v2"])


def changed(change: str) -> dict[str, Any]:
    after = copy.deepcopy(BEFORE)
    properties = after["properties"]
    match change:
        case "field removed":
            del properties["provider_id"]
            after["required"].remove("provider_id")
        case "field renamed":
            properties["started_on"] = properties.pop("started_at")
        case "type changed":
            properties["waited_days"]["type"] = "string"
        case "new required field":
            properties["team"] = {"type": "string"}
            after["required"].append("team")
        case "required made optional":
            after["required"].remove("waited_days")
        case "limit tightened":
            properties["waited_days"]["maximum"] = 7
        case "code removed":
            after["$defs"]["Support"]["enum"] = after["$defs"]["Support"]["enum"][1:]
        case "code added":
            after["$defs"]["Support"]["enum"] = [*after["$defs"]["Support"]["enum"], "massage"]
        case "optional field added":
            properties["team"] = {"anyOf": [{"type": "string"}, {"type": "null"}], "default": None}
        case "description reworded":
            properties["waited_days"]["description"] = "whole days"
    return after


@pytest.mark.parametrize(
    "change",
    [
        "field removed",
        "field renamed",
        "type changed",
        "new required field",
        "required made optional",
        "limit tightened",
        "code removed",
        "code added",
    ],
)
def test_the_gate_refuses(change: str) -> None:
    assert breaking_changes(BEFORE, changed(change))


@pytest.mark.parametrize("change", ["optional field added", "description reworded"])
def test_the_gate_lets_pass(change: str) -> None:
    assert breaking_changes(BEFORE, changed(change)) == []


def test_publishing_a_broken_contract_is_refused_and_writes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def without_fields(event: type[Event]) -> dict[str, Any]:
        return {**(publication.published_schema(event.type) or {}), "properties": {}}

    monkeypatch.setattr(publication, "schema_of", without_fields)
    before = json.dumps(publication.published_schema("triage.case-opened.v1"))
    with pytest.raises(publication.ContractBroken, match="case_id was removed"):
        publication.publish()
    assert json.dumps(publication.published_schema("triage.case-opened.v1")) == before


def test_a_listener_ignores_a_field_that_it_does_not_know() -> None:
    sample = {**publication.sample_of("triage.case-opened.v1"), "colour": "blue"}
    assert "colour" not in catalogue()["triage.case-opened.v1"].model_validate(sample).model_dump()
