"""Who is acting, for which organisation, because of what: carried along a call and written into every event."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Provenance:
    actor: str
    """A subject id (`staff-7`, `service:triage`), never a name."""
    organisation: str
    correlation_id: str
    causation_id: str | None = None
    traceparent: str | None = None
    mark: str | None = None
    """What is being applied: `reaction:event-id` or `command:key`. The store keeps it in `heard`, with the effect."""


_current: ContextVar[Provenance | None] = ContextVar("provenance", default=None)


def provenance() -> Provenance:
    """The provenance of the present call; outside any call, an error: nothing may be written anonymously."""
    current = _current.get()
    if current is None:
        raise LookupError("nobody is acting: wrap the call in `acting(...)`")
    return current


@contextmanager
def acting(current: Provenance) -> Iterator[Provenance]:
    """Run the block in the name of `current`."""
    token = _current.set(current)
    try:
        yield current
    finally:
        _current.reset(token)
