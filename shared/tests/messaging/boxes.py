"""Outboxes in memory, with an outage switch."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from alliance.contracts import Envelope
from alliance.messaging.outbox import Confirmed


class Away(Exception):
    transient = True


@dataclass
class Box:
    collection: str
    id: str
    version: int = 0
    entries: list[Envelope] = field(default_factory=list)


@dataclass
class Boxes:
    """What the relay needs of a store."""

    boxes: dict[tuple[str, str], Box] = field(default_factory=dict)
    recorded: dict[str, datetime] = field(default_factory=dict)
    confirmed: list[Confirmed] = field(default_factory=list)
    batches: int = 0
    away: bool = False
    holder: str | None = None

    def write(self, id_: str, *envelopes: Envelope) -> tuple[str, str, int, Sequence[Envelope]]:
        """Record events; what is returned is what a store tells the relay."""
        box = self.boxes.setdefault(("introductions", id_), Box("introductions", id_))
        box.version += 1
        box.entries.extend(envelopes)
        self.recorded |= {envelope.id: datetime.now(UTC) for envelope in envelopes}
        return "introductions", id_, box.version, envelopes

    @property
    def waiting(self) -> int:
        return sum(len(box.entries) for box in self.boxes.values())

    async def pending(self, older_than: datetime, limit: int = 100) -> list[Box]:
        self._answer()
        old = [box for box in self.boxes.values() if box.entries and self.recorded[box.entries[0].id] <= older_than]
        return [Box(box.collection, box.id, box.version, list(box.entries)) for box in old[:limit]]

    async def confirm(self, confirmed: Sequence[Confirmed]) -> None:
        self._answer()
        self.batches += 1
        self.confirmed.extend(confirmed)
        for each in confirmed:
            box = self.boxes[each.collection, each.id]
            box.entries = [entry for entry in box.entries if entry.id not in each.event_ids]

    async def lease(self, name: str, holder: str, seconds: float) -> bool:
        self._answer()
        self.holder = self.holder or holder
        return self.holder == holder

    def _answer(self) -> None:
        if self.away:
            raise Away
