"""The compatibility gate: what a change to a published event would break for those who hear it."""

from typing import Any

Schema = dict[str, Any]


def breaking_changes(before: Schema, after: Schema) -> list[str]:
    """What in `after` breaks the promise of `before` (JSON Schemas of one event version); empty when nothing does.

    Allowed within a version: a new optional field, a description. Anything else needs a new version beside the old:
    a field removed or renamed, made optional or required, given another type, pattern, limit or list of codes. New
    codes break too: a listener that knows the old list would quarantine them.
    """
    return list(_compare("", before, after, before.get("$defs", {}), after.get("$defs", {})))


def _compare(at: str, before: Schema, after: Schema, old: Schema, new: Schema) -> list[str]:
    before, after = _resolve(before, old), _resolve(after, new)
    found: list[str] = []
    was, now = before.get("properties", {}), after.get("properties", {})
    required_before, required_now = set(before.get("required", ())), set(after.get("required", ()))
    for name, schema in was.items():
        here = f"{at}.{name}" if at else name
        if name not in now:
            found.append(f"{here} was removed")
            continue
        if (name in required_before) != (name in required_now):
            found.append(f"{here} was {'required' if name in required_before else 'optional'} and is not any more")
        found += _compare(here, schema, now[name], old, new)
    found += [f"{at}.{name}".lstrip(".") + " is new and required" for name in required_now - set(was)]
    for key in (before.keys() | after.keys()) - _DESCRIPTIVE - _NESTED:
        if before.get(key) != after.get(key):
            found.append(f"{at or 'the event'}: {key} changed from {before.get(key)!r} to {after.get(key)!r}")
    for key in ("items", "additionalProperties"):
        if isinstance(before.get(key), dict) or isinstance(after.get(key), dict):
            found += _compare(f"{at}[]", before.get(key) or {}, after.get(key) or {}, old, new)
    for key in ("anyOf", "prefixItems"):
        options, others = before.get(key, []), after.get(key, [])
        if len(options) != len(others):
            found.append(f"{at}: the choice of types changed")
        for option, other in zip(options, others, strict=False):
            found += _compare(at, option, other, old, new)
    return found


_DESCRIPTIVE = {"description", "title", "examples", "$defs", "$id", "$schema"}
_NESTED = {"properties", "required", "items", "additionalProperties", "anyOf", "prefixItems", "$ref"}


def _resolve(schema: Schema, definitions: Schema) -> Schema:
    if "$ref" not in schema:
        return schema
    found: Schema = definitions[schema["$ref"].rsplit("/", 1)[-1]]
    return found
