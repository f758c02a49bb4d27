"""Two records that may be of one person, until a human has said whether they are."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Self

from alliance.kernel import Aggregate, derived_id, to_text
from intake.domain import refusals
from intake.domain.matching import SENTENCES, Likeness, Reason, Verdict


class Answer(StrEnum):
    """What was said about two records."""

    OPEN = "open"
    LATER = "later"
    DIFFERENT = "different"
    SAME = "same"
    ELSEWHERE = "elsewhere"
    """One of them is part of a third record now, and is compared as that."""


@dataclass(frozen=True, kw_only=True)
class Decision:
    """`by` None: it followed from something else. `until`: when it runs out and the two are offered again."""

    answer: Answer
    by: str | None
    at: datetime
    until: datetime | None = None


@dataclass(kw_only=True)
class Match(Aggregate):
    """One for each pair, whichever of the two was compared with which, so that an answer holds both ways."""

    indexed: ClassVar[tuple[str, ...]] = ("older_id", "newer_id", "queue")

    older_id: str
    newer_id: str
    verdict: Verdict = Verdict.NONE
    reasons: tuple[Reason, ...] = ()
    found_at: datetime
    decisions: list[Decision] = field(default_factory=list)
    because_of: str | None = None
    """The merge by which the two came to be compared, where they were not alike themselves."""

    @classmethod
    def of(cls, older_id: str, newer_id: str, *, at: datetime, because_of: str | None = None) -> Self:
        """Nothing is proposed yet."""
        id_ = match_id(older_id, newer_id)
        return cls(id=id_, older_id=older_id, newer_id=newer_id, found_at=at, because_of=because_of)

    @property
    def answer(self) -> Answer:
        return self.decisions[-1].answer if self.decisions else Answer.OPEN

    @property
    def is_open(self) -> bool:
        return self.answer is Answer.OPEN and self.verdict is not Verdict.NONE

    @property
    def queue(self) -> str | None:
        """The order in which they are decided: the likeliest first, then those found first."""
        return f"open:{3 - self.verdict}:{to_text(self.found_at)}:{self.id}" if self.is_open else None

    @property
    def sentences(self) -> list[str]:
        return [SENTENCES[reason] for reason in self.reasons]

    def other_than(self, person_id: str) -> str:
        return self.newer_id if person_id == self.older_id else self.older_id

    def propose(self, likeness: Likeness) -> None:
        """They are alike. What a human has said about them stands until it runs out."""
        if likeness.verdict > self.verdict:
            self.verdict, self.reasons = likeness.verdict, likeness.reasons

    def not_the_same(self, *, by: str, at: datetime, until: datetime | None) -> None:
        """They are two people; not asked again before `until`, where that is given."""
        self._decide(Decision(answer=Answer.DIFFERENT, by=by, at=at, until=until))

    def decide_later(self, *, by: str, at: datetime, until: datetime) -> None:
        """Somebody has to find out first."""
        self._decide(Decision(answer=Answer.LATER, by=by, at=at, until=until))

    def settle(self, answer: Answer, *, at: datetime) -> None:
        """Follow a merge or its end."""
        if self.answer is not answer:
            self.decisions.append(Decision(answer=answer, by=None, at=at))

    def go_back(self, *, at: datetime) -> None:
        """What came of a merge no longer holds: what had been said before does."""
        if self.answer is not Answer.ELSEWHERE:
            return
        before = next((each for each in reversed(self.decisions) if each.answer is not Answer.ELSEWHERE), None)
        self.decisions.append(before or Decision(answer=Answer.OPEN, by=None, at=at))

    def due_at(self) -> datetime | None:
        return self.decisions[-1].until if self.decisions else None

    def on_due(self, now: datetime) -> None:
        due = self.due_at()
        if due is not None and due <= now:
            self.decisions.append(Decision(answer=Answer.OPEN, by=None, at=now))

    def _decide(self, decision: Decision) -> None:
        if self.answer is decision.answer:
            return
        if self.answer in (Answer.SAME, Answer.ELSEWHERE):
            raise refusals.AlreadyMerged("These records have been merged. Undo that first.")
        self.decisions.append(decision)


def match_id(one: str, other: str) -> str:
    """The same for the same two, whichever comes first."""
    return derived_id("match", *sorted((one, other)))
