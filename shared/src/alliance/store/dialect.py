"""The changes that mean the same on every server; others are refused before they are sent, by all stores alike.

Found on the embedded server: sub-documents that are pushed come back as text, lone booleans that are set or pushed come
back as numbers, lone datetimes come back as text, and an upsert that puts a document takes a dotted path of `$inc` or
`$push` for a field name.
"""

from typing import Any

from alliance.store.protocols import Change

_OPERATORS = frozenset({"$set", "$unset", "$inc", "$push", "$pull"})
_SETTABLE = (str, int, float, dict, list, type(None))
_LISTABLE = (str, int, float)


def check(change: Change, *, upsert: bool = False) -> None:
    """Raises `ValueError` for a change outside the short list of operations."""
    for operator, fields in change.items():
        if operator not in _OPERATORS:
            raise ValueError(f"{operator} is not on the short list")
        for path, value in fields.items():
            if not _means_the_same(operator, value):
                raise ValueError(f"{operator} of {path}: a value of this kind does not mean the same everywhere")
            if upsert and "." in path and operator != "$set":
                raise ValueError(f"{operator} of {path}: an upsert names whole fields")


def _means_the_same(operator: str, value: Any) -> bool:
    match operator:
        case "$set":
            return isinstance(value, _SETTABLE) and not isinstance(value, bool)
        case "$push":
            return isinstance(value, dict) and value.keys() == {"$each"} and all(map(_listable, value["$each"]))
        case "$pull":
            return _listable(value)
        case _:
            return True


def _listable(value: Any) -> bool:
    return isinstance(value, _LISTABLE) and not isinstance(value, bool)
