"""Span exporters behind a filter. Loads the OpenTelemetry SDK, so it is imported only where something is exported."""

import json
from collections.abc import Sequence
from pathlib import Path

from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SimpleSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.trace import Status

SAFE_ATTRIBUTES = frozenset(
    {
        "error.type",
        "http.request.method",
        "http.response.status_code",
        "http.route",
        "server.port",
        "network.protocol.version",
    }
)
SAFE_PREFIXES = ("messaging.", "alliance.")
"""Never `url.query` or `url.path`, in which a caller may have put anything, nor `client.address`, nor `user_agent`."""


def provider_for(*, service: str, version: str, file: str | None, otlp: bool) -> TracerProvider:
    """A tracer provider with an exporter for each thing asked for, every one behind the filter."""
    resource = Resource({"service.name": service, "service.version": version})
    provider = TracerProvider(resource=resource)
    if file:
        provider.add_span_processor(SimpleSpanProcessor(Filtered(LinesFile(Path(file)))))
    if otlp:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import (  # type: ignore[import-not-found]
            OTLPSpanExporter,
        )

        provider.add_span_processor(BatchSpanProcessor(Filtered(OTLPSpanExporter())))
    return provider


class Filtered(SpanExporter):
    """Passes spans on without anything that could be personal: safe attributes only, no events, no descriptions."""

    def __init__(self, inner: SpanExporter) -> None:
        self._inner = inner

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        return self._inner.export([_safe(span) for span in spans])

    def shutdown(self) -> None:
        self._inner.shutdown()

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        return self._inner.force_flush(timeout_millis)


class LinesFile(SpanExporter):
    """One JSON object per span, appended to a file: for tests and for looking at."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        with self._path.open("a", encoding="utf-8") as lines:
            lines.writelines(json.dumps(json.loads(span.to_json(indent=None))) + "\n" for span in spans)
        return SpanExportResult.SUCCESS


def _safe(span: ReadableSpan) -> ReadableSpan:
    return ReadableSpan(
        name=span.name,
        context=span.get_span_context(),
        parent=span.parent,
        resource=span.resource,
        attributes={key: value for key, value in (span.attributes or {}).items() if _may_leave(key)},
        links=span.links,
        kind=span.kind,
        instrumentation_scope=span.instrumentation_scope,
        status=Status(span.status.status_code),
        start_time=span.start_time,
        end_time=span.end_time,
    )


def _may_leave(key: str) -> bool:
    return key in SAFE_ATTRIBUTES or key.startswith(SAFE_PREFIXES)
