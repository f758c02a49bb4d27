"""What triage knows of housing's search for a home, for the timeline of the case it belongs to."""

from collections.abc import Iterable
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
    moved_on_on: date | None = None
    closed_at: datetime | None = None

    @property
    def over(self) -> bool:
        """Housing looks no longer: the person has a home or had one, or the search ended without one."""
        return (self.closed_at or self.moved_in_on or self.moved_on_on) is not None

    def note_opened(self, case_id: str, *, at: datetime) -> None:
        """The search began, for this case."""
        self.case_id, self.opened_at = case_id, at

    def note_moved_in(self, on: date, *, sequence: int, case_id: str | None = None) -> None:
        """The person moved in on that day, by the placement's event number `sequence`; possibly a correction."""
        self.case_id = case_id or self.case_id
        if sequence > self.moved_in_as_of:
            self.moved_in_on, self.moved_in_as_of = on, sequence

    def note_moved_on(self, on: date) -> None:
        """The person left the home on that day."""
        self.moved_on_on = on

    def note_closed(self, *, at: datetime) -> None:
        """The search ended without a move."""
        self.closed_at = at


def is_over(introduced_at: datetime | None, searches: Iterable[HomeSearch]) -> bool:
    """Whether the search that an introduction to IPSA began has ended, as far as housing has told."""
    return any(search.over for search in searches if search.opened_at == introduced_at)
