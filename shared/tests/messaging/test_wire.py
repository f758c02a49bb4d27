"""The envelope survives the wire, and nothing else gets through."""

from typing import Any

import pytest

from alliance.contracts import Envelope
from alliance.messaging.wire import (
    CONTENT_TYPE,
    Unreadable,
    body_of,
    decode,
    event_headers,
    headers_of,
    user_of,
    with_heartbeat,
)

from .builders import a_concern, a_snapshot, an_envelope


@pytest.mark.parametrize("envelope", [an_envelope(), a_concern(), a_snapshot(recipient="triage")])
def test_an_envelope_comes_back_as_it_went(envelope: Envelope) -> None:
    assert decode(headers_of(envelope), body_of(envelope), CONTENT_TYPE) == envelope


def test_what_caused_it_and_its_trace_come_back_too() -> None:
    envelope = an_envelope().model_copy(update={"causationid": "cause", "traceparent": "00-trace-span-01"})
    assert decode(headers_of(envelope), body_of(envelope), CONTENT_TYPE) == envelope


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"cloudEvents_id": None}, "missing-header:id"),
        ({"cloudEvents_id": "not-a-uuid"}, "invalid-envelope:id"),
        ({"cloudEvents_sequence": 0}, "invalid-envelope:sequence"),
        ({"cloudEvents_time": "2026-11-02T09:00:00"}, "invalid-envelope:time"),
        ({"cloudEvents_time": "0001-01-01T00:00:00Z"}, "invalid-envelope:time"),
        ({"cloudEvents_time": "9999-12-31T23:59:59-14:00"}, "invalid-envelope:time"),
        ({"cloudEvents_subject": "x" * 1001}, "header-too-long"),
        ({"cloudEvents_organisation": "Zaphod Madeup"}, "invalid-envelope:organisation"),
    ],
)
def test_a_wrong_attribute_is_named_and_never_quoted(changed: dict[str, Any], reason: str) -> None:
    envelope = an_envelope()
    headers = {name: value for name, value in (headers_of(envelope) | changed).items() if value is not None}
    with pytest.raises(Unreadable) as caught:
        decode(headers, body_of(envelope), CONTENT_TYPE)
    assert caught.value.reason == reason


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[]", b'"text"', b"null"])
def test_a_body_that_is_not_an_object_is_refused(body: bytes) -> None:
    with pytest.raises(Unreadable):
        decode(headers_of(an_envelope()), body, CONTENT_TYPE)


def test_a_copy_carries_only_the_events_own_headers_and_fits_into_a_frame() -> None:
    steering = {"CC": ["urgent"], "BCC": ["x"], "x-death": [{}], "reaction": "y", "cloudEvents_other": "z"}
    headers = headers_of(an_envelope())
    assert event_headers(headers | steering) == headers
    assert len(event_headers(headers | {"cloudEvents_subject": "x" * 100_000})["cloudEvents_subject"]) == 1000


def test_urls_tell_the_user_and_get_a_heartbeat() -> None:
    assert user_of("amqp://intake.b:secret@host/v") == "intake.b"
    assert with_heartbeat("amqp://a@h/v") == "amqp://a@h/v?heartbeat=10"
    assert with_heartbeat("amqp://a@h/v?heartbeat=5") == "amqp://a@h/v?heartbeat=5"
