"""Housing on the in-memory store, with the others' events made up: for tests of order and of the API."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractContextManager
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from pydantic import SecretStr

from alliance.contracts import Envelope, Event, intake, triage
from alliance.contracts.codes import CaseOutcome, Setting, SharingBasis, SupportLevel
from alliance.kernel import FixedClock, Provenance, acting, new_id
from alliance.messaging import Applied, apply_in_memory
from alliance.people import Known
from alliance.store import MemoryDatabase
from alliance.store.memory import MemoryCollection
from alliance.testing.rooms import app_of, hears_of
from housing.application.collections import Homes, Placements
from housing.main import service, wire
from housing.settings import HousingSettings

OWN = "thames-reach"


def envelope(event: Event, clock: FixedClock, sequence: int = 1, recipient: str | None = None) -> Envelope:
    return Envelope(
        id=new_id(),
        source=f"/alliance/{event.publisher()}",
        type=event.type,
        subject=event.subject,
        time=clock.now(),
        sequence=sequence,
        partitionkey=event.partition_key,
        correlationid=new_id(),
        actor="staff-1",
        organisation="slam",
        recipient=recipient,
        data=event.model_dump(mode="json"),
    )


class Interleaving(MemoryDatabase):
    """Lets others run before and after every operation, as a real server would."""

    def collection(self, name: str) -> MemoryCollection:
        found = super().collection(name)
        if name not in self._yielding:
            self._yielding.add(name)
            for operation in ("insert", "find", "find_many", "update", "bulk"):
                setattr(found, operation, _yielding(getattr(found, operation)))
        return found

    def __init__(self, clock: FixedClock) -> None:
        super().__init__(clock)
        self._yielding: set[str] = set()


def _yielding(operation: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    async def yielding(*arguments: Any, **named: Any) -> Any:
        await asyncio.sleep(0)
        answer = await operation(*arguments, **named)
        await asyncio.sleep(0)
        return answer

    return yielding


class Alliance:
    """What housing records, and what waits to be heard."""

    def __init__(self, clock: FixedClock, offer_lasts: timedelta = timedelta(days=7)) -> None:
        self.clock = clock
        self.database = Interleaving(clock)
        self.said: list[Envelope] = []
        self.waiting: list[Envelope] = []
        self.database.on_written(self._written)
        settings = HousingSettings.model_construct(
            organisation=OWN, offer_days=offer_lasts / timedelta(days=1), amqp_url=SecretStr(""), jwks_file=Path()
        )
        self.wiring = wire(self.database, settings, clock)
        self.homes: Homes = self.wiring.given["homes"]  # type: ignore[assignment]
        self.placements: Placements = self.wiring.given["placements"]  # type: ignore[assignment]
        self.known: Known = self.wiring.given["known"]  # type: ignore[assignment]

    @cached_property
    def app(self) -> FastAPI:
        return app_of(service, self.wiring, self.database, self.clock, organisation=OWN, metrics=False)

    def _written(self, collection: str, id_: str, version: int, envelopes: Sequence[Envelope]) -> None:
        self.said += envelopes
        self.waiting += envelopes

    async def hear(self, *envelopes: Envelope) -> Applied:
        return await apply_in_memory(
            hears_of(service), self.wiring.given, envelopes, organisation=OWN, service="housing"
        )

    async def settle(self) -> None:
        """Hear one's own events until nothing is left to hear."""
        while self.waiting:
            heard, self.waiting = self.waiting, []
            applied = await self.hear(*heard)
            assert applied.quarantined == []
            assert applied.waiting == []

    async def tick(self) -> None:
        """What the clock worker does."""
        for id_ in await self.placements.due(self.clock.now()):
            with somebody():
                await self.placements.change(id_, lambda placement: placement.on_due(self.clock.now()))

    async def introduce(self, person_id: str | None = None) -> str:
        event = ipsa_introduced(self.clock, person_id=person_id or new_id())
        await self.hear(envelope(event, self.clock))
        await self.settle()
        return event.case_id

    async def placement_of(self, case_id: str) -> str:
        (placement,) = await self.placements.with_key("case_id", case_id)
        return placement.id

    async def share(self, person_id: str, sequence: int) -> None:
        await self.hear(envelope(person_shared(person_id, sequence), self.clock, recipient="housing"))

    async def stop_sharing(self, person_id: str, sequence: int) -> None:
        await self.hear(envelope(sharing_stopped(person_id, sequence, self.clock), self.clock))


def somebody(mark: str | None = None) -> AbstractContextManager[Provenance]:
    return acting(Provenance(actor="staff-7", organisation=OWN, correlation_id=new_id(), mark=mark))


def ipsa_introduced(clock: FixedClock, **changes: object) -> triage.IpsaIntroduced:
    values: dict[str, object] = {
        "case_id": new_id(),
        "introduction_id": new_id(),
        "person_id": new_id(),
        "current_setting": Setting.RESIDENTIAL_CARE,
        "weekly_cost_pence": 153_425,
        "support_level": SupportLevel.FLOATING,
        "section_117": True,
        "at": clock.now(),
    }
    return triage.IpsaIntroduced.model_validate(values | changes)


def introduction_withdrawn(of: triage.IpsaIntroduced, clock: FixedClock) -> intake.IntroductionWithdrawn:
    return intake.IntroductionWithdrawn(
        introduction_id=of.introduction_id, person_id=of.person_id, withdrawn_at=clock.now()
    )


def case_closed(
    of: triage.IpsaIntroduced, clock: FixedClock, outcome: CaseOutcome = CaseOutcome.WITHDRAWN
) -> triage.CaseClosed:
    return triage.CaseClosed(
        case_id=of.case_id,
        introduction_id=of.introduction_id,
        person_id=of.person_id,
        outcome=outcome,
        at=clock.now() + timedelta(seconds=1),
    )


def person_shared(person_id: str, sequence: int, organisation: str = OWN) -> intake.PersonShared:
    return intake.PersonShared(
        person_id=person_id, organisation_id=organisation, consent_sequence=sequence, call_me="Example"
    )


def sharing_stopped(person_id: str, sequence: int, clock: FixedClock) -> intake.SharingChanged:
    return intake.SharingChanged(
        person_id=person_id,
        organisation_id=OWN,
        allowed=False,
        basis=SharingBasis.OBJECTION,
        consent_sequence=sequence,
        changed_at=clock.now(),
    )
