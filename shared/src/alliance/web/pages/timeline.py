"""What happened to somebody or something, as a page tells it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Moment:
    """`timeline(moments)` of `alliance/timeline.html` shows them newest first, in whatever order they come."""

    at: datetime
    what: str
    """A sentence fragment with a capital: "Moved in"."""
    who: str | None = None
    detail: str | None = None
    """Lines stay lines."""
    tag: str | None = None
    colour: str = "grey"
    """Of the tag."""
    href: str | None = None
    """Where more about it is."""
