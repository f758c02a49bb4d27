"""JSON logs with ids and never personal data, and traces that carry neither queries nor exception texts."""

from alliance.observability.logs import ALLOWED_KEYS, begin, bind, configure_logs, log, where
from alliance.observability.traces import configure_traces, current_traceparent

__all__ = ["ALLOWED_KEYS", "begin", "bind", "configure_logs", "configure_traces", "current_traceparent", "log", "where"]
