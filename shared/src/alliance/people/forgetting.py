"""Taking out of an aggregate all that somebody wrote in words; codes, dates, numbers and ids stay."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

from alliance.kernel import Aggregate

_ID = re.compile(r"^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$")
_KEPT = re.compile(r"(^|_)(id|by|code|codes|kind|sequence)$")
"""Names of fields that hold ids of things and of staff, and codes."""


def wordless(*keep: str) -> Callable[[Aggregate], None]:
    """A verb that blanks every text at any depth, but for ids, codes, and the fields named in `keep`.

    So a text that is added to a class tomorrow is forgotten too, and what shall stay has to be named.
    """
    kept = frozenset(keep)

    def forget(aggregate: Aggregate) -> None:
        for field in fields(aggregate):
            if field.name != "_facts" and not keeps(field.name, kept):
                setattr(aggregate, field.name, _without_words(getattr(aggregate, field.name), kept))

    return forget


def keeps(name: str, kept: Iterable[str] = ()) -> bool:
    """Whether the text of a field by this name stays."""
    return name in kept or _KEPT.search(name) is not None


def _without_words(value: Any, kept: frozenset[str]) -> Any:
    if isinstance(value, Enum) or (isinstance(value, str) and _ID.match(value)):
        return value
    if isinstance(value, str):
        return ""
    if is_dataclass(value) and not isinstance(value, type):
        changed = {
            field.name: _without_words(getattr(value, field.name), kept)
            for field in fields(value)
            if not keeps(field.name, kept)
        }
        return replace(value, **changed)
    if isinstance(value, Mapping):
        return {key: _without_words(each, kept) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_without_words(each, kept) for each in value)
    return value
