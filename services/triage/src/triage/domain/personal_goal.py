"""A goal in the person's own words: how they will know that it is reached, and how it went so far."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from alliance.kernel import Aggregate
from triage.domain import refusals
from triage.domain.codes import Goal
from triage.domain.talk_codes import GoalState


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How it goes, as it was told; `state` where that was the end of it."""

    words: str
    at: datetime
    by: str
    state: GoalState = GoalState.WORKING


@dataclass(kw_only=True)
class PersonalGoal(Aggregate):
    """One document for each goal: how it went is never overwritten."""

    indexed: ClassVar[tuple[str, ...]] = ("case_id", "person_id")

    case_id: str
    person_id: str
    words: str
    tag: Goal
    how_we_know: str = ""
    set_at: datetime
    set_by: str
    progress: list[Progress] = field(default_factory=list)

    @property
    def state(self) -> GoalState:
        return self.progress[-1].state if self.progress else GoalState.WORKING

    def note_progress(self, progress: Progress) -> None:
        """How it goes now; a goal that was met or let go has come to its end."""
        if progress in self.progress:
            return
        if self.state is not GoalState.WORKING:
            raise refusals.GoalEnded("This goal was met or let go. Set a new one instead.")
        self.progress.append(progress)
