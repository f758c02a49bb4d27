"""Every service without broker and server, what the front door may tell it of a person, and all that it keeps."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

from pydantic import SecretStr

from alliance.contracts import Envelope, Event, intake
from alliance.contracts.codes import SharingBasis
from alliance.kernel import FixedClock, derived_id, new_id
from alliance.messaging import Applied, Hears, apply_in_memory
from alliance.people import Holdings, Known
from alliance.service import Service
from alliance.service.knowing import knowing_rows
from alliance.store import MemoryDatabase

SERVICES = ("intake", "triage", "housing", "finance", "notify", "reporting")
OURS = "slam"
RECIPIENTS = dict.fromkeys(("triage", "housing", "notify"), OURS)
NINE = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
PERSON, TWIN, REQUEST, MERGE = (derived_id("test", "rights", kind) for kind in ("person", "twin", "request", "merge"))


@dataclass
class House:
    """One service, as its `main.py` puts it together."""

    service: Service
    database: MemoryDatabase
    wiring: Any
    said: list[Envelope] = field(default_factory=list)

    @classmethod
    def of(cls, name: str, clock: FixedClock) -> "House":
        service: Service = import_module(f"{name}.main").service
        nowhere = SecretStr("amqp://nobody:nothing@nowhere.example/alliance")
        more: dict[str, Any] = {"recipients": RECIPIENTS} if name == "intake" else {}
        settings = service.settings(
            environment="development", organisation=OURS, amqp_url=nowhere, mongodb_url=nowhere, **more
        )
        database = MemoryDatabase(clock)
        house = cls(service, database, service.wire(database, settings, clock))
        database.on_written(lambda _c, _i, _v, envelopes: house.said.extend(envelopes))
        return house

    @property
    def known(self) -> Known:
        found: Known = self.wiring.given["known"]
        return found

    @property
    def holdings(self) -> Holdings:
        found: Holdings = self.wiring.given["holdings"]
        return found

    async def hear(self, *events: Event | Envelope) -> Applied:
        """By the shared rows alone: what each service does beside that is its own tests' business."""
        rows = Hears(knowing_rows(self.service.name, self.service.keeps))
        told = [event if isinstance(event, Envelope) else said(event, self.service.name) for event in events]
        applied = await apply_in_memory(rows, self.wiring.given, told, organisation=OURS, service=self.service.name)
        assert not applied.waiting
        return applied

    async def states(self) -> dict[str, Any]:
        """Every document of every collection of aggregates, by collection and id."""
        found = {}
        for name in sorted(self.database.aggregates):
            for document in await self.database.collection(name).find_many({}, limit=1000):
                found[f"{name}/{document['_id']}"] = document["state"]
        return found

    async def empty(self) -> None:
        """Forget everything; to put a service together takes longer than all that it hears."""
        for name in self.database.aggregates:
            await self.database.collection(name).delete({})
        self.said.clear()

    def types_said(self) -> list[str]:
        return [envelope.type.partition(".")[2] for envelope in self.said]


def said(event: Event, to: str) -> Envelope:
    return Envelope(
        id=new_id(),
        source=f"/alliance/{event.publisher()}",
        type=event.type,
        subject=event.subject,
        time=NINE,
        sequence=1,
        partitionkey=event.partition_key,
        correlationid=new_id(),
        actor="staff-9",
        organisation="certitude",
        recipient=to if event.confidentiality == "personal" else None,
        data=event.model_dump(mode="json"),
    )


def shared(sequence: int, name: str = "Testa Example-Person", person_id: str = PERSON) -> Event:
    return intake.PersonShared(
        person_id=person_id,
        organisation_id=OURS,
        consent_sequence=sequence,
        full_name=name,
        call_me=name.split()[0],
        contact_points=(intake.ContactPoint(kind="phone", value="07700 900123", safe=True),),
    )


def sharing(sequence: int, *, allowed: bool, organisation: str = OURS) -> Event:
    return intake.SharingChanged(
        person_id=PERSON,
        organisation_id=organisation,
        allowed=allowed,
        basis=SharingBasis.EXPLICIT_AGREEMENT if allowed else SharingBasis.OBJECTION,
        consent_sequence=sequence,
        changed_at=NINE,
    )


def merged(merge_id: str = MERGE) -> Event:
    return intake.PeopleMerged(person_id=PERSON, merged_person_id=TWIN, merge_id=merge_id, at=NINE)


def unmerged(merge_id: str = MERGE) -> Event:
    return intake.PeopleUnmerged(person_id=PERSON, merged_person_id=TWIN, merge_id=merge_id, at=NINE)


def erased(person_id: str = PERSON) -> Event:
    return intake.PersonErased(person_id=person_id, request_id=REQUEST, at=NINE)


def requested(person_id: str = PERSON) -> Event:
    return intake.RecordRequested(person_id=person_id, request_id=REQUEST, at=NINE)
