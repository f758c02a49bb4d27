"""The worker that imports files: part by part, few rows at once, so that pages come in between, by one process."""

import asyncio
import secrets
from collections.abc import Callable, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from alliance.kernel import Clock, Provenance, acting, derived_id, give_way, new_id
from alliance.store import Busy, Database
from intake.application.collections import Imports, Introductions, Parts, People
from intake.application.comparing import Comparing
from intake.application.going_out import until_gone_out
from intake.application.people import recorded
from intake.domain.imported import Done, Outcome, Part, Row, part_id
from intake.domain.importing import Import, ImportState
from intake.domain.introduction import Introduction
from intake.domain.person import Person, Recipients
from intake.domain.records import Promise
from intake.domain.sharing import Recorded

LEASE, LEASED_SECONDS = "intake-imports", 60.0
LOOKS_EVERY = 2.0
AT_ONCE = 10
"""Rows written together: more would keep others waiting for longer than a page takes."""
REST = 0.2
"""Seconds in which the store is left to others, for each second of work."""
LOOK_AGAIN = 2.0
"""Seconds between two looks whether somebody has cancelled, and whether events go out: a look costs many queries."""
PATIENCE = 5.0
"""Seconds after which somebody may have cancelled, while events do not go out."""


@dataclass(kw_only=True)
class WorkingOff:
    """`run` is a loop of the service's. Who may be somebody known is looked for once `introduction-received` is heard,
    as for every way in. A kill costs nothing: what is written is found, and the part done again."""

    database: Database
    imports: Imports
    parts: Parts
    introductions: Introductions
    people: People
    recipients: Recipients
    agreement: str
    promise: Promise
    clock: Clock
    comparing: Comparing
    report: Callable[[int, Exception], None]
    """Told of a row that could not be made into an introduction."""
    holder: str = field(default_factory=new_id)

    async def run(self) -> None:
        while True:
            if not await self.step():
                await asyncio.sleep(LOOKS_EVERY)

    async def step(self) -> bool:
        """Work off one part, or wipe one file; False if there was nothing to do, or another process does it."""
        running = (await self.imports.page("work", "run:", limit=1)).items
        ended = (await self.imports.page("work", "wipe:", limit=1)).items
        if not running and not ended:
            return False
        if not await self.database.lease(LEASE, self.holder, LEASED_SECONDS):
            return False
        for each in ended:
            await self._wipe(each)
        for each in running:
            await self._part(each)
        return True

    async def _part(self, found: Import) -> None:
        number = found.next_part
        if number is None:
            return
        with acting(_by(found)):
            part = await self.parts.get(part_id(found.id, number))
            self.comparing.stands_back = True
            try:
                await self._note(found, part, part.done or await self._rows(found, part))
            finally:
                self.comparing.stands_back = False

    async def _note(self, found: Import, part: Part, done: list[Done]) -> None:
        at = self.clock.now()
        await self.parts.change(part.id, lambda stored: stored.finish(done), remember=False)
        await self.imports.change(found.id, lambda stored: stored.note_part(part.number, done, at=at), remember=False)

    async def _rows(self, found: Import, part: Part) -> list[Done]:
        """Some rows at a time, for as long as nobody cancels."""
        done: list[Done] = []
        mark = _mark(found)
        before = await self.introductions.known([row.introduction_id for row in part.rows])
        others = {id_ for id_, marks in before.items() if mark not in marks}
        now = asyncio.get_running_loop().time
        looked = -LOOK_AGAIN
        for start in range(0, len(part.rows), AT_ONCE):
            if now() - looked >= LOOK_AGAIN:
                if not await self._may_go_on(found.id):
                    break
                looked = now()
            await give_way()
            began = now()
            with acting(_by(found, mark)):
                done += await self._receive(part.rows[start : start + AT_ONCE], others)
            await asyncio.sleep(REST * (now() - began))
        return done

    async def _may_go_on(self, id_: str) -> bool:
        """Once what was put before is on its way. Raises `Busy` if another process has taken the work over."""
        while (await self.imports.get(id_)).state is ImportState.RUNNING:
            if not await self.database.lease(LEASE, self.holder, LEASED_SECONDS):
                raise Busy("another process imports")
            with suppress(TimeoutError):
                async with asyncio.timeout(PATIENCE):
                    await until_gone_out(self.database, self.clock)
                    return True
        return False

    async def _receive(self, rows: Sequence[Row], others: Set[str]) -> list[Done]:
        """People first, then their introductions. What this import put before a crash is found, and counts as put."""
        people, introductions, failed = await self._made([row for row in rows if row.introduction_id not in others])
        await self.people.add_many(people)
        await give_way()
        await self.introductions.add_many(introductions)
        return [
            Done(
                row=row.number,
                outcome=Outcome.ALREADY
                if row.introduction_id in others
                else Outcome.FAILED
                if row.number in failed
                else Outcome.RECEIVED,
                introduction_id=row.introduction_id,
            )
            for row in rows
        ]

    async def _made(self, rows: Sequence[Row]) -> tuple[list[Person], list[Introduction], set[int]]:
        """A row that cannot be made into an introduction, for whatever reason, stops no other."""
        people, introductions, failed, at = [], [], set(), self.clock.now()
        for row in rows:
            await asyncio.sleep(0)
            try:
                person = _person_of(row, self.recipients, at, recorded(self.agreement))
                introductions.append(_introduction_of(row, person.id, self.promise, at))
                people.append(person)
            except Exception as error:  # noqa: BLE001 - whatever it is, the row is told as failed
                self.report(row.number, error)
                failed.add(row.number)
        return people, introductions, failed

    async def _wipe(self, found: Import) -> None:
        """Nothing stays of the file but row numbers, reasons, and what became of what had been begun."""
        noted = {tally.part for tally in found.tallies}
        with acting(_by(found)):
            for number in range(found.parts):
                part = await self.parts.find(part_id(found.id, number))
                if part is not None and (part.rows or number not in noted):
                    await self._note(found, part, part.done or await self._begun(part, _mark(found)))
            await self.imports.change(found.id, lambda stored: stored.note_wiped(), remember=False)

    async def _begun(self, part: Part, mark: str) -> list[Done]:
        """The rows of a part that were received before it was cut short."""
        known = await self.introductions.known([row.introduction_id for row in part.rows])
        return [
            Done(row=row.number, outcome=Outcome.RECEIVED, introduction_id=row.introduction_id)
            for row in part.rows
            if mark in known.get(row.introduction_id, ())
        ]


def _mark(found: Import) -> str:
    """Of every row: what has it was put by this import."""
    return f"import:{found.id}"


def _by(found: Import, mark: str | None = None) -> Provenance:
    """Whoever started the import."""
    return Provenance(
        actor=found.by,
        organisation=found.organisation,
        correlation_id=found.id,
        mark=mark,
    )


def _person_of(row: Row, recipients: Recipients, at: datetime, by: Recorded) -> Person:
    holders = [each for each in dict.fromkeys(recipients.values()) if each not in row.keep_out]
    return Person.register(
        id=derived_id(row.introduction_id, "person"),
        details=row.details,
        holders=holders if row.keep_out else None,
        at=at,
        recipients=recipients,
        recorded=by,
    )


def _introduction_of(row: Row, person_id: str, promise: Promise, at: datetime) -> Introduction:
    return Introduction.receive(
        id=row.introduction_id,
        person_id=person_id,
        status_key=secrets.token_urlsafe(16),
        way_in=row.way_in,
        source_code=row.source_code,
        help_areas=row.help_areas,
        story=row.story,
        danger=row.danger,
        at=at,
        received_at=row.received_at,
        promise=promise,
    )
