"""All whom a service knows: the copy of their details, and which records are one person's."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from alliance.people.details import Snapshot
from alliance.people.holdings import MOST, Listed
from alliance.people.merged import LONGEST_CHAIN, Merged
from alliance.people.person import KnownPerson

AT_ONCE = 200
"""Merged records of one read."""


class KnownPeople(Protocol):
    """What is needed of a collection of `KnownPerson`."""

    async def find(self, id_: str) -> KnownPerson | None: ...

    async def several(self, ids: Sequence[str]) -> Mapping[str, KnownPerson]: ...

    async def with_key(self, key: str, value: str, *, limit: int = 100) -> list[KnownPerson]: ...

    async def page(
        self, key: str, prefix: str = "", *, after: str | None = None, limit: int = 50
    ) -> Listed[KnownPerson]: ...

    async def change_or_add(
        self,
        id_: str,
        new: Callable[[], KnownPerson],
        act: Callable[[KnownPerson], object],
        *,
        remember: bool = True,
    ) -> KnownPerson: ...


@dataclass(frozen=True, kw_only=True)
class Known:
    """`organisation`: whose service this is; `keeps`: the fields of a snapshot that it needs, nothing else is held."""

    people: KnownPeople
    organisation: str
    keeps: frozenset[str] = frozenset()

    async def of(self, person_id: str) -> KnownPerson | None:
        """The record of this pseudonym itself, whatever it was merged with."""
        return await self.people.find(person_id)

    async def survivor_of(self, person_id: str) -> str:
        """The pseudonym by which the person goes now: their own, or that of the record theirs was merged into."""
        seen, now = {person_id}, person_id
        for _ in range(LONGEST_CHAIN):
            person = await self.people.find(now)
            if person is None or person.survivor_id is None or person.survivor_id in seen:
                return now
            now = person.survivor_id
            seen.add(now)
        return now

    async def ids_of(self, person_id: str) -> tuple[str, ...]:
        """Every pseudonym of the same person: first the one that goes on, then those merged into it."""
        found = [await self.survivor_of(person_id)]
        for each in found:
            merged = await self.people.with_key("survivor_id", each)
            found += [person.id for person in merged if person.id not in found]
        return tuple(found)

    async def merged(self) -> Merged:
        """All merges, by the page, for whoever asks of many people. Staff decide each, so there are few."""
        found: list[KnownPerson] = []
        after: str | None = None
        while True:
            page = await self.people.page("survivor_id", after=after, limit=AT_ONCE)
            found += page.items
            if (after := page.next) is None:
                return Merged({each.id: each.survivor_id for each in found if each.survivor_id})
            found += await self.people.with_key("survivor_id", after, limit=MOST)  # the page may end among them

    async def now(self, person_id: str) -> KnownPerson | None:
        """What is known of the person by whichever of their pseudonyms goes on."""
        return await self.of(await self.survivor_of(person_id))

    async def details_of(self, person_id: str, *, reader: str | None = None) -> Snapshot | None:
        """The copy of their details; None also where they do not allow it, to us or to the `reader`'s organisation."""
        person = await self.now(person_id)
        if person is None or (reader and await self._objects(person_id, person, reader)):
            return None
        return person.snapshot

    async def _objects(self, person_id: str, now: KnownPerson, organisation: str) -> bool:
        """Under the pseudonym asked for, or the one that goes on."""
        own = now if now.id == person_id else await self.of(person_id)
        return now.objects_to(organisation) or (own is not None and own.objects_to(organisation))

    async def died_on(self, person_id: str) -> date | None:
        """The day of their death, if the front door has recorded it for any of their pseudonyms."""
        for id_ in await self.ids_of(person_id):
            person = await self.of(id_)
            if person is not None and person.died_on is not None:
                return person.died_on
        return None

    async def deaths(self, person_ids: Sequence[str]) -> dict[str, date]:
        """Of those of `person_ids` who have died, the day; in as many reads for one as for a page of them."""
        merged = await self.merged()
        records = {id_: merged.ids_of(id_) for id_ in person_ids}
        people = await self.people.several(list({each for ids in records.values() for each in ids}))
        days = {id_: [people[each].died_on for each in ids if each in people] for id_, ids in records.items()}
        return {id_: day for id_, known in days.items() if (day := next(filter(None, known), None))}

    async def is_erased(self, person_id: str) -> bool:
        person = await self.of(person_id)
        return person is not None and person.erased_at is not None

    async def keep(self, person_id: str, snapshot: Snapshot, *, sequence: int) -> None:
        kept = snapshot.only(self.keeps)
        await self._change(person_id, lambda person: person.keep(kept, sequence=sequence))

    async def follow_sharing(self, person_id: str, *, allowed: bool, sequence: int) -> None:
        await self._change(
            person_id, lambda person: person.allow(sequence=sequence) if allowed else person.drop(sequence=sequence)
        )

    async def follow_sharing_elsewhere(
        self, person_id: str, organisation: str, *, allowed: bool, sequence: int
    ) -> None:
        await self._change(
            person_id, lambda person: person.note_elsewhere(organisation, allowed=allowed, sequence=sequence)
        )

    async def follow_death(self, person_id: str, died_on: date | None, *, sequence: int) -> None:
        await self._change(person_id, lambda person: person.follow_death(died_on, sequence=sequence))

    async def merge(self, merged_id: str, survivor_id: str, *, merge_id: str, at: datetime) -> None:
        await self._change(merged_id, lambda person: person.merge_into(survivor_id, merge_id=merge_id, at=at))

    async def unmerge(self, merged_id: str, merge_id: str) -> None:
        await self._change(merged_id, lambda person: person.unmerge(merge_id))

    async def erase(self, person_id: str, *, at: datetime) -> None:
        await self._change(person_id, lambda person: person.erase(at=at))

    async def confirm_forgotten(self, person_id: str, request_id: str, *, at: datetime) -> None:
        await self._change(person_id, lambda person: person.confirm_forgotten(request_id, at=at))

    async def _change(self, person_id: str, act: Callable[[KnownPerson], object]) -> None:
        """Each verb is its own guard against repeats, so no mark is left: one person may be looked after for years."""
        await self.people.change_or_add(person_id, lambda: KnownPerson(id=person_id), act, remember=False)
