"""One span around each event heard, joined to the trace that its producer stored with it."""

from collections.abc import Iterator
from contextlib import contextmanager

from opentelemetry import trace
from opentelemetry.trace import SpanKind
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from alliance.contracts import Envelope

_propagator = TraceContextTextMapPropagator()


def is_on() -> bool:
    """Whether somebody has configured tracing; without it no span is made at all."""
    return not isinstance(trace.get_tracer_provider(), trace.ProxyTracerProvider)


@contextmanager
def hearing_span(envelope: Envelope) -> Iterator[str | None]:
    """Yields the `traceparent` under which what follows should be recorded."""
    if not is_on():
        yield envelope.traceparent
        return
    parent = _propagator.extract({"traceparent": envelope.traceparent or ""})
    attributes = {"messaging.system": "rabbitmq", "messaging.message.id": envelope.id}
    with trace.get_tracer(__name__).start_as_current_span(
        f"hear {envelope.type}",
        context=parent,
        kind=SpanKind.CONSUMER,
        attributes=attributes,
        record_exception=False,
        set_status_on_exception=False,
    ):
        carrier: dict[str, str] = {}
        _propagator.inject(carrier)
        yield carrier.get("traceparent", envelope.traceparent)
