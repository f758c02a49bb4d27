"""What filters and changes of the short list mean, for the store in memory; anything else is refused."""

import operator
from collections.abc import Callable, Mapping
from typing import Any

from alliance.store.protocols import Change, Document, Filter

_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "$gt": operator.gt,
    "$gte": operator.ge,
    "$lt": operator.lt,
    "$lte": operator.le,
}


def value_at(document: Mapping[str, Any], path: str) -> Any:
    """The value at a dotted path, None if there is none."""
    value: Any = document
    for part in path.split("."):
        if not isinstance(value, Mapping):
            return None
        value = value.get(part)
    return value


def matches(document: Document, where: Filter) -> bool:
    return all(_holds(value_at(document, path), wanted) for path, wanted in where.items())


def _holds(value: Any, wanted: Any) -> bool:
    if not isinstance(wanted, Mapping):
        return _alike(value, wanted) and bool(value == wanted)
    return all(_compares(value, name, bound) for name, bound in wanted.items())


def _compares(value: Any, name: str, bound: Any) -> bool:
    if name == "$in":
        return any(_holds(value, each) for each in bound)
    return _alike(value, bound) and _COMPARISONS[name](value, bound)


def _alike(value: Any, other: Any) -> bool:
    """Servers compare numbers with numbers and text with text, and never one with the other."""
    return _kind(value) is _kind(other)


def _kind(value: Any) -> type:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float
    return type(value)


def apply(document: Document, change: Change) -> None:
    """Change `document` in place."""
    for name, fields in change.items():
        for path, value in fields.items():
            *parents, field = path.split(".")
            owner: Any = document
            for parent in parents:
                owner = owner.get(parent, {}) if name in ("$unset", "$pull") else owner.setdefault(parent, {})
            _CHANGES[name](owner, field, value)


def _set(owner: Document, field: str, value: Any) -> None:
    owner[field] = value


def _unset(owner: Document, field: str, _: Any) -> None:
    owner.pop(field, None)


def _increase(owner: Document, field: str, value: int) -> None:
    owner[field] = owner.get(field, 0) + value


def _push(owner: Document, field: str, value: Any) -> None:
    owner.setdefault(field, []).extend(value["$each"])


def _pull(owner: Document, field: str, value: Any) -> None:
    if field in owner:
        owner[field] = [each for each in owner[field] if each != value]


_CHANGES: dict[str, Callable[[Document, str, Any], None]] = {
    "$set": _set,
    "$unset": _unset,
    "$inc": _increase,
    "$push": _push,
    "$pull": _pull,
}
