"""What one service knows of one person: their details while they allow it, who they were merged with, if erased."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar

from alliance.kernel import Aggregate, Fact
from alliance.people.details import Snapshot


@dataclass(frozen=True, kw_only=True)
class PersonForgotten(Fact):
    """Nothing that tells who the person is, is left here."""

    person_id: str
    request_id: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Merge:
    """This record and another are one person's; the other is the one that goes on."""

    survivor_id: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Elsewhere:
    """Whether another organisation may know who the person is, as they last said."""

    organisation: str
    allowed: bool
    sequence: int


@dataclass(kw_only=True)
class KnownPerson(Aggregate):
    """One for each pseudonym. Every verb may come in any order and any number, and all orders end alike.

    Changes of details and preferences carry the person's consent sequence. A snapshot counts only when it is newer than
    both the last refusal and the copy held, so a late or redelivered one never brings back what was withdrawn. The
    marks, and the tombstone of somebody erased, outlive the copy for ever.
    """

    indexed: ClassVar[tuple[str, ...]] = ("survivor_id",)

    refused_at_sequence: int = 0
    allowed_at_sequence: int = 0
    copy_sequence: int = 0
    snapshot: Snapshot | None = field(default=None, repr=False)
    elsewhere: tuple[Elsewhere, ...] = ()
    """What the person said of other organisations, whose staff may read here too; those not named may know."""
    merges: dict[str, Merge] = field(default_factory=dict)
    """By merge id: those that have not been undone."""
    undone: tuple[str, ...] = ()
    erased_at: datetime | None = None
    confirmed: tuple[str, ...] = ()
    """Requests for erasure that have been answered."""
    death_sequence: int = 0
    died_on: date | None = None

    def keep(self, snapshot: Snapshot, *, sequence: int) -> None:
        """Hold this copy, unless a newer one is held, sharing was refused since, or the person has been erased."""
        if self.erased_at is None and sequence > max(self.refused_at_sequence, self.copy_sequence):
            self.copy_sequence, self.snapshot = sequence, snapshot

    def allow(self, *, sequence: int) -> None:
        """The person lets us hold their details; the snapshot follows."""
        self.allowed_at_sequence = max(self.allowed_at_sequence, sequence)

    def drop(self, *, sequence: int) -> None:
        """The person no longer lets us hold their details: the copy goes, the mark stays."""
        self.refused_at_sequence = max(self.refused_at_sequence, sequence)
        if self.copy_sequence <= self.refused_at_sequence:
            self._lose_copy()

    def note_elsewhere(self, organisation: str, *, allowed: bool, sequence: int) -> None:
        """What the person said last of another organisation counts."""
        known = {each.organisation: each for each in self.elsewhere}
        if organisation not in known or known[organisation].sequence < sequence:
            known[organisation] = Elsewhere(organisation=organisation, allowed=allowed, sequence=sequence)
            self.elsewhere = tuple(known[each] for each in sorted(known))

    def objects_to(self, organisation: str) -> bool:
        """Whether the staff of another organisation must not learn here who this is."""
        return any(each.organisation == organisation and not each.allowed for each in self.elsewhere)

    def merge_into(self, survivor_id: str, *, merge_id: str, at: datetime) -> None:
        """This record is another's person too, unless that has been undone already."""
        if merge_id not in self.undone:
            self.merges[merge_id] = Merge(survivor_id=survivor_id, at=at)

    def unmerge(self, merge_id: str) -> None:
        """They are two people after all."""
        self.merges.pop(merge_id, None)
        self.undone = tuple(sorted({*self.undone, merge_id}))

    def follow_death(self, died_on: date | None, *, sequence: int) -> None:
        """What was last said of it counts: on which day the person died, or that it was a mistake."""
        if sequence > self.death_sequence:
            self.death_sequence, self.died_on = sequence, None if self.erased_at else died_on

    def erase(self, *, at: datetime) -> None:
        """Forget who this is, for good."""
        self.erased_at, self.died_on = min(at, self.erased_at or at), None
        self._lose_copy()

    def confirm_forgotten(self, request_id: str, *, at: datetime) -> None:
        """Say once for each request that nothing is left here."""
        if request_id not in self.confirmed:
            self.confirmed = tuple(sorted({*self.confirmed, request_id}))
            self.record(PersonForgotten(person_id=self.id, request_id=request_id, at=at))

    @property
    def survivor_id(self) -> str | None:
        """Whose record goes on for both, by the latest merge."""
        latest = max(self.merges.items(), key=lambda each: (each[1].at, each[0]), default=None)
        return latest[1].survivor_id if latest else None

    @property
    def awaited(self) -> bool:
        """No copy is held, and nothing says that none will come."""
        if self.erased_at is not None:
            return False
        return not self.copy_sequence and self.refused_at_sequence <= self.allowed_at_sequence

    def _lose_copy(self) -> None:
        self.copy_sequence, self.snapshot = 0, None
