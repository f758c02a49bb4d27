"""Made-up cases, what the front door and housing say, and the whole of triage in memory."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from fastapi import FastAPI
from pydantic import SecretStr

from alliance.contracts import Envelope, Event, housing, intake, triage
from alliance.contracts import codes as published
from alliance.kernel import Clock, derived_id, new_id
from alliance.messaging import apply_in_memory
from alliance.service import Wiring
from alliance.store import MemoryDatabase
from alliance.testing.rooms import app_of, hears_of
from triage.domain.allocating import Colleague
from triage.domain.case import Case
from triage.domain.case_file import case_id_of
from triage.domain.codes import Priority, Support
from triage.domain.offer import Offered
from triage.domain.plan import plan_id_of
from triage.domain.records import Conversation
from triage.domain.waits import Targets
from triage.main import service, wire
from triage.settings import Settings

NINE = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
OURS = "slam"
COSTS = {Support.PEER_SUPPORT: 6_000}
INTRODUCTION, PERSON, PLACEMENT, HOME, MEASUREMENT = (
    derived_id("test", kind) for kind in ("introduction", "person", "placement", "home", "measurement")
)
CASE = case_id_of(INTRODUCTION)
KINDS = (
    "directory",
    "places",
    "cases",
    "known_people",
    "home_searches",
    "plans",
    "personal_goals",
    "risks",
    "measurements",
    "unfinished_talks",
    "teams",
    "spells",
)


def at(hours: float) -> datetime:
    """So many hours after nine."""
    return NINE + timedelta(hours=hours)


def a_case(suggested: Priority = Priority.ROUTINE) -> Case:
    """Of an introduction received at nine and accepted; its facts already taken."""
    case = Case.expected(new_id(), new_id(), Targets(), organisation=OURS)
    case.open(received_at=NINE, suggested=suggested, help_areas=())
    case.take_facts()
    return case


def take_on(case: Case, subject: str, organisation: str = OURS, hours: float = 1) -> None:
    """A colleague, of our own organisation unless said otherwise, becomes a named worker."""
    case.take_on(Colleague(subject=subject, organisation=organisation), at=at(hours))


def a_conversation(held_at: datetime = NINE) -> Conversation:
    return Conversation(held_at=held_at, notes="made-up notes")


def an_offer(case: Case, kind: Support = Support.PEER_SUPPORT) -> str:
    """Made at ten; its fact already taken. The id of the offer."""
    offer_id = new_id()
    case.offer_support(offer_id, Offered(kind=kind, provider_id="mosaic-clubhouse"), at=at(1))
    case.take_facts()
    return offer_id


def accepted(priority: published.Priority = published.Priority.ROUTINE) -> Event:
    return intake.IntroductionAccepted(
        introduction_id=INTRODUCTION,
        person_id=PERSON,
        suggested_priority=priority,
        help_areas=(published.HelpArea.HOME,),
        received_at=NINE,
        accepted_at=at(1),
    )


def withdrawn(hours: float = 2) -> Event:
    return intake.IntroductionWithdrawn(introduction_id=INTRODUCTION, person_id=PERSON, withdrawn_at=at(hours))


def closed() -> Event:
    return intake.IntroductionClosed(
        introduction_id=INTRODUCTION, person_id=PERSON, ending=published.Ending.SIGNPOSTED, closed_at=at(1)
    )


def concern(hours: float = 3) -> Event:
    return intake.SafetyConcernRaised(
        introduction_id=INTRODUCTION, person_id=PERSON, kind=published.SafetyKind.SELF_HARM, raised_at=at(hours)
    )


def opened_again(event: Event) -> Event:
    """The same about the second opening of the introduction."""
    return event.model_copy(update={"spell": 2})


def shared(sequence: int, name: str = "Testa Example-Person", said_on: date | None = None) -> Event:
    return intake.PersonShared(
        person_id=PERSON,
        organisation_id=OURS,
        consent_sequence=sequence,
        full_name=name,
        date_of_birth=date(1975, 2, 28),
        contact_points=(intake.ContactPoint(kind="phone", value="07700 900123", safe=True),),
        contact_confirmed_on=said_on,
    )


def sharing(sequence: int, *, allowed: bool, organisation: str = OURS) -> Event:
    basis = published.SharingBasis.EXPLICIT_AGREEMENT if allowed else published.SharingBasis.OBJECTION
    return intake.SharingChanged(
        person_id=PERSON,
        organisation_id=organisation,
        allowed=allowed,
        basis=basis,
        consent_sequence=sequence,
        changed_at=NINE,
    )


def placement_opened() -> Event:
    return housing.PlacementOpened(
        placement_id=PLACEMENT,
        case_id=CASE,
        person_id=PERSON,
        current_setting=published.Setting.RESIDENTIAL_CARE,
        at=at(4),
    )


def moved_in(day: date = date(2026, 12, 1)) -> Event:
    return housing.PersonMovedIn(
        placement_id=PLACEMENT,
        case_id=CASE,
        person_id=PERSON,
        home_id=HOME,
        setting=published.Setting.OWN_TENANCY,
        moved_in_on=day,
        weekly_cost_pence=28_800,
        previous_setting=published.Setting.RESIDENTIAL_CARE,
        previous_weekly_cost_pence=153_800,
        section_117=True,
    )


def moved_on(day: date) -> Event:
    return housing.PersonMovedOn(
        placement_id=PLACEMENT,
        person_id=PERSON,
        home_id=HOME,
        moved_on_on=day,
        destination="hospital",
        reason_code="crisis",
    )


def move_in_corrected(before: date, day: date) -> Event:
    return housing.MoveInCorrected(
        placement_id=PLACEMENT,
        person_id=PERSON,
        moved_in_on_before=before,
        moved_in_on=day,
        reason_code=published.CorrectionReason.LATE_INFORMATION,
    )


def placement_closed() -> Event:
    return housing.PlacementClosed(placement_id=PLACEMENT, person_id=PERSON, reason_code="withdrawn", at=at(5))


def risk_flagged(hours: float = 3) -> Event:
    return triage.RiskFlagged(
        measurement_id=MEASUREMENT,
        case_id=CASE,
        person_id=PERSON,
        tool=published.MeasureTool.PHQ_9,
        kind=published.SafetyKind.SUICIDAL_THOUGHTS,
        at=at(hours),
    )


def plan_agreed(hours: float = 4, number: int = 1) -> Event:
    return triage.PlanAgreed(
        plan_id=plan_id_of(CASE), case_id=CASE, person_id=PERSON, number=number, at=at(hours), review_on=None
    )


def conversation_held(hours: float = 2) -> Event:
    return triage.ConversationHeld(case_id=CASE, person_id=PERSON, held_at=at(hours))


def said(event: Event, *, sequence: int = 1) -> Envelope:
    """`event` as another service says it."""
    return Envelope(
        id=new_id(),
        source=f"/alliance/{event.publisher()}",
        type=event.type,
        subject=event.subject,
        time=NINE,
        sequence=sequence,
        partitionkey=event.partition_key,
        correlationid=new_id(),
        actor="staff-9",
        organisation="certitude",
        recipient="triage" if event.confidentiality == "personal" else None,
        data=event.model_dump(mode="json"),
    )


def settings(**more: Any) -> Settings:
    nowhere = SecretStr("amqp://nobody:nothing@nowhere.example/alliance")
    return Settings(
        providers={"mosaic-clubhouse": "Mosaic Clubhouse", "certitude": "Certitude"},
        environment="development",
        organisation=OURS,
        amqp_url=nowhere,
        mongodb_url=nowhere,
        **more,
    )


@dataclass
class Room:
    """The service without broker and server."""

    database: MemoryDatabase
    wiring: Wiring
    clock: Clock
    said: list[Envelope]

    @classmethod
    def opened(cls, clock: Clock, **more: Any) -> "Room":
        database = MemoryDatabase(clock)
        spoken: list[Envelope] = []
        database.on_written(lambda _collection, _id, _version, envelopes: spoken.extend(envelopes))
        return cls(database, wire(database, settings(**more), clock), clock, spoken)

    @property
    def given(self) -> Mapping[str, Any]:
        return self.wiring.given

    def app(self) -> FastAPI:
        """The API and the pages, by the service's own table of who may do what."""
        return app_of(service, self.wiring, self.database, self.clock, organisation=OURS)

    async def hear(self, *events: Event) -> None:
        """Take in what other services say; all of it is understood."""
        told = [said(event, sequence=place) for place, event in enumerate(events, 1)]
        applied = await apply_in_memory(hears_of(service), self.given, told, organisation=OURS, service="triage")
        assert not applied.quarantined

    async def settle(self) -> None:
        """Take in what triage itself has said, as it does at work, until it says nothing more."""
        heard = 0
        while heard < len(self.said):
            told, heard = self.said[heard:], len(self.said)
            applied = await apply_in_memory(hears_of(service), self.given, told, organisation=OURS, service="triage")
            assert not applied.quarantined
            assert not applied.waiting

    async def documents(self) -> dict[str, list[dict[str, Any]]]:
        """Every document, by collection."""
        return {kind: await self.database.collection(kind).find_many({}, limit=1000) for kind in KINDS}

    async def states(self) -> dict[str, dict[str, Any]]:
        """The state of every document, by collection and id."""
        found = await self.documents()
        return {f"{kind}/{each['_id']}": each["state"] for kind in found for each in found[kind]}

    async def empty(self) -> None:
        """Forget everything."""
        for kind in KINDS:
            await self.database.collection(kind).delete({})
        self.said.clear()

    def types_said(self) -> list[str]:
        return [envelope.type.removeprefix("triage.") for envelope in self.said]
