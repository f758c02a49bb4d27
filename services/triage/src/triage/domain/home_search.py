"""What triage knows of housing's search for a home, for the timeline of the case it belongs to."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from alliance.kernel import Aggregate


@dataclass(kw_only=True)
class HomeSearch(Aggregate):
    """One for each placement, by housing's placement id. Its verbs may come in any order and any number."""

    indexed: ClassVar[tuple[str, ...]] = ("case_id", "person_id")

    person_id: str
    case_id: str | None = None
    opened_at: datetime | None = None
    moved_in_on: date | None = None
    moved_in_as_of: int = 0
    """The sequence number of the event that stated `moved_in_on`: an older one does not overwrite it."""
    closed_at: datetime | None = None

    def note_opened(self, case_id: str, *, at: datetime) -> None:
        """The search began, for this case."""
        self.case_id, self.opened_at = case_id, at

    def note_moved_in(self, on: date, *, sequence: int, case_id: str | None = None) -> None:
        """The person moved in on that day, by the placement's event number `sequence`; possibly a correction."""
        self.case_id = case_id or self.case_id
        if sequence > self.moved_in_as_of:
            self.moved_in_on, self.moved_in_as_of = on, sequence

    def note_closed(self, *, at: datetime) -> None:
        """The search ended without a move."""
        self.closed_at = at
