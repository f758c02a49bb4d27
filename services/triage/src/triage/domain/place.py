"""An offer as its provider sees it: asked for, taken, begun, left. The places of an entry are counted from these."""

from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import ClassVar, Self

from alliance.kernel import Aggregate, to_text
from triage.domain.codes import Support


@dataclass(kw_only=True)
class Place(Aggregate):
    """One for each offer, by the offer's id. Its verbs may come in any order and any number: each states one moment."""

    indexed: ClassVar[tuple[str, ...]] = ("answers", "taken", "begun", "begun_anywhere")

    case_id: str
    person_id: str
    kind: Support
    provider_id: str
    service_id: str | None
    offered_at: datetime | None = None
    answer_by: datetime | None = None
    accepted_at: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    """Declined, lapsed, taken back, or support that ran has ended."""

    @property
    def is_taken(self) -> bool:
        return (self.accepted_at or self.started_at) is not None and self.ended_at is None

    @property
    def answers(self) -> str | None:
        """The list of what waits for a provider's answer, the oldest offer first."""
        if self.offered_at is None or self.accepted_at or self.started_at or self.ended_at:
            return None
        return f"{self.provider_id} {to_text(self.offered_at)}:{self.id}"

    @property
    def taken(self) -> str | None:
        """The list of an entry's places that are taken."""
        return f"{self.service_id} {self.id}" if self.service_id and self.is_taken else None

    @property
    def begun(self) -> str | None:
        """The list of support that began through an entry, in the order in which it began."""
        if self.service_id is None or self.offered_at is None or self.started_at is None:
            return None
        return f"{self.service_id} {to_text(self.started_at)}:{self.id}"

    @property
    def begun_anywhere(self) -> str | None:
        """The same of all entries together."""
        return None if self.begun is None or self.started_at is None else f"{to_text(self.started_at)}:{self.id}"

    @property
    def waited_days(self) -> int | None:
        """Whole days from the offer to the start."""
        if self.offered_at is None or self.started_at is None:
            return None
        return max(0, (self.started_at - self.offered_at).days)

    def note(
        self,
        *,
        offered_at: datetime | None = None,
        answer_by: datetime | None = None,
        accepted_at: datetime | None = None,
        started_at: datetime | None = None,
        ended_at: datetime | None = None,
    ) -> None:
        """What one event states; the rest stays as it is known."""
        self.offered_at, self.answer_by = self.offered_at or offered_at, self.answer_by or answer_by
        self.accepted_at, self.started_at = self.accepted_at or accepted_at, self.started_at or started_at
        self.ended_at = self.ended_at or ended_at


@dataclass(frozen=True, kw_only=True)
class Wait:
    """How long people really waited, from the offer to the start, in days; `of` so many who have started."""

    median_days: float
    of: int

    @classmethod
    def measured(cls, places: list[Place]) -> Self | None:
        """None where nobody has started: no figure is better than a made-up one."""
        days = [place.waited_days for place in places if place.waited_days is not None]
        return cls(median_days=median(days), of=len(days)) if days else None
