"""Filters and changes that mean the same on every server; all stores alike refuse others before they are sent.

Found on the embedded server: sub-documents that are pushed come back as text, lone booleans that are set or pushed as
numbers, lone datetimes as text; a putting upsert takes a dotted path of `$inc` or `$push` for a field name;
text that begins like a date is compared as a date (see `scalars`); `$in` uses no index but that of `_id`;
a range over `_id` looks at every document.
"""

from collections.abc import Mapping
from typing import Any

from alliance.store.protocols import Change, Filter
from alliance.store.scalars import DATE_LIKE

_OPERATORS = frozenset({"$set", "$unset", "$inc", "$push", "$pull"})
_COMPARISONS = frozenset({"$eq", "$gt", "$gte", "$lt", "$lte"})
_OF_IDS = frozenset({"$eq", "$in"})
_SETTABLE = (str, int, float, dict, list, type(None))
_LISTABLE = (str, int, float)


def check_change(change: Change, *, upsert: bool = False) -> None:
    """Raises `ValueError` for a change outside the short list of operations."""
    for operator, fields in change.items():
        if operator not in _OPERATORS:
            raise ValueError(f"{operator} is not on the short list")
        for path, value in fields.items():
            if not _means_the_same(operator, value):
                raise ValueError(f"{operator} of {path}: a value of this kind does not mean the same everywhere")
            if upsert and "." in path and operator != "$set":
                raise ValueError(f"{operator} of {path}: an upsert names whole fields")


def check_filter(where: Filter) -> None:
    """Raises `ValueError` for a filter outside the short list of operations."""
    for path, wanted in where.items():
        if path.startswith("$"):
            raise ValueError(f"{path} is not on the short list")
        terms = wanted if isinstance(wanted, Mapping) else {"$eq": wanted}
        for operator, value in terms.items():
            if operator not in (_OF_IDS if path == "_id" else _COMPARISONS):
                raise ValueError(f"{operator} of {path} is not on the short list")
            if path != "_id" and isinstance(value, str) and DATE_LIKE.match(value):
                raise ValueError(f"{path}: text that begins like a date is not compared as text everywhere")


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
