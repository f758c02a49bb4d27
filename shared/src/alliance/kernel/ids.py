"""Identifiers: time-ordered for new things, derived for things that a repeat must name alike."""

import secrets
import time
from uuid import UUID, uuid5

_ALLIANCE = UUID("8c5f9a52-6f0b-5d6e-9f7e-0c1b6f3a4e21")


def new_id() -> str:
    """A UUIDv7 (RFC 9562): 48 bits of Unix milliseconds, then random, so that ids sort by creation."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & (1 << 48) - 1) << 80 | 0x7 << 76 | secrets.randbits(12) << 64 | 0b10 << 62
    return str(UUID(int=value | secrets.randbits(62)))


def derived_id(*parts: str) -> str:
    """The same id for the same parts, everywhere and always: `derived_id("triage", "case", introduction_id, "1")`."""
    return str(uuid5(_ALLIANCE, "\x1f".join(parts)))
