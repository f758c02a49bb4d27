"""Traces: no exporter unless the environment names one; what leaves is an allow-list of attributes."""

import os
from collections.abc import Mapping
from importlib.util import find_spec
from typing import TYPE_CHECKING

from opentelemetry import trace
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider

SPANS_FILE = "ALLIANCE_SPANS_FILE"
OTLP_ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT"
_OTLP_PACKAGE = "opentelemetry.exporter.otlp"

_propagator = TraceContextTextMapPropagator()


def configure_traces(*, service: str, version: str, environ: Mapping[str, str] = os.environ) -> "TracerProvider | None":
    """A provider that exports to the spans file or to OTLP; None, and nothing imported, if neither is asked for."""
    file = environ.get(SPANS_FILE)
    otlp = environ.get(OTLP_ENDPOINT) and find_spec("opentelemetry.exporter") and find_spec(_OTLP_PACKAGE)
    if not file and not otlp:
        return None
    from alliance.observability.exporting import provider_for

    provider = provider_for(service=service, version=version, file=file, otlp=bool(otlp))
    trace.set_tracer_provider(provider)
    return provider


def current_traceparent(incoming: str | None = None) -> str | None:
    """The W3C `traceparent` of the present span, else the one that came in, if it is well formed."""
    carrier: dict[str, str] = {}
    _propagator.inject(carrier)
    if "traceparent" not in carrier and incoming:
        _propagator.inject(carrier, _propagator.extract({"traceparent": incoming}))
    return carrier.get("traceparent")
