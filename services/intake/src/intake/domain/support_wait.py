"""How long somebody waited for support to begin: what the status page reckons the expected wait from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from alliance.kernel import Aggregate

FAR = 10**11
"""Seconds since 1970, well after any of us."""


@dataclass(kw_only=True)
class SupportWait(Aggregate):
    """One for each case; of several kinds of support the first to begin counts. `days` since the introduction."""

    indexed: ClassVar[tuple[str, ...]] = ("newest",)

    started_at: datetime
    days: int

    @property
    def newest(self) -> str:
        """The list of all, the latest start first."""
        return f"{FAR - int(self.started_at.timestamp()):011d}:{self.id}"

    def note_started(self, at: datetime, days: int) -> None:
        """Support began. Whatever the order: the earliest start, and of two at once the shorter wait."""
        self.started_at, self.days = min((self.started_at, self.days), (at, days))


@dataclass(frozen=True, kw_only=True)
class UsualWait:
    """Within how many days support began for half of the people, and for three in four."""

    half: int
    most: int

    @classmethod
    def of(cls, days: Sequence[int]) -> "UsualWait":
        """By nearest rank: the smallest number of days within which at least that share began. `days` is not empty."""
        ordered = sorted(days)
        return cls(half=ordered[_rank(len(ordered), 1, 2)], most=ordered[_rank(len(ordered), 3, 4)])


def _rank(many: int, of: int, share: int) -> int:
    return -(-many * of // share) - 1
