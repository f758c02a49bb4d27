"""Notify on the in-memory store, with made-up events from the others."""

from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, cast

from fastapi import FastAPI
from pydantic import SecretStr

from alliance.contracts import Envelope, Event, finance, housing, intake, triage
from alliance.contracts.codes import GlassReason, Priority, SafetyKind, Setting, SharingBasis, Support
from alliance.contracts.wait_codes import WaitClockV2
from alliance.kernel import FixedClock, new_id
from alliance.messaging import Applied, apply_in_memory
from alliance.people import Known
from alliance.store import Database, MemoryDatabase
from alliance.testing import as_staff
from alliance.testing.rooms import app_of, hears_of
from notify.adapters.catcher import Catcher
from notify.application.collections import Alerts, Digests, Messages
from notify.application.courier import Courier, Post
from notify.application.morning_round import MorningRound
from notify.domain.mornings import Mornings
from notify.domain.wording import Wordings
from notify.main import WORDS, service, wire
from notify.settings import Settings

from .builders import EMAIL, NINE, STEPS

OWN = "mosaic-clubhouse"
PERSON, CASE = new_id(), new_id()


class Room:
    """What notify records, says and delivers."""

    def __init__(
        self,
        database: Database | None = None,
        post: Post | None = None,
        languages: tuple[str, ...] | None = None,
    ) -> None:
        self.clock = FixedClock(NINE)
        self.database = database or MemoryDatabase(self.clock)
        self.said: list[Envelope] = []
        self.database.on_written(lambda _c, _i, _v, envelopes: self.said.extend(envelopes))
        settings = Settings.model_construct(
            organisation=OWN,
            steps_seconds=STEPS,
            details_wait_seconds=86_400,
            languages=languages,
            jwks_file=Path(),
            amqp_url=SecretStr(""),
        )
        self.wiring = wire(self.database, settings, self.clock)
        self.alerts = cast(Alerts, self.wiring.given["alerts"])
        self.messages = cast(Messages, self.wiring.given["messages"])
        self.known = cast(Known, self.wiring.given["known"])
        self.wordings = cast(Wordings, self.wiring.given["wordings"])
        self.catcher = Catcher()
        self.courier = self.a_courier(post or self.catcher)
        self.digests = cast(Digests, self.wiring.given["digests"])
        self.morning_round = self.a_morning_round(post or self.catcher)

    def a_courier(self, post: Post) -> Courier:
        return Courier(self.messages, self.known, self.wordings, post, self.clock, organisation=OWN)

    def a_morning_round(self, post: Post) -> MorningRound:
        mornings = cast(Mornings, self.wiring.given["mornings"])
        return MorningRound(
            self.digests, self.alerts, post, self.clock, mornings, WORDS, url="https://notify.test", organisation=OWN
        )

    @cached_property
    def app(self) -> FastAPI:
        return app_of(service, self.wiring, self.database, self.clock, organisation=OWN, metrics=False)

    async def hear(self, *events: Event | Envelope) -> Applied:
        envelopes = [event if isinstance(event, Envelope) else said(event) for event in events]
        applied = await apply_in_memory(
            hears_of(service), self.wiring.given, envelopes, organisation=OWN, service="notify"
        )
        assert applied.waiting == []
        return applied

    async def tick(self) -> None:
        """What the clock worker does."""
        for documents in self.wiring.collections:
            for id_ in await documents.due(self.clock.now()):
                with as_staff("service:notify", organisation=OWN):
                    await documents.change(id_, lambda aggregate: aggregate.on_due(self.clock.now()))

    @property
    def types_said(self) -> list[str]:
        return [envelope.type.removeprefix("notify.") for envelope in self.said]


def said(event: Event) -> Envelope:
    """The event as its producer would send it."""
    return Envelope(
        id=new_id(),
        source=f"/alliance/{event.publisher()}",
        type=event.type,
        subject=event.subject,
        time=NINE,
        sequence=1,
        partitionkey=event.partition_key,
        correlationid=new_id(),
        actor="staff-1",
        organisation="certitude",
        recipient="notify" if event.confidentiality == "personal" else None,
        data=event.model_dump(mode="json"),
    )


def a_concern() -> Event:
    return intake.SafetyConcernRaised(
        introduction_id=new_id(), person_id=PERSON, kind=SafetyKind.NOT_SAID, raised_at=NINE
    )


def an_overdue_introduction() -> Event:
    return intake.IntroductionOverdue(introduction_id=new_id(), person_id=PERSON, due_at=NINE)


def a_missed_wait() -> Event:
    return triage.WaitTargetMissedV2(
        case_id=CASE, person_id=PERSON, clock=WaitClockV2.URGENT_24H, since=NINE, due_at=NINE, priority=Priority.URGENT
    )


def its_correction() -> Event:
    return triage.WaitTargetMissCorrectedV2(
        case_id=CASE, person_id=PERSON, clock=WaitClockV2.URGENT_24H, since=NINE, due_at=NINE, ended_at=NINE
    )


def a_budget_threshold() -> Event:
    return finance.BudgetThresholdCrossed(
        budget_id=new_id(), year="2026-27", threshold_percent=80, committed_pence=81, budget_pence=100, at=NINE
    )


def broken_glass() -> triage.GlassBroken:
    return triage.GlassBroken(
        person_id=PERSON,
        record="case",
        reason_code=GlassReason.EMERGENCY,
        opened_by="staff-8",
        opened_by_organisation="certitude",
        at=NINE,
        until=NINE + timedelta(hours=8),
    )


def an_acceptance() -> Event:
    return intake.IntroductionAccepted(
        introduction_id=new_id(),
        person_id=PERSON,
        suggested_priority=Priority.ROUTINE,
        received_at=NINE,
        accepted_at=NINE,
    )


def a_contact_check() -> Event:
    return intake.ContactCheckDue(
        introduction_id=new_id(), person_id=PERSON, known_since=NINE.date() - timedelta(days=60), due_at=NINE
    )


def a_start_of_support() -> Event:
    return triage.SupportStarted(
        offer_id=new_id(),
        case_id=CASE,
        person_id=PERSON,
        offer_kind=Support.PEER_SUPPORT,
        provider_id=OWN,
        at=NINE,
    )


def an_offer_of_a_home() -> Event:
    return housing.HomeOffered(
        offer_id=new_id(),
        placement_id=new_id(),
        home_id=new_id(),
        person_id=PERSON,
        setting=Setting.OWN_TENANCY,
        weekly_cost_pence=28_800,
        at=NINE,
        expires_at=NINE + timedelta(days=7),
    )


def a_move() -> Event:
    return housing.PersonMovedIn(
        placement_id=new_id(),
        case_id=CASE,
        person_id=PERSON,
        home_id=new_id(),
        setting=Setting.OWN_TENANCY,
        moved_in_on=NINE.date(),
        weekly_cost_pence=28_800,
        previous_setting=Setting.RESIDENTIAL_CARE,
        previous_weekly_cost_pence=153_400,
        section_117=True,
    )


def shared(
    sequence: int,
    *,
    organisation: str = OWN,
    safe: bool = True,
    speaks: str | None = None,
    address: str = EMAIL,
) -> Event:
    point = intake.ContactPoint(kind="email", value=address, safe=safe)
    return intake.PersonShared(
        person_id=PERSON,
        organisation_id=organisation,
        consent_sequence=sequence,
        full_name="Sam Example",
        call_me="Sam",
        contact_points=(point,),
        interpreter_language=speaks,
    )


def sharing(allowed: bool, sequence: int, *, organisation: str = OWN) -> Event:
    return intake.SharingChanged(
        person_id=PERSON,
        organisation_id=organisation,
        allowed=allowed,
        basis=SharingBasis.EXPLICIT_AGREEMENT if allowed else SharingBasis.OBJECTION,
        consent_sequence=sequence,
        changed_at=NINE,
    )


def a_death(sequence: int = 1) -> Event:
    return intake.PersonDied(person_id=PERSON, died_on=NINE.date(), death_sequence=sequence, at=NINE)


def no_death(sequence: int = 2) -> Event:
    return intake.PersonDeathCorrected(person_id=PERSON, death_sequence=sequence, at=NINE)


async def everything(room: Room) -> list[dict[str, Any]]:
    """All state of the room, in a fixed order."""
    state = []
    for name in ("alerts", "messages", "known_people"):
        found = await room.database.collection(name).find_many({}, sort="_id", limit=100)
        state += [{"_id": document["_id"], "state": document["state"]} for document in found]
    return state
