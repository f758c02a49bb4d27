"""What Open Referral (HSDS 3.0, and the UK profile of it) says is wrong with an answer of the directory."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema_rs import Draft202012Validator

HERE = Path(__file__).parent
BEYOND = {
    "service": {"capacities"},
    "organization": {"services"},
    "service_at_location": {"service"},
    "service_area": {"service_area"},
    "accessibility": {"accessibility"},
    "taxonomy_term": {"term"},
}
"""What HSDS 3.0's plain schemas do not have: nested as its compiled ones nest, of the UK profile, or of HSDS 3.1."""


def _patched(target: Any, patch: Any) -> Any:
    """RFC 7396."""
    if not isinstance(patch, dict):
        return patch
    found = dict(target) if isinstance(target, dict) else {}
    for key, value in patch.items():
        if value is None:
            found.pop(key, None)
        else:
            found[key] = _patched(found.get(key), value)
    return found


@cache
def schemas(*, uk: bool) -> dict[str, Any]:
    text = (HERE / "hsds-3.0.json").read_text(encoding="utf-8").replace('"$ref": "', '"$ref": "#/$defs/')
    plain: dict[str, Any] = json.loads(text)
    if not uk:
        return plain
    patches = (HERE / "oruk-3.0-profile.json").read_text(encoding="utf-8").replace('"$ref": "', '"$ref": "#/$defs/')
    found: dict[str, Any] = _patched(plain, json.loads(patches))
    return found


def wrong_with(name: str, answer: Any, *, uk: bool = False) -> list[str]:
    """Where `answer` is no `name` (`service`), and why."""
    every = schemas(uk=uk)
    validator = Draft202012Validator({"$defs": every, "$ref": f"#/$defs/{name}.json"}, validate_formats=True)
    return [f"{name}: {each.instance_path}: {each.message}" for each in validator.iter_errors(answer)]


def unknown_to(name: str, answer: Any) -> Iterator[str]:
    """Fields by which no harvester that follows HSDS 3.0 would know what to do."""
    properties = schemas(uk=False)[f"{name}.json"]["properties"]
    for key, value in answer.items():
        if key not in properties:
            if key not in BEYOND.get(name, ()):
                yield f"{name}.{key}"
            continue
        inner = properties[key].get("$ref") or properties[key].get("items", {}).get("$ref")
        for each in value if isinstance(value, list) else [value]:
            if inner:
                yield from unknown_to(inner.removeprefix("#/$defs/").removesuffix(".json"), each)
