"""JSON lines on standard output. Only allow-listed keys are written, and of an exception only its type and place."""

import logging
import re
import sys
import traceback
from collections.abc import Iterable, Mapping, MutableMapping
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

from opentelemetry import trace

from alliance.observability.lean import structlog

ALLOWED_KEYS = frozenset(
    """
    timestamp level event logger service organisation actor correlation_id causation_id trace_id span_id
    event_id event_type type lane queue exchange stream subject aggregate_id collection id mark name reaction
    attempt attempts outcome refusal reason code error caused_by where
    method route status milliseconds seconds
    count size batch version sequence offset oldest_seconds lag pending port host pid exit_code state
    check checks stack what
    environment holder member purpose waiting rung redelivered hears says
    """.split()  # noqa: SIM905 - a table is easier to read than thirty quoted words
)
"""Names of what may be written. Values under them are ids, codes and numbers by convention; free text has no key."""

MESSAGES_OF = ("alliance", "uvicorn")
"""Loggers whose message templates are constants; other libraries may format data into theirs (asyncio does)."""

LONGEST_VALUE = 200
DEEPEST_STACK = 12

_FRAME = re.compile(r'File "([^"\n]{1,200}", line \d{1,6}, in [\w<>]{1,80})$', re.MULTILINE)
"""The places in a traceback that came as text: uvicorn reports a failed start that way, with the exception's words."""

EventDict = MutableMapping[str, Any]
ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]

log: structlog.typing.FilteringBoundLogger = structlog.get_logger("alliance")


def begin(**ids: str) -> None:
    """Start a call: forget the ids of the one before and put these into every log line."""
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(**ids)


def bind(**ids: str | None) -> None:
    """Put ids into every further log line of the present call."""
    structlog.contextvars.bind_contextvars(**{key: value for key, value in ids.items() if value is not None})


def configure_logs(
    *, service: str, organisation: str, level: str = "INFO", stream: TextIO | None = None, allow: Iterable[str] = ()
) -> None:
    """Send structlog's and the standard library's lines through one chain to `stream` (standard output)."""
    chain = _chain({"service": service, "organisation": organisation}, ALLOWED_KEYS | set(allow))
    output = stream or sys.stdout
    structlog.configure(
        processors=chain,
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(file=output),
        cache_logger_on_first_use=False,
    )
    lines = logging.StreamHandler(output)
    lines.setFormatter(_Foreign(chain))
    root = logging.getLogger()
    root.handlers[:] = [lines]
    root.setLevel(logging.WARNING)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = name != "uvicorn.access"
    for name in MESSAGES_OF:
        logging.getLogger(name).setLevel(level)


def where(error: BaseException) -> list[str]:
    """The innermost frames as `file:line function`, without source lines, since those could hold data."""
    frames = traceback.extract_tb(error.__traceback__)[-DEEPEST_STACK:]
    return [f"{'/'.join(Path(frame.filename).parts[-3:])}:{frame.lineno} {frame.name}" for frame in frames]


def _chain(always: Mapping[str, str], allowed: frozenset[str]) -> list[structlog.typing.Processor]:
    def keep_allowed(_: Any, __: str, found: EventDict) -> EventDict:
        return {key: _value(value) for key, value in {**found, **always}.items() if key in allowed}

    return [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _with_trace,
        _without_exception_text,
        keep_allowed,
        structlog.processors.JSONRenderer(sort_keys=True),
    ]


def _with_trace(_: Any, __: str, found: EventDict) -> EventDict:
    context = trace.get_current_span().get_span_context()
    if context.is_valid:
        found["trace_id"], found["span_id"] = f"{context.trace_id:032x}", f"{context.span_id:016x}"
    return found


def _without_exception_text(_: Any, __: str, found: EventDict) -> EventDict:
    error = _exception(found.pop("exc_info", None))
    if isinstance(found.get("error"), BaseException):
        error = found["error"]
    if error is not None:
        found["error"], found["where"] = _type_name(error), where(error)
        if cause := error.__cause__ or error.__context__:
            found["caused_by"] = _type_name(cause)
    return found


def _exception(exc_info: Any) -> BaseException | None:
    if isinstance(exc_info, BaseException):
        return exc_info
    if isinstance(exc_info, tuple):
        return exc_info[1] if isinstance(exc_info[1], BaseException) else None
    return sys.exc_info()[1] if exc_info else None


def _type_name(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"


def _value(value: Any) -> Any:
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_value(each) for each in list(value)[:50]]
    if isinstance(value, BaseException):
        return _type_name(value)
    if isinstance(value, Mapping):
        return {str(key)[:60]: _value(each) for key, each in list(value.items())[:50]}
    return str(value)[:LONGEST_VALUE]


class _Foreign(logging.Formatter):
    """Lines of the standard library's loggers: the template without its arguments, and only where it is a constant."""

    def __init__(self, chain: list[structlog.typing.Processor]) -> None:
        super().__init__()
        self._chain = chain

    def format(self, record: logging.LogRecord) -> str:
        message = record.msg.strip() if isinstance(record.msg, str) else ""
        trusted = record.name.split(".")[0] in MESSAGES_OF and message and "\n" not in message
        found: Any = {key: value for key, value in record.__dict__.items() if key in ALLOWED_KEYS and key != "name"}
        found |= {"event": message if trusted else "library-message", "logger": record.name}
        found["where"] = _FRAME.findall(message) or [f"{record.module}:{record.lineno} {record.funcName}"]
        if record.exc_info:
            found["exc_info"] = record.exc_info
        for process in self._chain:
            found = process(None, record.levelname.lower(), found)
        return str(found)
