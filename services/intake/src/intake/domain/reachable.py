"""When somebody last said how to reach them: given, changed, or found to be right still."""

from dataclasses import dataclass, field
from datetime import date, datetime

from alliance.kernel import LONDON, Aggregate
from intake.domain.details import Details
from intake.domain.ties import Tie


@dataclass(kw_only=True)
class Reachable(Aggregate):
    """Records from before this was kept count from when the person was registered."""

    details: Details
    """As they are known: of a record into which others were merged, theirs fill what it did not know."""
    registered_at: datetime | None = None
    contact_confirmed_at: datetime | None = None
    ties: list[Tie] = field(default_factory=list)

    @property
    def contact_known_at(self) -> datetime | None:
        """While others are merged into this record, whichever was said last on any of them: it is one person."""
        said = (self.contact_confirmed_at or self.registered_at, *(tie.contact_known_at for tie in self.ties))
        return max((each for each in said if each is not None), default=None)

    @property
    def contact_confirmed_on(self) -> date | None:
        """The day in London."""
        return self.contact_known_at.astimezone(LONDON).date() if self.contact_known_at else None
