"""Text in the one form that every server compares as text.

The embedded server takes text that begins like a date for a date: it compares whole seconds only and looks at every
document. So what is searched for begins with a sign of its own, and never with a digit.
"""

import re
from datetime import date, datetime
from enum import Enum

from alliance.kernel import to_text

DATE_LIKE = re.compile(r"\s*(\d{4}|\d{2})[-/]\d{2}[-/]\d{2}")


def as_moment(instant: datetime) -> str:
    """`@2026-11-02T09:00:00.000000Z`: how `outbox_at`, `due_at` and the like are kept; text order is time order."""
    return f"@{to_text(instant)}"


def as_key(value: object) -> str:
    """`=open:1`: how keys are kept."""
    match value:
        case Enum():
            return f"={value.value}"
        case datetime():
            return f"={to_text(value)}"
        case date():
            return f"={value.isoformat()}"
        case str() | int():
            return f"={value}"
        case _:
            raise TypeError(f"a key is text or None, not {type(value).__name__}")


def from_key(key: str) -> str:
    """The text that `as_key` kept."""
    return key[1:]
