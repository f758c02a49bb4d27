"""One id per request, taken from the caller where it is a UUID: it is in every log line, event and problem."""

from contextvars import ContextVar
from uuid import UUID

from alliance.kernel import new_id

HEADER = "x-correlation-id"

_current: ContextVar[str | None] = ContextVar("correlation_id", default=None)


def correlation_id() -> str:
    """The present request's id; outside any request, a new one."""
    return _current.get() or new_id()


def begin_correlation(sent: str | None) -> str:
    """Adopt what the caller sent if it is a UUID (anything else could be a name), or start a new one."""
    try:
        adopted = str(UUID(sent)) if sent else new_id()
    except ValueError:
        adopted = new_id()
    _current.set(adopted)
    return adopted
