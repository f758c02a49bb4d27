"""The envelope on the wire: CloudEvents 1.0 binary mode, attributes in AMQP headers, the data as a JSON body."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from aiormq import spec
from pydantic import ValidationError
from pydantic_core import from_json, to_json

from alliance.contracts import Envelope
from alliance.kernel import to_text

CONTENT_TYPE = "application/json"
PREFIX = "cloudEvents_"
_REQUIRED = ("id", "source", "type", "subject", "time", "sequence", "partitionkey", "correlationid", "actor")
_OPTIONAL = ("causationid", "traceparent", "recipient")
_ATTRIBUTES = (*_REQUIRED, "organisation", *_OPTIONAL)
_KEPT = tuple(PREFIX + name for name in (*_ATTRIBUTES, "specversion", "dataschema"))
LONGEST = 1_000
"""Characters in one attribute: all of them together, and what we add, must fit into one AMQP frame."""


FIRST_YEAR, LAST_YEAR = 2000, 9000
"""Instants outside cannot be reckoned with: a minute before the first year there is no date at all."""


class Unreadable(Exception):
    """A message that is not an event of ours; `reason` is a code without any of its content."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def headers_of(envelope: Envelope) -> dict[str, Any]:
    """The attributes of `envelope` as AMQP headers."""
    headers: dict[str, Any] = {
        "cloudEvents_specversion": "1.0",
        "cloudEvents_id": envelope.id,
        "cloudEvents_source": envelope.source,
        "cloudEvents_type": envelope.type,
        "cloudEvents_subject": envelope.subject,
        "cloudEvents_time": to_text(envelope.time),
        "cloudEvents_dataschema": envelope.dataschema,
        "cloudEvents_sequence": envelope.sequence,
        "cloudEvents_partitionkey": envelope.partitionkey,
        "cloudEvents_correlationid": envelope.correlationid,
        "cloudEvents_actor": envelope.actor,
        "cloudEvents_organisation": envelope.organisation,
    }
    if envelope.causationid is not None:
        headers["cloudEvents_causationid"] = envelope.causationid
    if envelope.traceparent is not None:
        headers["cloudEvents_traceparent"] = envelope.traceparent
    if envelope.recipient is not None:
        headers["cloudEvents_recipient"] = envelope.recipient
    return headers


def body_of(envelope: Envelope) -> bytes:
    """The data as JSON."""
    return to_json(envelope.data)


def properties(message_id: str, user: str, headers: dict[str, Any]) -> spec.Basic.Properties:
    """Persistent JSON, said by `user` (which the broker verifies)."""
    return spec.Basic.Properties(
        content_type=CONTENT_TYPE, delivery_mode=2, message_id=message_id, user_id=user, headers=headers
    )


def event_headers(headers: Mapping[str, Any]) -> dict[str, Any]:
    """Only the event's own attributes: never `CC`, `BCC` or anything else by which a stranger could steer a copy.

    Cut to what we would have accepted, so that no message is too large to be put aside.
    """
    kept = {name: headers[name] for name in _KEPT if name in headers}
    return {name: value if isinstance(value, int) else str(value)[:LONGEST] for name, value in kept.items()}


def decode(headers: Mapping[str, Any], body: bytes, content_type: str | None) -> Envelope:
    """The envelope of a message. Raises `Unreadable`; the data itself is not checked against its contract here."""
    if content_type != CONTENT_TYPE:
        raise Unreadable("not-json")
    attributes = {name: headers[key] for name in _ATTRIBUTES if (key := PREFIX + name) in headers}
    for name in _REQUIRED:
        if name not in attributes:
            raise Unreadable(f"missing-header:{name}")
    if any(isinstance(value, str) and len(value) > LONGEST for value in attributes.values()):
        raise Unreadable("header-too-long")
    try:
        attributes["data"] = from_json(body)
    except ValueError:
        raise Unreadable("not-json") from None
    try:
        envelope = Envelope.model_validate(attributes)
    except ValidationError as error:
        raise Unreadable(f"invalid-envelope:{first_field(error)}") from None
    if not FIRST_YEAR <= envelope.time.year <= LAST_YEAR:
        raise Unreadable("invalid-envelope:time")
    return envelope


def first_field(error: ValidationError) -> str:
    """Where the first mistake is: names of fields and positions, never values."""
    return ".".join(str(part) for part in error.errors(include_url=False, include_input=False)[0]["loc"])


def user_of(amqp_url: str) -> str:
    """The broker user that an AMQP URL signs in as."""
    return unquote(urlsplit(amqp_url).username or "guest")


def with_heartbeat(amqp_url: str, seconds: int = 10) -> str:
    """The URL with a heartbeat short enough to notice a silent connection within a minute."""
    if "heartbeat=" in amqp_url:
        return amqp_url
    return f"{amqp_url}{'&' if '?' in amqp_url else '?'}heartbeat={seconds}"
