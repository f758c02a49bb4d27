"""Facts that an aggregate recorded, as entries for its outbox."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from alliance.contracts import Envelope
from alliance.contracts.saying import Spoken
from alliance.kernel import Provenance, new_id
from alliance.store.protocols import Document
from alliance.store.scalars import as_moment


@dataclass(frozen=True, slots=True)
class Recorded:
    envelopes: list[Envelope]
    outbox: dict[str, Document]
    sequence: int
    at: str
    urgent: bool


def record(spoken: Sequence[Spoken], by: Provenance, *, service: str, after: int, at: datetime) -> Recorded:
    """Number the events from `after` + 1 and sign them with who acts, and because of what."""
    envelopes = [
        Envelope(
            id=new_id(),
            source=f"/alliance/{service}",
            type=each.event.type,
            subject=each.event.subject,
            time=at,
            sequence=sequence,
            partitionkey=each.event.partition_key,
            correlationid=by.correlation_id,
            causationid=by.causation_id,
            actor=by.actor,
            organisation=by.organisation,
            traceparent=by.traceparent,
            recipient=each.recipient,
            data=each.event.model_dump(mode="json"),
        )
        for sequence, each in enumerate(spoken, after + 1)
    ]
    if foreign := [envelope.type for envelope in envelopes if envelope.publisher != service]:
        raise ValueError(f"{service} cannot say {foreign[0]}")
    return Recorded(
        envelopes=envelopes,
        outbox={envelope.id: envelope.model_dump(mode="json") for envelope in envelopes},
        sequence=after + len(envelopes),
        at=as_moment(at),
        urgent=any(each.event.lane == "urgent" for each in spoken),
    )
