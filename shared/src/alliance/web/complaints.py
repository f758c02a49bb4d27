"""Turns validation errors into plain sentences by field; what was sent is not repeated, it may be personal."""

from collections.abc import Mapping, Sequence
from typing import Any, LiteralString

from pydantic import BaseModel, ConfigDict
from pydantic_core import PydanticCustomError

PLAIN = "plain"
"""Error type of our own field types: their message is already a sentence."""

SENTENCES = {
    "missing": "This is needed.",
    "extra_forbidden": "There is no such field.",
    "string_type": "This must be text.",
    "string_unicode": "This has characters that are not text.",
    "string_too_short": "This must have at least {min_length} characters.",
    "string_too_long": "This must have at most {max_length} characters.",
    "string_pattern_mismatch": "This is not in the expected form.",
    "int_type": "This must be a whole number.",
    "int_parsing": "This must be a whole number.",
    "int_from_float": "This must be a whole number.",
    "float_type": "This must be a number.",
    "finite_number": "This must be a number.",
    "bool_type": "This must be true or false.",
    "bool_parsing": "This must be true or false.",
    "date_type": "This must be a date, written as 2026-11-02.",
    "date_parsing": "There is no such date. Write it as 2026-11-02.",
    "date_from_datetime_parsing": "There is no such date. Write it as 2026-11-02.",
    "date_from_datetime_inexact": "This must be a date without a time, written as 2026-11-02.",
    "date_past": "This must be a date in the past.",
    "date_future": "This must be a date in the future.",
    "datetime_type": "This must be a date and time, written as 2026-11-02T09:00:00Z.",
    "datetime_parsing": "There is no such date and time. Write it as 2026-11-02T09:00:00Z.",
    "datetime_from_date_parsing": "There is no such date and time. Write it as 2026-11-02T09:00:00Z.",
    "timezone_aware": "This needs a time zone, as in 2026-11-02T09:00:00Z.",
    "enum": "This must be one of: {expected}.",
    "literal_error": "This must be one of: {expected}.",
    "greater_than": "This must be more than {gt}.",
    "greater_than_equal": "This must be at least {ge}.",
    "less_than": "This must be less than {lt}.",
    "less_than_equal": "This must be at most {le}.",
    "list_type": "This must be a list.",
    "set_type": "This must be a list.",
    "tuple_type": "This must be a list.",
    "too_long": "There must be at most {max_length} of these.",
    "too_short": "There must be at least {min_length} of these.",
    "model_type": "This must be an object with named fields.",
    "model_attributes_type": "This must be an object with named fields.",
    "dict_type": "This must be an object with named fields.",
    "uuid_type": "This must be an id (a UUID).",
    "uuid_parsing": "This must be an id (a UUID).",
    "none_required": "This must be left out.",
    "union_tag_invalid": "This is not one of the kinds that are known here.",
    "union_tag_not_found": "This needs to say which kind it is.",
}
OTHERWISE = "This is not right."


def refuse(why: LiteralString) -> PydanticCustomError:
    """An error to raise in a validator of a body; `why` is a sentence for a person and must not quote the input."""
    return PydanticCustomError(PLAIN, why)


class FieldProblem(BaseModel):
    model_config = ConfigDict(extra="forbid")

    field: str
    """Dotted path in what was sent: `contact.phone`, `needs.0`; the header's or parameter's name; "" for the whole."""
    why: str


def complaints(errors: Sequence[Mapping[str, Any]]) -> list[FieldProblem]:
    """Pydantic's errors as fields and sentences, without repeats, in the order in which they were found."""
    found = {(_field(error["loc"]), _why(error)): None for error in errors}
    return [FieldProblem(field=field, why=why) for field, why in found]


def _field(place: Sequence[Any]) -> str:
    return ".".join(str(part)[:64] for part in place[1:])


def _why(error: Mapping[str, Any]) -> str:
    kind, context = str(error["type"]), error.get("ctx") or {}
    if kind == PLAIN:
        return str(error["msg"])
    if kind == "string_too_short" and context.get("min_length") == 1:
        return "This must not be empty."
    if kind == "value_error":
        return _unless_it_echoes(str(error["msg"]).removeprefix("Value error, "), error.get("input"))
    try:
        return SENTENCES.get(kind, OTHERWISE).format(**context)
    except KeyError:
        return OTHERWISE


def _unless_it_echoes(sentence: str, sent: Any) -> str:
    """A validator's own sentence, except where it quotes the input."""
    return OTHERWISE if any(leaf in sentence for leaf in _leaves(sent)) else sentence


def _leaves(sent: Any) -> list[str]:
    if isinstance(sent, Mapping):
        return [leaf for value in sent.values() for leaf in _leaves(value)]
    if isinstance(sent, (list, tuple)):
        return [leaf for value in sent for leaf in _leaves(value)]
    return [str(sent)] if sent is not None and not isinstance(sent, bool) and len(str(sent)) > 2 else []
