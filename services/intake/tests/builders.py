"""Made-up people and introductions, and the whole front door in memory."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from fastapi import FastAPI
from pydantic import SecretStr

from alliance.contracts import Envelope, Event
from alliance.kernel import Clock, new_id
from alliance.service import Wiring
from alliance.service.guarding import guarding
from alliance.store import MemoryDatabase
from alliance.testing.rooms import app_of
from intake.application.introductions import ReceiveIntroduction
from intake.domain.codes import HelpArea, SafetyKind, SourceCode, WayIn
from intake.domain.contacting import Ways
from intake.domain.facts import ContactPoint
from intake.domain.introduction import Introduction
from intake.domain.person import Details, Person
from intake.domain.records import Promise, Story
from intake.main import service, wire
from intake.settings import Settings

OURS = "certitude"
NINE = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
RECIPIENTS = {"triage": "slam", "housing": "thames-reach", "notify": "mosaic-clubhouse"}
PROMISE = Promise()
BY_PHONE = Ways(safe=frozenset({"phone"}))
NHS_NUMBER = "9990548609"
"""From the block that is never issued to anybody."""


def some_details(name: str = "Testa Example-Person") -> Details:
    phone = ContactPoint(kind="phone", value="07700 900123", safe=True)
    return Details(full_name=name, call_me="Testa", date_of_birth=date(1975, 2, 28), contact_points=(phone,))


def a_person(*, holders: list[str] | None = None, id_: str | None = None) -> Person:
    """Registered at nine; its facts are still to be taken."""
    return Person.register(id=id_ or new_id(), details=some_details(), holders=holders, at=NINE, recipients=RECIPIENTS)


def an_introduction(danger: SafetyKind | None = None, *, id_: str | None = None, at: datetime = NINE) -> Introduction:
    """A self-introduction made at nine, its facts already taken."""
    introduction = Introduction.receive(
        id=id_ or new_id(),
        person_id=new_id(),
        status_key="a-made-up-status-key",
        way_in=WayIn.WEB,
        source_code=SourceCode.SELF,
        help_areas=(HelpArea.HOME,),
        story=Story(going_on="a made-up story"),
        danger=danger,
        at=at,
        promise=PROMISE,
    )
    introduction.take_facts()
    return introduction


def asking(id_: str | None = None, **particulars: Any) -> ReceiveIntroduction:
    """A self-introduction as a command."""
    plain: dict[str, Any] = {"person": some_details(), "way_in": WayIn.WEB, "source_code": SourceCode.SELF}
    return ReceiveIntroduction(introduction_id=id_ or new_id(), **{**plain, **particulars})


def settings(**more: Any) -> Settings:
    nowhere = SecretStr("amqp://nobody:nothing@nowhere.example/alliance")
    return Settings(
        environment="development",
        organisation=OURS,
        amqp_url=nowhere,
        mongodb_url=nowhere,
        **{"recipients": RECIPIENTS, "sharing_agreement": "ISA-EXAMPLE-1", **more},
    )


KINDS = ("introductions", "people", "progresses", "matches", "merges", "support_waits")


@dataclass
class FrontDoor:
    """The service without broker and server."""

    database: MemoryDatabase
    wiring: Wiring
    clock: Clock
    said: list[Envelope]

    @property
    def given(self) -> Mapping[str, Any]:
        """What reactions and endpoints are given, the guards of every service among it."""
        guards = guarding("intake", database=self.database, clock=self.clock, glass_hours=8)
        return {**self.wiring.given, "guards": guards}

    @classmethod
    def opened(cls, clock: Clock, **more: Any) -> "FrontDoor":
        database = MemoryDatabase(clock)
        said: list[Envelope] = []
        database.on_written(lambda _collection, _id, _version, envelopes: said.extend(envelopes))
        return cls(database, wire(database, settings(**more), clock), clock, said)

    def app(self) -> FastAPI:
        return app_of(service, self.wiring, self.database, self.clock, organisation=OURS)

    async def documents(self) -> dict[str, list[dict[str, Any]]]:
        """Every document, by collection."""
        return {kind: await self.database.collection(kind).find_many({}, limit=1000) for kind in KINDS}

    async def states(self) -> dict[str, dict[str, Any]]:
        """The state of every document, by collection and id."""
        found = await self.documents()
        return {f"{kind}/{each['_id']}": each["state"] for kind in found for each in found[kind]}

    async def go_back_to(self, documents: Mapping[str, list[dict[str, Any]]]) -> None:
        """Forget what happened since `documents`."""
        for kind in KINDS:
            await self.database.collection(kind).delete({})
            await self.database.collection(kind).insert_many(documents[kind])

    def types_said(self) -> list[str]:
        return [envelope.type.removeprefix("intake.") for envelope in self.said]


def said_by(event: Event, *, sequence: int = 1, after: timedelta = timedelta()) -> Envelope:
    """`event` as another service says it."""
    return Envelope(
        id=new_id(),
        source=f"/alliance/{event.publisher()}",
        type=event.type,
        subject=event.subject,
        time=NINE + after,
        sequence=sequence,
        partitionkey=event.partition_key,
        correlationid=new_id(),
        actor="staff-9",
        organisation="slam",
        data=event.model_dump(mode="json"),
    )
