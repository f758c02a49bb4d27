"""How long records are kept: looked up for one person, looked through for all, and what a human says about one."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from alliance.kernel import Clock, Provenance, acting, from_text, new_id, to_text
from alliance.store import Database
from intake.application.collections import Introductions, Keepings, People, Progresses
from intake.application.contacts import Contacts
from intake.domain.introduction import Introduction
from intake.domain.keeping import DeathSource, ExtensionReason, HoldReason, Keeping, KeepingTerms, LastContact
from intake.domain.records import State

LEASE, LEASED_SECONDS = "intake-keeping", 60.0
ROUND_EVERY = timedelta(days=7)
LOOKS_EVERY = 10.0
"""Seconds until what was confirmed is begun."""
AT_ONCE = 50
REST = 4.0
"""Seconds of rest for each second of work: nobody waits for this."""
ROUND = "keeping-round"

BeginErasure = Callable[[str, str], Awaitable[None]]
"""Takes the person's id and whoever confirmed it."""


@dataclass(frozen=True, kw_only=True)
class Kept:
    """How long a record is kept, as a page tells it."""

    keeping: Keeping
    last: LastContact
    until: date | None


@dataclass(frozen=True, kw_only=True)
class KeepingRecords:
    """What is needed to say how long a record is kept."""

    keepings: Keepings
    introductions: Introductions
    people: People
    progresses: Progresses
    contacts: Contacts
    terms: KeepingTerms
    clock: Clock

    async def kept(self, person_id: str) -> Kept:
        keeping = await self.keepings.find(person_id) or Keeping(id=person_id)
        last = await self.last_contact(person_id)
        return Kept(keeping=keeping, last=last, until=keeping.until(last, self.terms))

    async def last_contact(self, person_id: str) -> LastContact:
        """Of all records of this person: their introductions, their cases, and when a message reached them."""
        ids = [person_id, *(each.id for each in await self.people.with_key("merged_into", person_id))]
        moments: list[datetime] = []
        still_here = False
        for id_ in ids:
            for introduction in await self.introductions.with_key("person_id", id_):
                moments += _moments(introduction)
                still_here = still_here or _is_open(introduction)
            progress = await self.progresses.find(id_)
            moments += [progress.told_at] if progress and progress.told_at else []
        return LastContact(on=max(moments).date() if moments else None, still_here=still_here)

    async def look(self, person_id: str) -> None:
        """Note whether the time of a record has come; nothing is noted of one that says nothing and has time."""
        last, today = await self.last_contact(person_id), self.clock.now().date()
        until = (await self.keepings.find(person_id) or Keeping(id=person_id)).until(last, self.terms)
        if (until is not None and until <= today) or await self.keepings.find(person_id) is not None:
            await self.keepings.change_or_add(
                person_id,
                lambda: Keeping(id=person_id),
                lambda keeping: keeping.look(last, self.terms, today=today),
                remember=False,
            )

    async def note_death(self, person_id: str, on: date, source: DeathSource) -> None:
        await self.people.get(person_id)
        at = self.clock.now()
        await self._change(person_id, lambda keeping: keeping.note_death(on, source, at=at))
        await self.contacts.follow(person_id)

    async def take_back_death(self, person_id: str) -> None:
        await self.people.get(person_id)
        at = self.clock.now()
        await self._change(person_id, lambda keeping: keeping.take_back_death(at=at))
        await self.contacts.follow(person_id)

    async def put_on_hold(self, person_id: str, reason: HoldReason) -> None:
        await self.people.get(person_id)
        await self._change(person_id, lambda keeping: keeping.put_on_hold(reason))

    async def lift_hold(self, person_id: str) -> None:
        await self._change(person_id, Keeping.lift_hold)

    async def extend(self, person_id: str, until: date, reason: ExtensionReason) -> None:
        today = self.clock.now().date()
        await self.people.get(person_id)
        await self._change(person_id, lambda keeping: keeping.extend(until, reason, today=today))

    async def confirm(self, person_id: str, *, by: str) -> None:
        """By what is known now: a contact since the list was made stops it. The erasure is begun by the worker."""
        at = self.clock.now()
        await self._change(person_id, lambda keeping: keeping.confirm(by=by, at=at))

    async def _change(self, person_id: str, act: Callable[[Keeping], object]) -> None:
        """By what is known now, before and after: the list of those whose time has come does not wait for its week."""
        last, today = await self.last_contact(person_id), self.clock.now().date()

        def change(keeping: Keeping) -> None:
            keeping.look(last, self.terms, today=today)
            act(keeping)
            keeping.look(last, self.terms, today=today)

        await self.keepings.change_or_add(person_id, lambda: Keeping(id=person_id), change)


@dataclass(kw_only=True)
class LookingThrough:
    """`run` is a loop of the service's: once a week everybody's clocks are looked at, slowly, by one process."""

    database: Database
    records: KeepingRecords
    organisation: str
    begin: BeginErasure | None = None
    rest: float = REST
    holder: str = field(default_factory=new_id)

    async def run(self) -> None:
        while True:
            if not await self.step():
                await asyncio.sleep(LOOKS_EVERY)

    async def step(self) -> bool:
        """Look at some people; False once everybody has been looked at this week, or another process looks."""
        if not await self.database.lease(LEASE, self.holder, LEASED_SECONDS):
            return False
        by = Provenance(actor="service:intake", organisation=self.organisation, correlation_id=new_id())
        with acting(by):
            await self._begin()
            return await self._look()

    async def _begin(self) -> None:
        """Begin the erasures that were confirmed. Its id follows from the person's: said twice it is one."""
        if self.begin is None:
            return
        for keeping in (await self.records.keepings.page("to_erase", "erase:", limit=AT_ONCE)).items:
            await self.begin(keeping.id, keeping.confirmed_by or "")
            at = self.records.clock.now()
            await self.records.keepings.change(keeping.id, lambda stored: stored.note_begun(at=at))  # noqa: B023

    async def _look(self) -> bool:
        rounds, now = self.database.collection("rounds"), self.records.clock.now()
        round_ = await rounds.find(ROUND) or {"after": None, "ended_at": None}
        if round_["ended_at"] and from_text(round_["ended_at"]) + ROUND_EVERY > now:
            return False
        began = asyncio.get_running_loop().time()
        page = await self.records.introductions.page("person_id", after=round_["after"], limit=AT_ONCE)
        for person_id in dict.fromkeys(each.person_id for each in page.items):
            await self.records.look(person_id)
            await self.records.contacts.follow(person_id)
        ended_at = None if page.next else to_text(now)
        await rounds.update({"_id": ROUND}, {"$set": {"after": page.next, "ended_at": ended_at}}, upsert=True)
        await asyncio.sleep(self.rest * (asyncio.get_running_loop().time() - began))
        return page.next is not None


def _moments(introduction: Introduction) -> list[datetime]:
    found = [
        introduction.received_at,
        introduction.claimed_at,
        introduction.ended_at,
        introduction.case_closed_at,
        *(each.at for each in introduction.attempts),
        *(each.at for each in introduction.additions),
        *(each.at for each in introduction.notes),
    ]
    return [moment for moment in found if moment is not None]


def _is_open(introduction: Introduction) -> bool:
    """At the door, or on with a case that nobody has closed."""
    accepted = introduction.state is State.ACCEPTED or introduction.case_id is not None
    return introduction.at_the_door or (accepted and introduction.case_closed_at is None)
