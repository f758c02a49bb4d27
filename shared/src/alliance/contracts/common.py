"""What several publishers say alike, each as an event of its own: the fields, written once."""

from pydantic import BaseModel, ConfigDict, Field

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


class Forgotten(Event):
    """Nothing that tells who an erased person is, is left at the publisher; codes, dates and money stay."""

    person_id: Id
    request_id: Id
    at: WireInstant


class RecordRow(BaseModel):
    """One thing that is held of a person, in words. `about_others`: it may tell of somebody else."""

    model_config = ConfigDict(frozen=True, extra="ignore", from_attributes=True)

    label: str = Field(max_length=200)
    value: str = Field(max_length=20_000)
    about_others: bool = False


class RecordSection(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", from_attributes=True)

    title: str = Field(max_length=200)
    rows: tuple[RecordRow, ...]


class Gathered(Event):
    """All that the publisher holds of a person, for a copy of their record (UK GDPR Art 15); large ones in parts."""

    request_id: Id
    person_id: Id
    part: int = Field(ge=1)
    of: int = Field(ge=1)
    sections: tuple[RecordSection, ...] = ()
    gathered_at: WireInstant
