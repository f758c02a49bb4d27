"""Finance on the in-memory store, with housing's events made up: for tests of order, of crashes and of the API."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractContextManager
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from pydantic import SecretStr

from alliance.contracts import Envelope, Event, housing
from alliance.contracts.codes import CorrectionReason, Setting
from alliance.kernel import FixedClock, Provenance, acting, new_id
from alliance.messaging import Applied, apply_in_memory
from alliance.store import MemoryDatabase
from alliance.store.memory import MemoryCollection
from alliance.testing.rooms import app_of
from finance.application.collections import Budgets, Commitments, Ledger
from finance.application.posting import post_waiting
from finance.events.hears import hears
from finance.main import service, wire
from finance.settings import FinanceSettings

OWN = "lambeth-council"


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
    """What finance records, and what waits to be heard."""

    def __init__(self, clock: FixedClock, **settings: object) -> None:
        self.clock = clock
        self.database = Interleaving(clock)
        self.said: list[Envelope] = []
        self.waiting: list[Envelope] = []
        self.database.on_written(self._written)
        self.settings = FinanceSettings.model_construct(
            organisation=OWN,
            amqp_url=SecretStr(""),
            jwks_file=Path(),
            **settings,  # type: ignore[arg-type]
        )
        self.wiring = wire(self.database, self.settings, clock)
        self.commitments: Commitments = self.wiring.given["commitments"]  # type: ignore[assignment]
        self.ledger: Ledger = self.wiring.given["ledger"]  # type: ignore[assignment]
        self.budgets: Budgets = self.wiring.given["budgets"]  # type: ignore[assignment]

    @cached_property
    def app(self) -> FastAPI:
        return app_of(service, self.wiring, self.database, self.clock, organisation=OWN, metrics=False)

    def _written(self, collection: str, id_: str, version: int, envelopes: Sequence[Envelope]) -> None:
        self.said += envelopes
        self.waiting += envelopes

    async def hear(self, *envelopes: Envelope) -> Applied:
        applied = await apply_in_memory(hears, self.wiring.given, envelopes, organisation=OWN, service="finance")
        assert (applied.quarantined, applied.waiting) == ([], [])
        return applied

    async def settle(self) -> None:
        """Hear one's own events until nothing is left to hear, then post."""
        while self.waiting:
            heard, self.waiting = self.waiting, []
            await self.hear(*heard)
        await self.post()

    async def post(self, size: int = 100) -> None:
        with somebody():
            while await post_waiting(self.budgets, self.ledger, self.settings.contributions, self.clock, size=size):
                pass

    async def tick(self) -> None:
        """What the clock worker does."""
        for id_ in await self.commitments.due(self.clock.now()):
            with somebody():
                await self.commitments.change(id_, lambda commitment: commitment.on_due(self.clock.now()))

    async def totals(self, placement_id: str) -> tuple[int, int]:
        """Total and saving of a stay, over all years."""
        found = await self.commitments.with_key("placement_id", placement_id)
        return sum(each.figures.total_pence for each in found), sum(each.figures.saving_pence for each in found)

    async def committed(self) -> int:
        return sum(budget.committed_pence for budget in (await self.budgets.page("year")).items)

    async def check_books(self) -> None:
        """Every entry balances, is posted once, and the budgets are the sum of all entries."""
        entries = (await self.ledger.page("listing", limit=1000)).items
        sums: dict[tuple[str, str], int] = {}
        for entry in entries:
            assert sum(line.pence for line in entry.lines) == 0
            assert entry.posted
            for line in entry.lines:
                key = (entry.year, line.account)
                sums[key] = sums.get(key, 0) + line.pence
        budgets = (await self.budgets.page("year")).items
        found = {(budget.year, name): pence for budget in budgets for name, pence in budget.balances.items()}
        assert found == sums
        assert sum(found.values()) == 0
        assert sum(budget.entries for budget in budgets) == len(entries)
        assert sum(budget.saving_pence for budget in budgets) == sum(entry.saving_pence for entry in entries)


def somebody(mark: str | None = None) -> AbstractContextManager[Provenance]:
    return acting(Provenance(actor="service:finance", organisation=OWN, correlation_id=new_id(), mark=mark))


def envelope(event: Event, clock: FixedClock, sequence: int) -> Envelope:
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
        organisation="thames-reach",
        data=event.model_dump(mode="json"),
    )


class Stay:
    """One person's stay as housing tells it."""

    def __init__(self, clock: FixedClock, *, weekly: int = 28_767, section_117: bool = True) -> None:
        self.clock, self.weekly, self.section_117 = clock, weekly, section_117
        self.placement_id, self.person_id, self.home_id = new_id(), new_id(), new_id()

    def moved_in(self, on: date, sequence: int = 2) -> Envelope:
        event = housing.PersonMovedIn(
            placement_id=self.placement_id,
            case_id=new_id(),
            person_id=self.person_id,
            home_id=self.home_id,
            setting=Setting.OWN_TENANCY,
            moved_in_on=on,
            weekly_cost_pence=self.weekly,
            previous_setting=Setting.RESIDENTIAL_CARE,
            previous_weekly_cost_pence=153_425,
            section_117=self.section_117,
        )
        return envelope(event, self.clock, sequence)

    def corrected(self, before: date, on: date, sequence: int) -> Envelope:
        event = housing.MoveInCorrected(
            placement_id=self.placement_id,
            person_id=self.person_id,
            moved_in_on_before=before,
            moved_in_on=on,
            reason_code=CorrectionReason.TYPING_ERROR,
        )
        return envelope(event, self.clock, sequence)

    def moved_on(self, on: date, sequence: int) -> Envelope:
        event = housing.PersonMovedOn(
            placement_id=self.placement_id,
            person_id=self.person_id,
            home_id=self.home_id,
            moved_on_on=on,
            destination="social-rental",
            reason_code="planned",
        )
        return envelope(event, self.clock, sequence)
