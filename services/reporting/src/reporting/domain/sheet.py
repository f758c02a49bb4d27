"""A sheet of lines, one line for each event and month: the place where an event is either new or known."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Self

from alliance.kernel import Aggregate

FULL = 250
"""Lines from which a sheet takes no more events from outside its own range."""

FIRST, LAST = "", "g"
"""Sort before and after every event id."""

AFTER = "~"
"""An id with this behind it sorts after that id and before the next."""

_DOWNWARDS = str.maketrans("0123456789abcdef", "fedcba9876543210")


def downwards(event_id: str) -> str:
    """Ids in this form sort in the opposite order."""
    return event_id.rstrip(AFTER).translate(_DOWNWARDS)


@dataclass(frozen=True, kw_only=True)
class Line:
    """What one event counts for in one month."""

    event_id: str
    month: str
    type: str
    amounts: dict[str, int]
    replayed: bool = False
    """Read from a log, not heard live: counted in silence, since what it restated was said at the time."""

    @property
    def text(self) -> str:
        amounts = ",".join(f"{figure}={amount}" for figure, amount in self.amounts.items())
        return f"{self.event_id} {self.month} {self.type} {'log' if self.replayed else 'live'} {amounts}"

    @classmethod
    def parse(cls, text: str) -> Self:
        event_id, month, type_, heard, amounts = text.split(" ")
        pairs = (pair.split("=") for pair in amounts.split(","))
        return cls(
            event_id=event_id,
            month=month,
            type=type_,
            amounts={figure: int(amount) for figure, amount in pairs},
            replayed=heard == "log",
        )


@dataclass(kw_only=True)
class Sheet(Aggregate):
    """Lines of one publisher, only ever appended to: those of the events with ids from `first` up to before `until`.

    Event ids sort by time, so neighbours in time share a sheet and many are written at once. A full sheet narrows to
    the ids that it holds, and the gaps that it leaves on either side are free for new sheets. Ranges never overlap
    and no line ever moves, so looking at one sheet tells whether an event is known. Lines are one text, since that
    is what stores and sends fastest.
    """

    indexed: ClassVar[tuple[str, ...]] = ("ends", "ends_downwards", "uncounted")

    publisher: str
    first: str
    until: str
    full: bool = False
    text: str = ""
    length: int = 0
    counted: int = 0

    @classmethod
    def opened(cls, publisher: str, first: str, until: str) -> Self:
        """For the gap between two full sheets, the lower of which ends at `first` and the upper begins at `until`."""
        return cls(id=f"{publisher}:{first}:{until}", publisher=publisher, first=first, until=until)

    @property
    def ends(self) -> str:
        return f"{self.publisher}:{self.until}"

    @property
    def ends_downwards(self) -> str | None:
        """Ascending where `ends` of full sheets descends."""
        return f"{self.publisher}:{downwards(self.until)}" if self.full else None

    @property
    def uncounted(self) -> str | None:
        return self.id if self.counted < self.length else None

    def accepts(self, event_id: str) -> bool:
        return self.first <= event_id < self.until

    def add(self, lines: Iterable[Line]) -> None:
        """Append the lines of events that belong here and are not known yet."""
        known = {text[:36] for text in self.text.splitlines()}
        new = {
            (line.event_id, line.month): line
            for line in lines
            if self.accepts(line.event_id) and line.event_id not in known
        }.values()
        if not new:
            return
        self.text += "".join(f"{line.text}\n" for line in new)
        self.length += len(new)
        if self.length >= FULL and not self.full:
            ids = known | {line.event_id for line in new}
            self.full, self.first, self.until = True, min(ids), f"{max(ids)}{AFTER}"

    def lines(self, start: int = 0) -> list[Line]:
        """In the order in which they came, from position `start` on."""
        return [Line.parse(text) for text in self.text.splitlines()[start:]]

    def mark_counted(self, length: int) -> None:
        """The first `length` lines have been added to their months."""
        self.counted = max(self.counted, length)
