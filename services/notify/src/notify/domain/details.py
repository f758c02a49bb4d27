"""What a person lets this organisation know about reaching them, and the mark below which nothing comes back."""

from dataclasses import dataclass
from typing import Literal

from alliance.kernel import Aggregate
from notify.domain.codes import Channel

_KIND_OF = {Channel.EMAIL: "email", Channel.SMS: "phone", Channel.LETTER: "address"}


@dataclass(frozen=True, kw_only=True)
class ContactPoint:
    kind: Literal["phone", "email", "address"]
    value: str
    safe: bool


@dataclass(kw_only=True)
class Details(Aggregate):
    """Our copy of a person's details; its id is the person's pseudonym.

    Every change carries the person's consent sequence. A snapshot counts only when it is newer than both the last
    refusal and the copy held, so a late or redelivered one never brings back what was withdrawn, in whatever order
    things arrive. The marks outlive the copy.
    """

    refused_at_sequence: int = 0
    allowed_at_sequence: int = 0
    copy_sequence: int = 0
    call_me: str | None = None
    contact_points: tuple[ContactPoint, ...] = ()

    def keep(self, *, sequence: int, call_me: str | None, contact_points: tuple[ContactPoint, ...]) -> None:
        """Take this snapshot, unless a newer one is held or sharing was refused since."""
        if sequence > max(self.refused_at_sequence, self.copy_sequence):
            self.copy_sequence, self.call_me, self.contact_points = sequence, call_me, contact_points

    def allow(self, *, sequence: int) -> None:
        """The person lets us hold their details; the snapshot follows."""
        self.allowed_at_sequence = max(self.allowed_at_sequence, sequence)

    def drop(self, *, sequence: int) -> None:
        """The person no longer lets us hold their details: the copy goes, the mark stays."""
        self.refused_at_sequence = max(self.refused_at_sequence, sequence)
        if self.copy_sequence <= self.refused_at_sequence:
            self.copy_sequence, self.call_me, self.contact_points = 0, None, ()

    @property
    def awaited(self) -> bool:
        """Nothing is held, and nothing says that nothing will come."""
        return not self.copy_sequence and self.refused_at_sequence <= self.allowed_at_sequence

    def safe_channel(self) -> Channel | None:
        """The first channel whose contact point the person recorded as safe."""
        return next((channel for channel in Channel if self.safe_address(channel) is not None), None)

    def safe_address(self, channel: Channel) -> str | None:
        """Where to send by `channel`, if that is safe."""
        kind = _KIND_OF[channel]
        return next((point.value for point in self.contact_points if point.kind == kind and point.safe), None)
