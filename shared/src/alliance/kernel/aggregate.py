"""An aggregate checks, changes and records what happened; it knows nothing of storage, messages or the web."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Something that happened, in the words of the domain. `says.py` turns it into a contract event."""


@dataclass(kw_only=True)
class Aggregate:
    """A consistency boundary: one document, changed by one verb at a time.

    Subclasses are dataclasses (`kw_only=True`) whose fields are the state; every field must survive a round trip
    through JSON. Verbs take the time as an argument, raise a `Refusal` for an illegal move and do nothing at all,
    not even record a fact, for a legal move that has already been made.
    """

    indexed: ClassVar[tuple[str, ...]] = ()
    """Names of scalar state fields by which lists are read."""

    id: str
    _facts: list[Fact] = field(default_factory=list, init=False, repr=False, compare=False)

    def record(self, fact: Fact) -> None:
        """Remember that something happened; the store writes it together with the state."""
        self._facts.append(fact)

    def take_facts(self) -> tuple[Fact, ...]:
        """What happened since the last call, oldest first; empties the list."""
        facts, self._facts = tuple(self._facts), []
        return facts

    def due_at(self) -> datetime | None:
        """The earliest moment at which time itself matters to this aggregate, or None."""
        return None

    def on_due(self, now: datetime) -> None:
        """Time has reached `due_at`. Must move `due_at` on, or the clock would call for ever."""
