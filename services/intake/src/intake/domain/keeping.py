"""How long a person's record is kept: until its clock has run out, and a human has said that it may go."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from alliance.kernel import Aggregate
from intake.domain import facts, refusals

LONGEST_EXTENSION = timedelta(days=3653)


class DeathSource(StrEnum):
    """From whom we know of a death."""

    FAMILY = "family"
    GP = "gp"
    HOSPITAL = "hospital"
    CORONER = "coroner"
    NATIONAL_RECORDS = "national-records"


class HoldReason(StrEnum):
    """Why nothing may be deleted for now (Inquiries Act 2005 s35; pre-action protocols)."""

    INQUIRY = "inquiry"
    INQUEST = "inquest"
    CLAIM = "claim"
    COMPLAINT = "complaint"


class ExtensionReason(StrEnum):
    """Why a record is kept for longer than its clock says."""

    IN_TOUCH_ELSEWHERE = "in-touch-elsewhere"
    FAMILY_ASKS = "family-asks"
    RESEARCH = "research"
    HISTORICAL = "historical"


@dataclass(frozen=True, kw_only=True)
class KeepingTerms:
    """NHS Records Management Code of Practice: mental health, 20 years after the last contact, 10 after death."""

    after_contact: timedelta = timedelta(days=7305)
    after_death: timedelta = timedelta(days=3653)


@dataclass(frozen=True, kw_only=True)
class LastContact:
    """The last that happened; `still_here`: an introduction or a case is open."""

    on: date | None
    still_here: bool = False


@dataclass(kw_only=True)
class Keeping(Aggregate):
    """Of one person, by their id. There is none for most: only where something was said, or the time has come."""

    indexed: ClassVar[tuple[str, ...]] = ("come", "to_erase")

    died_on: date | None = None
    death_source: DeathSource | None = None
    death_sequence: int = 0
    """Grows with every change of what is said of a death."""
    hold: HoldReason | None = None
    extended_until: date | None = None
    extension: ExtensionReason | None = None
    come_on: date | None = None
    """The day on which the clock ran out, once somebody has looked."""
    confirmed_at: datetime | None = None
    confirmed_by: str | None = None
    begun_at: datetime | None = None
    """When the erasure was begun."""

    @property
    def come(self) -> str | None:
        """The list of records whose time has come: the longest overdue first."""
        waits = self.come_on is not None and self.hold is None and self.confirmed_at is None
        return f"come:{self.come_on}:{self.id}" if waits else None

    @property
    def to_erase(self) -> str | None:
        """By which those are found whose erasure is to be begun."""
        return f"erase:{self.id}" if self.confirmed_at is not None and self.begun_at is None else None

    def until(self, last: LastContact, terms: KeepingTerms) -> date | None:
        """The first day on which the record need not be kept; None while that is not to be said.

        After a death its own clock counts in place of the other. Whatever is open, and any hold, stops both.
        """
        if last.still_here or self.hold is not None:
            return None
        if self.died_on is not None:
            ends: date | None = self.died_on + terms.after_death
        else:
            ends = last.on + terms.after_contact if last.on else None
        return max((each for each in (ends, self.extended_until) if each is not None), default=None)

    def look(self, last: LastContact, terms: KeepingTerms, *, today: date) -> None:
        """Whether the time has come, by what is known today."""
        until = self.until(last, terms)
        self.come_on = until if until is not None and until <= today else None
        if self.come_on is None and self.begun_at is None:
            self.confirmed_at = self.confirmed_by = None

    def note_death(self, on: date, source: DeathSource, *, at: datetime) -> None:
        """The person has died; said again it is corrected. One that was noted before it was told is told then."""
        if on > at.date():
            raise refusals.DateInTheFuture("The date of death cannot be in the future.")
        told = on == self.died_on and self.death_sequence > 0
        if (on, source) != (self.died_on, self.death_source):
            self._look_again()
        self.died_on, self.death_source = on, source
        if not told:
            self.death_sequence += 1
            self.record(facts.PersonDied(person_id=self.id, died_on=on, death_sequence=self.death_sequence, at=at))

    def take_back_death(self, *, at: datetime) -> None:
        """It was a mistake."""
        if self.died_on is not None:
            self.died_on, self.death_source = None, None
            self._look_again()
            self.death_sequence += 1
            self.record(facts.PersonDeathCorrected(person_id=self.id, death_sequence=self.death_sequence, at=at))

    def put_on_hold(self, reason: HoldReason) -> None:
        """Nothing may be deleted until the hold is lifted, whatever was confirmed before."""
        if self.begun_at is not None:
            raise refusals.ErasureBegun("The erasure of this record has begun.")
        self.hold, self.confirmed_at, self.confirmed_by = reason, None, None

    def lift_hold(self) -> None:
        self.hold = None

    def extend(self, until: date, reason: ExtensionReason, *, today: date) -> None:
        """Keep it for longer: at most ten years at a time."""
        if not today < until <= today + LONGEST_EXTENSION:
            raise refusals.ExtensionWrong("Choose a day from tomorrow on, at most ten years from now.")
        self.extended_until, self.extension = until, reason
        self._look_again()

    def confirm(self, *, by: str, at: datetime) -> None:
        """It may go: the governance lead has looked. An erasure follows."""
        if self.confirmed_at is not None:
            return
        if self.hold is not None:
            raise refusals.OnHold("This record is on hold: nothing may be deleted.")
        if self.come_on is None:
            raise refusals.TimeNotCome("The time of this record has not come.")
        self.confirmed_at, self.confirmed_by = at, by

    def note_begun(self, *, at: datetime) -> None:
        """The erasure is under way; the rest is its own."""
        if self.to_erase is not None:
            self.begun_at = at

    def forget(self) -> None:
        """The person is erased: that the time had come and who said so stays, what is known of them does not."""
        self.died_on = self.death_source = self.hold = self.extended_until = self.extension = None

    def _look_again(self) -> None:
        """What was known has changed: whether the time has come is found out anew."""
        if self.begun_at is None:
            self.come_on = self.confirmed_at = self.confirmed_by = None
