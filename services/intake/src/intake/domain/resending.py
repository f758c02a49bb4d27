"""Sending details once more to a service that came late: everybody's whose wish allows it, by their ids."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from alliance.kernel import Aggregate, to_text
from intake.domain import refusals

_FAR = 10**11


class ResendingState(StrEnum):
    RUNNING = "running"
    ENDED = "ended"
    CANCELLED = "cancelled"


@dataclass(kw_only=True)
class Resending(Aggregate):
    """To one service of one organisation. `after`: the person up to whom it has got."""

    indexed: ClassVar[tuple[str, ...]] = ("listed", "work")

    service: str
    to_organisation: str
    by: str
    organisation: str
    begun_at: datetime
    state: ResendingState = ResendingState.RUNNING
    after: str | None = None
    looked: int = 0
    sent: int = 0
    ended_at: datetime | None = None

    @property
    def listed(self) -> str:
        """Newest first."""
        return f"at:{_FAR - int(self.begun_at.timestamp()):011d}:{self.id}"

    @property
    def work(self) -> str | None:
        running = self.state is ResendingState.RUNNING
        return f"run:{to_text(self.begun_at)}:{self.id}" if running else None

    def advance(self, before: str | None, *, after: str | None, looked: int, sent: int, at: datetime) -> None:
        """Some more people were looked at, from `before` on; said twice it counts once. `after` None: that was all."""
        if self.state is not ResendingState.RUNNING or self.after != before:
            return
        self.looked, self.sent = self.looked + looked, self.sent + sent
        if after is None:
            self.state, self.ended_at = ResendingState.ENDED, at
        else:
            self.after = after

    def cancel(self, *, at: datetime) -> None:
        """Nobody more; what is sent is sent."""
        if self.state is ResendingState.CANCELLED:
            return
        if self.state is ResendingState.ENDED:
            raise refusals.ResendingOver("This has ended already.")
        self.state, self.ended_at = ResendingState.CANCELLED, at
