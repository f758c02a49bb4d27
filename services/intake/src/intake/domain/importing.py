"""The import of a file of introductions: checked, started by a human, worked off part by part, ended once."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar, Self

from alliance.kernel import Aggregate, to_text
from intake.domain import refusals
from intake.domain.imported import Done, Outcome

KEPT_UNCONFIRMED = timedelta(hours=24)
"""How long a checked file waits for somebody to start it."""
_FAR = 10**11


class ImportState(StrEnum):
    ARRIVING = "arriving"
    """Its parts are being put; a crash here leaves it to expire."""
    CHECKED = "checked"
    RUNNING = "running"
    ENDED = "ended"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    """Nobody started it in time."""


@dataclass(frozen=True, kw_only=True)
class Tally:
    """What became of the rows of one part."""

    part: int
    received: int = 0
    already: int = 0
    failed: int = 0


@dataclass(kw_only=True)
class Import(Aggregate):
    """`good`, `bad` and `seen` are counted when the file is checked: rows to import, with errors, imported before."""

    indexed: ClassVar[tuple[str, ...]] = ("listed", "work")

    by: str
    organisation: str
    checked_at: datetime
    parts: int
    good: int
    bad: int
    seen: int
    state: ImportState = ImportState.ARRIVING
    started_at: datetime | None = None
    ended_at: datetime | None = None
    tallies: list[Tally] = field(default_factory=list)
    wiped: bool = False

    @classmethod
    def check(
        cls,
        *,
        id: str,  # noqa: A002 - the aggregate's own word
        by: str,
        organisation: str,
        at: datetime,
        parts: int,
        good: int,
        bad: int,
        seen: int,
    ) -> Self:
        return cls(id=id, by=by, organisation=organisation, checked_at=at, parts=parts, good=good, bad=bad, seen=seen)

    @property
    def listed(self) -> str:
        """The list of imports: newest first."""
        return f"at:{_FAR - int(self.checked_at.timestamp()):011d}:{self.id}"

    @property
    def work(self) -> str | None:
        """By which the worker finds what to do: files to import, oldest first, and content to wipe."""
        if self.state is ImportState.RUNNING and self.started_at:
            return f"run:{to_text(self.started_at)}:{self.id}"
        return f"wipe:{self.id}" if self.over and not self.wiped else None

    @property
    def over(self) -> bool:
        return self.state in (ImportState.ENDED, ImportState.CANCELLED, ImportState.EXPIRED)

    @property
    def rows(self) -> int:
        return self.good + self.bad

    @property
    def received(self) -> int:
        return sum(each.received for each in self.tallies)

    @property
    def already(self) -> int:
        return sum(each.already for each in self.tallies)

    @property
    def failed(self) -> int:
        return sum(each.failed for each in self.tallies)

    @property
    def worked_off(self) -> int:
        """Rows, out of `good`."""
        return self.received + self.already + self.failed

    @property
    def next_part(self) -> int | None:
        """The first that has not been worked off."""
        noted = {each.part for each in self.tallies}
        return next((number for number in range(self.parts) if number not in noted), None)

    def arrive(self) -> None:
        """All of its parts are here."""
        if self.state is ImportState.ARRIVING:
            self.state = ImportState.CHECKED

    def start(self, *, at: datetime) -> None:
        """A human has seen what the check found, and wants it imported."""
        if self.state is ImportState.RUNNING:
            return
        self._must_not_be_over()
        if self.state is not ImportState.CHECKED:
            raise refusals.FileStillArriving("The file is still arriving. Wait a moment, then try again.")
        if self.good == 0:
            raise refusals.NothingToImport("No row of this file can be imported.")
        self.state, self.started_at = ImportState.RUNNING, at

    def note_part(self, number: int, done: list[Done], *, at: datetime) -> None:
        """A part has been worked off; said twice it counts once. The last one ends the import."""
        if any(each.part == number for each in self.tallies):
            return
        count = {outcome: sum(each.outcome is outcome for each in done) for outcome in Outcome}
        self.tallies.append(
            Tally(
                part=number,
                received=count[Outcome.RECEIVED],
                already=count[Outcome.ALREADY],
                failed=count[Outcome.FAILED],
            )
        )
        if self.state is ImportState.RUNNING and self.next_part is None:
            self.state, self.ended_at = ImportState.ENDED, at

    def cancel(self, *, at: datetime) -> None:
        """No further part is begun; what is imported stays."""
        if self.state is ImportState.CANCELLED:
            return
        self._must_not_be_over()
        self.state, self.ended_at = ImportState.CANCELLED, at

    def note_wiped(self) -> None:
        """Nothing of the file's content is left."""
        self.wiped = self.over

    def due_at(self) -> datetime | None:
        waiting = self.state in (ImportState.ARRIVING, ImportState.CHECKED)
        return self.checked_at + KEPT_UNCONFIRMED if waiting else None

    def on_due(self, now: datetime) -> None:
        due = self.due_at()
        if due is not None and due <= now:
            self.state, self.ended_at = ImportState.EXPIRED, now

    def _must_not_be_over(self) -> None:
        match self.state:
            case ImportState.ENDED:
                raise refusals.ImportOver("This import has ended already.")
            case ImportState.CANCELLED:
                raise refusals.ImportOver("This import has been cancelled. Upload the file again.")
            case ImportState.EXPIRED:
                raise refusals.ImportOver("Nobody started this import within a day. Upload the file again.")
            case _:
                return
