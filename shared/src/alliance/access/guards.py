"""What is special about access to one person's records: a restriction to those who work with them, and broken glass."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar, Protocol

from alliance.access.caller import Caller
from alliance.access.control import Standing
from alliance.contracts.codes import GlassReason
from alliance.kernel import Aggregate, Fact, Refusal

REMEMBERED = 50
"""Openings that are over and still kept; the audit trail and the event log keep all of them."""
LONGEST_NOTE = 500


class NoteNeeded(Refusal):
    """Another reason has to be written down."""

    def __init__(self) -> None:
        super().__init__("Say in a few words what the other reason is.")


@dataclass(frozen=True, kw_only=True)
class GlassBroken(Fact):
    person_id: str
    record: str
    reason_code: GlassReason
    opened_by: str
    opened_by_organisation: str
    at: datetime
    until: datetime


@dataclass(frozen=True, kw_only=True)
class RestrictionChanged(Fact):
    person_id: str
    restricted: bool
    restriction_sequence: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Opening:
    """Somebody broke the glass: from when until when, and why."""

    id: str
    subject: str
    issuer: str
    organisation: str
    record: str
    reason_code: GlassReason
    note: str = ""
    at: datetime
    until: datetime

    def is_open_for(self, caller: Caller, now: datetime) -> bool:
        """A subject means nothing without its issuer: another organisation's staff-7 is somebody else."""
        mine = (self.subject, self.issuer, self.organisation) == (caller.subject, caller.issuer, caller.organisation)
        return mine and self.at <= now < self.until


@dataclass(kw_only=True)
class PersonAccess(Aggregate):
    """One service's guards of one person's records; its id is the person's pseudonym.

    A restriction is decided in one service and heard by the others, in any order: the sequence says which is newer.
    """

    indexed: ClassVar[tuple[str, ...]] = ("listed",)

    restricted: bool = False
    restriction_sequence: int = 0
    restriction_changed_at: datetime | None = None
    because_of: str | None = None
    """The merge that put the restriction on; None where somebody decided it."""
    openings: tuple[Opening, ...] = ()

    @property
    def listed(self) -> str | None:
        """Restricted people, for the list of a governance lead."""
        return f"restricted:{self.id}" if self.restricted else None

    def restrict(self, *, at: datetime) -> None:
        """From now on only those who work with the person see their records, also when a merge is undone."""
        self.because_of = None
        self._decide(True, at)

    def lift(self, *, at: datetime) -> None:
        """Everybody whom the table lets sees them again."""
        self.because_of = None
        self._decide(False, at)

    def restrict_with(self, merge_id: str, *, at: datetime) -> None:
        """A record that is the same person's is restricted: this one is as well, for as long as the merge holds."""
        if not self.restricted:
            self.because_of = merge_id
            self._decide(True, at)

    def split_off(self, merge_id: str, *, at: datetime) -> None:
        """The merge is undone. What it put on is lifted, unless somebody has decided since."""
        if self.because_of == merge_id:
            self.lift(at=at)

    def follow(self, *, restricted: bool, sequence: int, at: datetime) -> None:
        """Take over what was decided elsewhere, unless something newer is known."""
        if sequence > self.restriction_sequence:
            self.restricted, self.restriction_sequence, self.restriction_changed_at = restricted, sequence, at

    def break_glass(
        self,
        opening_id: str,
        *,
        caller: Caller,
        record: str,
        reason_code: GlassReason,
        note: str,
        at: datetime,
        lasts: timedelta,
    ) -> None:
        """Open the person's records to `caller` for a time. Raises `NoteNeeded` where the code alone says nothing."""
        if any(opening.id == opening_id for opening in self.openings):
            return
        if reason_code is GlassReason.OTHER and not note.strip():
            raise NoteNeeded
        opening = Opening(
            id=opening_id,
            subject=caller.subject,
            issuer=caller.issuer,
            organisation=caller.organisation,
            record=record,
            reason_code=reason_code,
            note=note.strip()[:LONGEST_NOTE],
            at=at,
            until=at + lasts,
        )
        over = [each for each in self.openings if each.until <= at]
        still = [each for each in self.openings if each.until > at]
        self.openings = (*over[-REMEMBERED:], *still, opening)
        self.record(
            GlassBroken(
                person_id=self.id,
                record=record,
                reason_code=reason_code,
                opened_by=caller.subject,
                opened_by_organisation=caller.organisation,
                at=at,
                until=opening.until,
            )
        )

    def opening_for(self, caller: Caller, now: datetime) -> Opening | None:
        """The one of the caller's openings that lasts longest."""
        mine = [opening for opening in self.openings if opening.is_open_for(caller, now)]
        return max(mine, key=lambda opening: opening.until, default=None)

    def _decide(self, restricted: bool, at: datetime) -> None:
        if self.restricted is restricted:
            return
        self.restricted, self.restriction_changed_at = restricted, at
        self.restriction_sequence += 1
        self.record(
            RestrictionChanged(
                person_id=self.id, restricted=restricted, restriction_sequence=self.restriction_sequence, at=at
            )
        )


class Found(Protocol):
    """One page of a list."""

    @property
    def items(self) -> list[PersonAccess]: ...


class People(Protocol):
    """What is needed of a collection of `PersonAccess`."""

    async def find(self, id_: str) -> PersonAccess | None: ...

    async def page(self, key: str, prefix: str = "", *, after: str | None = None, limit: int = 50) -> Found: ...

    async def change_or_add(
        self,
        id_: str,
        new: Callable[[], PersonAccess],
        act: Callable[[PersonAccess], object],
        *,
        remember: bool = True,
    ) -> PersonAccess: ...


@dataclass(frozen=True, kw_only=True)
class Guards:
    """The guards of everybody whose records this service holds."""

    people: People
    glass_lasts: timedelta = timedelta(hours=8)

    async def of(self, person_id: str) -> PersonAccess | None:
        return await self.people.find(person_id)

    async def standing(self, person_id: str, caller: Caller, now: datetime) -> Standing:
        """What `Control` asks before it decides."""
        person = await self.of(person_id)
        if person is None:
            return Standing()
        opening = person.opening_for(caller, now)
        return Standing(restricted=person.restricted, glass_until=opening.until if opening else None)

    async def restricted(self, *, after: str | None = None, limit: int = 50) -> list[PersonAccess]:
        """Those whose records are for the people who work with them, at most `limit`."""
        return (await self.people.page("listed", "restricted:", after=after, limit=limit)).items

    async def break_glass(
        self,
        opening_id: str,
        person_id: str,
        *,
        caller: Caller,
        record: str,
        reason_code: GlassReason,
        note: str,
        at: datetime,
    ) -> PersonAccess:
        """Open the person's records to `caller`; the same opening id opens them once. Raises `NoteNeeded`."""
        return await self._change(
            person_id,
            lambda person: person.break_glass(
                opening_id,
                caller=caller,
                record=record,
                reason_code=reason_code,
                note=note,
                at=at,
                lasts=self.glass_lasts,
            ),
        )

    async def restrict(self, person_id: str, *, restricted: bool, at: datetime) -> PersonAccess:
        """Decide it, in the service that decides."""
        return await self._change(
            person_id, lambda person: person.restrict(at=at) if restricted else person.lift(at=at)
        )

    async def restrict_with(self, person_id: str, merge_id: str, *, at: datetime) -> PersonAccess:
        """For as long as the merge holds."""
        return await self._change(person_id, lambda person: person.restrict_with(merge_id, at=at))

    async def split_off(self, person_id: str, merge_id: str, *, at: datetime) -> PersonAccess:
        return await self._change(person_id, lambda person: person.split_off(merge_id, at=at))

    async def follow(self, person_id: str, *, restricted: bool, sequence: int, at: datetime) -> PersonAccess:
        """Take over what was decided elsewhere."""
        return await self._change(
            person_id, lambda person: person.follow(restricted=restricted, sequence=sequence, at=at)
        )

    async def _change(self, person_id: str, act: Callable[[PersonAccess], object]) -> PersonAccess:
        """Each verb is its own guard against repeats, so no mark is left: one person may be looked after for years."""
        return await self.people.change_or_add(person_id, lambda: PersonAccess(id=person_id), act, remember=False)
