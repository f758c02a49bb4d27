"""Reporting on the in-memory store, wired as its `main.py` does."""

from functools import cached_property
from pathlib import Path
from typing import cast

from fastapi import FastAPI
from pydantic import SecretStr

from alliance.contracts import Envelope, Event
from alliance.kernel import FixedClock
from alliance.messaging import Applied, apply_in_memory
from alliance.store import Database, MemoryDatabase
from alliance.testing import as_staff
from alliance.testing.rooms import app_of
from reporting.application.folding import Folding
from reporting.application.queries import KeptSheets, Months
from reporting.application.sheets import Sheets
from reporting.main import service, wire
from reporting.settings import Settings

from .builders import NOON, said

OWN = "nhs-south-east-london"


class Room:
    """What reporting counts and says."""

    def __init__(self, database: Database | None = None, clock: FixedClock | None = None) -> None:
        self.clock = clock or FixedClock(NOON)
        self.database = database or MemoryDatabase(self.clock)
        self.said: list[Envelope] = []
        self.database.on_written(lambda _c, _i, _v, envelopes: self.said.extend(envelopes))
        settings = Settings.model_construct(
            organisation=OWN, close_after_days=10, jwks_file=Path(), amqp_url=SecretStr("")
        )
        self.wiring = wire(self.database, settings, self.clock)
        self.months = cast(Months, self.wiring.given["months"])
        self.kept_sheets = cast(KeptSheets, self.wiring.given["kept_sheets"])
        self.sheets = cast(Sheets, self.wiring.given["sheets"])
        self.folding = cast(Folding, self.wiring.given["folding"])

    @cached_property
    def app(self) -> FastAPI:
        return app_of(service, self.wiring, self.database, self.clock, organisation=OWN, metrics=False)

    async def hear(self, *events: Event | Envelope) -> Applied:
        """Without folding: on sheets only."""
        envelopes = [event if isinstance(event, Envelope) else said(event) for event in events]
        applied = await apply_in_memory(
            service.hears, self.wiring.given, envelopes, organisation=OWN, service="reporting"
        )
        assert applied.quarantined == []
        assert applied.waiting == []
        return applied

    async def count(self, *events: Event | Envelope) -> None:
        """Heard and folded."""
        await self.hear(*events)
        await self.folding.fold_all()

    async def replay(self, *envelopes: Envelope) -> None:
        assert self.wiring.replay_batch
        await self.wiring.replay_batch(envelopes)
        await self.folding.fold_all()

    async def tick(self) -> None:
        """What the clock worker does."""
        with as_staff("service:reporting", organisation=OWN):
            for id_ in await self.months.due(self.clock.now()):
                await self.months.change(id_, lambda month: month.on_due(self.clock.now()))

    async def figures(self) -> dict[str, dict[str, int]]:
        """All figures by month."""
        return {month.month: month.figures for month in (await self.months.page("month", limit=200)).items}

    async def statement(self) -> list[tuple[str, bool, dict[str, int]]]:
        """All that reporting says of its months."""
        return [(m.month, m.closed, m.figures) for m in (await self.months.page("month", limit=200)).items]

    async def event_ids(self) -> list[str]:
        """Of all events on all sheets."""
        page = await self.kept_sheets.page("ends", limit=1000)
        return sorted(line.event_id for sheet in page.items for line in sheet.lines())
