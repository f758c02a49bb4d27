"""All figures of one month: counters that facts add to, final once the month is closed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from alliance.kernel import Aggregate, derived_id
from reporting.domain.calendar import closing_time, end_of
from reporting.domain.facts import FigureRestated, MonthClosed
from reporting.domain.refusals import MonthClosedAlready, MonthNotOver
from reporting.domain.sheet import Line


def month_id_of(month: str) -> str:
    """The same month has the same id in every rebuild."""
    return derived_id("reporting", "month", month)


@dataclass(kw_only=True)
class Month(Aggregate):
    """Counts each line once: it knows for every sheet how many of its lines have been counted here."""

    indexed: ClassVar[tuple[str, ...]] = ("month",)

    month: str
    closes_at: datetime
    figures: dict[str, int] = field(default_factory=dict)
    closed: bool = False
    counted_to: dict[str, int] = field(default_factory=dict)

    @classmethod
    def opened(cls, month: str, *, close_after_days: int, now: datetime) -> "Month":
        """A month first heard of after its closing time is final from the start, and in silence: either it is being
        rebuilt from the logs and was announced in its day, or there was nothing to announce.
        """
        closes_at = closing_time(month, after_days=close_after_days)
        return cls(id=month_id_of(month), month=month, closes_at=closes_at, closed=now >= closes_at)

    def count(self, sheet_id: str, start: int, lines: Sequence[Line]) -> None:
        """Add this month's part of `lines`, which stand on a sheet from position `start` on.

        Raises `MonthClosedAlready`: then they can only restate it.
        """
        new = self._uncounted(sheet_id, start, lines)
        if new and self.closed:
            raise MonthClosedAlready
        self._add(new)
        self._counted(sheet_id, start + len(lines))

    def restate(self, sheet_id: str, start: int, lines: Sequence[Line], *, at: datetime) -> None:
        """Add late lines to final figures and say what changed, figure by figure."""
        late = self._uncounted(sheet_id, start, lines)
        self._add(line for line in late if line.replayed)
        before = dict(self.figures)
        self._add(line for line in late if not line.replayed)
        self._counted(sheet_id, start + len(lines))
        for figure in sorted(before.keys() | self.figures.keys()):
            if (was := before.get(figure, 0)) != (value := self.figures.get(figure, 0)):
                self.record(
                    FigureRestated(
                        month_id=self.id, month=self.month, figure=figure, value_before=was, value=value, at=at
                    )
                )

    def close(self, *, at: datetime) -> None:
        """The figures are final. Raises `MonthNotOver`."""
        if at < end_of(self.month):
            raise MonthNotOver
        if not self.closed:
            self.closed = True
            self.record(MonthClosed(month_id=self.id, month=self.month, at=at))

    def due_at(self) -> datetime | None:
        return None if self.closed else self.closes_at

    def on_due(self, now: datetime) -> None:
        if not self.closed and now >= self.closes_at:
            self.close(at=now)

    def _uncounted(self, sheet_id: str, start: int, lines: Sequence[Line]) -> list[Line]:
        done = max(0, self.counted_to.get(sheet_id, 0) - start)
        return [line for line in lines[done:] if line.month == self.month]

    def _counted(self, sheet_id: str, length: int) -> None:
        self.counted_to[sheet_id] = max(length, self.counted_to.get(sheet_id, 0))

    def _add(self, lines: Iterable[Line]) -> None:
        """A figure that is back at nothing is left out, so that every order ends in the same state."""
        for line in lines:
            for figure, amount in line.amounts.items():
                if total := self.figures.get(figure, 0) + amount:
                    self.figures[figure] = total
                else:
                    self.figures.pop(figure, None)
