"""What the status page may tell about a person beyond the introduction itself: no names, no places."""

from dataclasses import dataclass
from datetime import datetime

from alliance.kernel import Aggregate


@dataclass(kw_only=True)
class Progress(Aggregate):
    """One for each person. Its verbs may come in any order and any number: the latest time wins."""

    told_at: datetime | None = None
    not_reached_at: datetime | None = None
    moved_in: bool = False

    def note_told(self, at: datetime) -> None:
        """A message reached the person."""
        self.told_at = max(at, self.told_at or at)

    def note_not_reached(self, at: datetime) -> None:
        """A message did not reach the person."""
        self.not_reached_at = max(at, self.not_reached_at or at)

    def note_moved_in(self) -> None:
        """The person lives in a home of their own."""
        self.moved_in = True
