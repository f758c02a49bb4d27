"""What several publishers say alike, each as an event of its own: the fields, written once."""

from pydantic import Field

from alliance.contracts.codes import GlassReason
from alliance.contracts.event import Code, Event, Hash, Id, Subject, WireInstant


class Anchored(Event):
    """How far the publisher's audit trail had got: kept in its log at the broker, which it cannot cut."""

    chain_id: Id
    sequence: int = Field(ge=1, description="of the newest entry in the trail")
    hash: Hash = Field(description="of that entry: SHA-256 over its canonical JSON (RFC 8785)")
    at: WireInstant


class Glass(Event):
    """Somebody opened records that their work alone would not open to them, for a reason they gave and for a time."""

    person_id: Id
    record: Code = Field(description="the kind of record from which they came")
    reason_code: GlassReason
    opened_by: Subject = Field(description="a subject id, never a name")
    opened_by_organisation: Code
    at: WireInstant
    until: WireInstant
