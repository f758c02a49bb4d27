"""Who is calling: a subject of one organisation, with roles."""

import re
from dataclasses import dataclass, field

SUBJECT = re.compile(r"[A-Za-z0-9][A-Za-z0-9:._-]{0,63}")
"""Subject and organisation ids travel in events and logs, so they have room for an id only, not for a name."""


@dataclass(frozen=True, kw_only=True)
class Caller:
    subject: str
    organisation: str
    roles: frozenset[str] = frozenset()
    """As the issuer claims them; `Control` keeps those that the agreement grants."""
    issuer: str = ""
    """Who vouches for the caller: a subject means nothing without it."""
    name: str | None = field(default=None, compare=False)
    """For pages only: never logged, never in an event."""
