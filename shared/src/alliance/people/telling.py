"""An aggregate in words that the person it is about can read: titled sections of labels and values."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any

from alliance.kernel import Aggregate


@dataclass(frozen=True, kw_only=True)
class Row:
    """`about_others`: tells of somebody else, so a human looks before it is released."""

    label: str
    value: str
    about_others: bool = False


@dataclass(frozen=True, kw_only=True)
class Section:
    title: str
    rows: tuple[Row, ...]


def tell(
    title: str,
    thing: Any,
    *,
    leave_out: Sequence[str] = (),
    others: Sequence[str] = (),
    labels: Mapping[str, str] | None = None,
) -> Section:
    """All that `thing` holds, field by field, so that a field added tomorrow is told as well.

    `leave_out` names fields that are no information about the person (what a queue sorts by); `others` names, at any
    depth, those that may tell of somebody else. `labels` replaces the name of a field where that is not plain.
    """
    reader = _Reader(frozenset(leave_out), frozenset(others), labels or {})
    return Section(title=title, rows=tuple(reader.rows(thing)))


@dataclass(frozen=True)
class _Reader:
    leave_out: frozenset[str]
    others: frozenset[str]
    labels: Mapping[str, str]

    def rows(self, thing: Any, before: str = "", about_others: bool = False) -> Iterator[Row]:
        for field in fields(thing):
            is_own = isinstance(thing, Aggregate) and field.name in ("id", "_facts")
            if is_own or field.name in self.leave_out:
                continue
            label = self.labels.get(field.name, field.name.removesuffix("_id").replace("_", " "))
            value = getattr(thing, field.name)
            yield from self._of(value, f"{before}{label}", about_others or field.name in self.others)

    def _of(self, value: Any, label: str, about_others: bool) -> Iterator[Row]:
        if value is None or value == "" or value is False:
            return
        if is_dataclass(value) and not isinstance(value, type):
            yield from self.rows(value, f"{label}: ", about_others)
        elif isinstance(value, Mapping):
            for key, each in value.items():
                yield from self._of(each, f"{label} {self.labels.get(str(key), key)}", about_others)
        elif isinstance(value, list | tuple | set | frozenset):
            yield from self._of_several(list(value), label, about_others)
        else:
            yield Row(label=label[:1].upper() + label[1:], value=_text(value), about_others=about_others)

    def _of_several(self, values: list[Any], label: str, about_others: bool) -> Iterator[Row]:
        plain = [each for each in values if not is_dataclass(each) and not isinstance(each, list | tuple | Mapping)]
        if len(plain) == len(values):
            yield from self._of(", ".join(map(_text, values)), label, about_others)
            return
        for place, each in enumerate(values, 1):
            yield from self._of(each, f"{label} {place}", about_others)


def _text(value: Any) -> str:
    match value:
        case Enum():
            return str(value.value)
        case datetime():
            return value.strftime("%-d %B %Y, %H:%M %Z")
        case date():
            return value.strftime("%-d %B %Y")
        case timedelta():
            return f"{value.total_seconds() / 3600:g} hours"
        case True:
            return "yes"
        case _:
            return str(value)
