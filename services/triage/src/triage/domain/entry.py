"""An entry of the directory: what a service offers, who last assured it, and whether it takes anybody on now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from alliance.kernel import Aggregate, to_text
from triage.domain import facts, refusals
from triage.domain.codes import EntryStatus, PauseReason
from triage.domain.particulars import Particulars

SOON = timedelta(days=14)
"""So long before an assurance runs out, its provider is reminded on the page."""


class Freshness(StrEnum):
    """How far an entry can be relied on: directories multiply and go stale (co-cddo/open-standards#77)."""

    ASSURED = "assured"
    RUNS_OUT_SOON = "runs-out-soon"
    STALE = "stale"
    NEVER = "never"


@dataclass(frozen=True, kw_only=True)
class Pause:
    """Nobody is taken on now. `until` is a promise, not a rule: somebody ends it, or says again."""

    reason: PauseReason
    since: datetime
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class Room:
    """How many places there are for the alliance's people, as the provider says; None where nobody counts."""

    places: int | None = None
    free_expected_on: date | None = None
    pause: Pause | None = None


@dataclass(kw_only=True)
class Entry(Aggregate):
    """Of one provider. `assure_days`: how long an assurance holds, as it was when it was given."""

    indexed: ClassVar[tuple[str, ...]] = (
        *("listed", "listed_of", "assured", "assured_of"),
        *("to_assure", "to_assure_of"),
    )

    organisation_id: str
    organisation_name: str = ""
    """Of one that is no member, as the directory that it came from calls it."""
    says: Particulars
    modified_at: datetime
    modified_by: str
    room: Room = Room()
    assure_days: int
    assured_at: datetime | None = None
    assurer: str | None = None
    """Subject of whoever assured it; staff see who that is."""
    lapse_said_for: datetime | None = None
    """The assurance whose end has been told already."""

    @property
    def listed(self) -> str:
        """The whole directory by name."""
        return f"{self.says.name.casefold()[:100]}:{self.id}"

    @property
    def listed_of(self) -> str:
        """What one organisation gives, by name."""
        return f"{self.organisation_id} {self.listed}"

    @property
    def assured(self) -> str:
        """The whole directory: what nobody has assured, then by when somebody last did."""
        return f"{to_text(self.assured_at) if self.assured_at else '-'}:{self.id}"

    @property
    def assured_of(self) -> str:
        """The same for one organisation."""
        return f"{self.organisation_id} {self.assured}"

    @property
    def to_assure(self) -> str | None:
        """The whole directory but what is gone for good: what nobody has assured, then by when it has to be again."""
        if self.says.status is EntryStatus.DEFUNCT:
            return None
        return f"{to_text(self.assured_until) if self.assured_at else '-'}:{self.id}"

    @property
    def to_assure_of(self) -> str | None:
        """The same for one organisation."""
        return None if self.to_assure is None else f"{self.organisation_id} {self.to_assure}"

    def given_by(self, members: Mapping[str, str]) -> str:
        """What its organisation is called."""
        return members.get(self.organisation_id) or self.organisation_name or self.organisation_id

    @property
    def assured_until(self) -> datetime:
        """One that nobody has assured counts from when it was last written."""
        return (self.assured_at or self.modified_at) + timedelta(days=self.assure_days)

    def freshness(self, now: datetime) -> Freshness:
        if self.assured_at is None:
            return Freshness.NEVER
        if now >= self.assured_until:
            return Freshness.STALE
        return Freshness.RUNS_OUT_SOON if now >= self.assured_until - SOON else Freshness.ASSURED

    def edit(self, says: Particulars, *, by: str, at: datetime) -> None:
        """Say something else about the service. That does not assure it: a slip may be among what was not looked at."""
        if says != self.says:
            _check(says)
            self.says, self.modified_at, self.modified_by = says, at, by

    def assure(self, *, by: str, at: datetime, days: int) -> None:
        """All that it says is right as of now, says somebody of the provider."""
        if self.says.status is EntryStatus.DEFUNCT:
            raise refusals.EntryDefunct("A service that is gone for good cannot be assured.")
        if self.assured_at is None or at > self.assured_at:
            self.assured_at, self.assurer, self.assure_days = at, by, days

    def note_assured(self, at: datetime | None, *, days: int) -> None:
        """When another directory says that it was assured; nobody here did."""
        if at is not None and (self.assured_at is None or at > self.assured_at):
            self.assured_at, self.assurer, self.assure_days = at, None, days

    def make_room(self, room: Room, *, by: str, at: datetime) -> None:
        """Say how many places there are, or that nobody is taken on now."""
        if room.places is not None and room.places < 0:
            raise refusals.WrongParticulars("There cannot be fewer than no places.")
        if room != self.room:
            self.room, self.modified_at, self.modified_by = room, at, by

    def due_at(self) -> datetime | None:
        gone = self.says.status is EntryStatus.DEFUNCT
        return None if gone or self.lapse_said_for == self.assured_until else self.assured_until

    def on_due(self, now: datetime) -> None:
        due = self.due_at()
        if due is None or due > now:
            return
        self.lapse_said_for = due
        self.record(
            facts.DirectoryAssuranceLapsed(
                service_id=self.id, provider_id=self.organisation_id, assured_at=self.assured_at, due_at=due
            )
        )


def new_entry(id_: str, organisation_id: str, says: Particulars, *, by: str, at: datetime, days: int) -> Entry:
    """Written, and not assured yet: that somebody else has looked is worth something."""
    _check(says)
    return Entry(id=id_, organisation_id=organisation_id, says=says, modified_at=at, modified_by=by, assure_days=days)


def _check(says: Particulars) -> None:
    low, high = says.minimum_age, says.maximum_age
    if low is not None and high is not None and low > high:
        raise refusals.WrongParticulars("The youngest age is above the oldest.")
    for hours in says.hours:
        if hours.opens_at >= hours.closes_at:
            raise refusals.WrongParticulars(f"It cannot close at {hours.closes_at:%H:%M} before it has opened.")
