"""An effect is one thing that must be found exactly once; a verdict is what was expected and not found, or too much."""

from collections import Counter
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Effect:
    """Of one command in one service: what it is, of whom or what (an id), and how it must look."""

    service: str
    what: str
    id: str
    detail: str = ""

    def __str__(self) -> str:
        return " ".join(part for part in (self.service, self.what, self.id, self.detail) if part)


Effects = Counter[Effect]


@dataclass(frozen=True)
class Verdict:
    """`lost` was answered and did not take effect, `doubled` took effect and was not answered (so often)."""

    lost: Effects
    doubled: Effects
    broken: tuple[str, ...]
    """Promises that do not need the log: the ledger is out of balance, a vacancy was offered twice."""
    left: tuple[str, ...]
    """What lies in a quarantine or still waits in a queue or an outbox."""
    examined: int = 0

    @classmethod
    def of(cls, expected: Effects, found: Effects, *, broken: tuple[str, ...], left: tuple[str, ...]) -> "Verdict":
        return cls(expected - found, found - expected, broken, left, expected.total())

    @property
    def ok(self) -> bool:
        return not (self.lost or self.doubled or self.broken or self.left)

    def __str__(self) -> str:
        head = f"{self.examined} effects: lost {self.lost.total()}, doubled {self.doubled.total()}"
        lines = [f"lost {count} × {effect}" for effect, count in sorted(self.lost.items())]
        lines += [f"doubled {count} × {effect}" for effect, count in sorted(self.doubled.items())]
        lines += [f"broken: {sentence}" for sentence in self.broken]
        lines += [f"left: {sentence}" for sentence in self.left]
        return "\n  ".join((head, *lines[:40], *(["…"] if len(lines) > 40 else [])))
