"""A conversation that a worker has begun to write down and will finish later; only they see it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from alliance.kernel import Aggregate, derived_id
from triage.domain.codes import Goal, HelpArea, Strength


def unfinished_id_of(case_id: str, subject: str) -> str:
    """One for each worker on each case."""
    return derived_id("triage", "unfinished", case_id, subject)


@dataclass(frozen=True, kw_only=True)
class Notes:
    on: date | None = None
    at_time: str = ""
    strengths: tuple[Strength, ...] = ()
    goals: tuple[Goal, ...] = ()
    needs: tuple[HelpArea, ...] = ()
    notes: str = ""


@dataclass(kw_only=True)
class Unfinished(Aggregate):
    indexed: ClassVar[tuple[str, ...]] = ("case_id", "person_id")

    case_id: str
    person_id: str
    notes: Notes | None = None
    saved_at: datetime | None = None

    def save(self, notes: Notes, *, at: datetime) -> None:
        """What is written so far takes the place of what was saved before."""
        self.notes, self.saved_at = notes, at

    def finish(self, *, recorded_at: datetime) -> None:
        """The conversation is recorded: what was saved before that is not needed any more."""
        if self.saved_at is not None and self.saved_at <= recorded_at:
            self.notes = None
