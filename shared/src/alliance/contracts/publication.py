"""The committed face of the contracts: a JSON Schema and a golden sample for every event version."""

import json
from pathlib import Path
from typing import Any

from alliance.contracts.catalogue import catalogue
from alliance.contracts.compatibility import breaking_changes
from alliance.contracts.event import Event

HERE = Path(__file__).parent


class ContractBroken(Exception):
    """A change to a published event that its listeners have not agreed to."""


def schema_of(event: type[Event]) -> dict[str, Any]:
    """The JSON Schema (2020-12) of the event's data as it is sent."""
    schema = event.model_json_schema(mode="validation")
    schema["$id"] = f"/alliance/schemas/{event.type}.json"
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return schema


def sample_of(type_: str) -> dict[str, Any]:
    """The golden sample of an event version. Raises `FileNotFoundError` when nobody has written one."""
    sample: dict[str, Any] = json.loads((HERE / "samples" / f"{type_}.json").read_text())
    return sample


def published_schema(type_: str) -> dict[str, Any] | None:
    """The schema that listeners rely on, or None for an event that has not been published yet."""
    path = HERE / "schemas" / f"{type_}.json"
    return json.loads(path.read_text()) if path.exists() else None


def text_of(schema: dict[str, Any]) -> str:
    return json.dumps(schema, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def publish() -> list[str]:
    """Write the schema of every event whose change breaks nobody; says what was written.

    Raises `ContractBroken`, before anything is written, with every broken promise and what to do.
    """
    broken, writing = [], {}
    for type_, event in catalogue().items():
        schema, before = schema_of(event), published_schema(type_)
        if before is not None:
            broken += [f"{type_}: {change}" for change in breaking_changes(before, schema)]
        if before != schema:
            writing[type_] = schema
    broken += [f"{gone}: no longer said" for gone in sorted(_published_types() - catalogue().keys())]
    if broken:
        raise ContractBroken("\n".join([*broken, "Publish a new version (….v2) beside the old one instead."]))
    for type_, schema in writing.items():
        (HERE / "schemas" / f"{type_}.json").write_text(text_of(schema))
    return sorted(writing)


def _published_types() -> set[str]:
    return {path.stem for path in (HERE / "schemas").glob("*.json")}
