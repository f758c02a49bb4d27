"""Somebody may be in danger: said at any time, whatever became of the introduction."""

from dataclasses import dataclass
from datetime import datetime

from intake.domain import facts
from intake.domain.codes import SafetyKind
from intake.domain.introduction_file import IntroductionFile
from intake.domain.records import Concern, Promise, State


@dataclass(kw_only=True)
class Concerning(IntroductionFile):
    """A concern makes every promise that is running a shorter one."""

    def raise_safety_concern(self, kind: SafetyKind, *, at: datetime, promise: Promise) -> None:
        """Somebody may be in danger now; possible at any time, whatever became of the introduction."""
        concern = Concern(kind=kind, raised_at=at)
        if concern in self.concerns:
            return
        self.concerns.append(concern)
        if self.state is State.RECEIVED:
            soon = at + promise.look_within_when_unsafe
            self.look_by, self.overdue = (soon if self.overdue else min(self.look_by, soon)), False
        elif self.state is State.CLAIMED:
            soon = at + promise.contact_within_when_unsafe
            self._contact_by(soon if self.contact_by is None or self.contact_late else min(self.contact_by, soon))
        self.record(
            facts.SafetyConcernRaised(
                introduction_id=self.id, person_id=self.person_id, kind=kind, raised_at=at, spell=self.spell
            )
        )
