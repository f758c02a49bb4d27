"""From a fact of the domain to the contract events that announce it: the table in each service's `events/says.py`."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from alliance.contracts.event import Event
from alliance.kernel import Fact


@dataclass(frozen=True)
class Spoken:
    """An event about to be said; a personal one names the one service it is for."""

    event: Event
    recipient: str | None = None


@dataclass(frozen=True)
class Saying:
    """One row of the table: how `fact` is announced, and by which event types."""

    fact: type[Fact]
    types: tuple[type[Event], ...]
    speak: Callable[[Any], Iterable[Spoken]]


def say(fact: type[Fact], *types: type[Event]) -> Saying:
    """Announce `fact` by each of `types`, field by field of the same name (side by side: v1 and v2)."""

    def speak(happened: Fact) -> Iterable[Spoken]:
        values = {field.name: getattr(happened, field.name) for field in fields(happened)}
        return [Spoken(type_.model_validate(values, from_attributes=True)) for type_ in types]

    return Saying(fact, types, speak)


def say_by(fact: type[Fact], *types: type[Event], by: Callable[[Any], Iterable[Spoken]]) -> Saying:
    """Announce `fact` by what `by(fact)` returns, where names differ or the event is personal."""
    return Saying(fact, types, by)


class Sayings:
    """All that a service says. A fact that is not in the table is a mistake of the programmer, never silence."""

    def __init__(self, *rows: Saying) -> None:
        self._by_fact = {row.fact: row for row in rows}
        if len(self._by_fact) != len(rows):
            raise ValueError("a fact is announced twice")

    def events_for(self, facts: Sequence[Fact]) -> list[Spoken]:
        """What to say about `facts`, in order. Raises `LookupError` for a fact that the table does not have."""
        spoken: list[Spoken] = []
        for fact in facts:
            if (row := self._by_fact.get(type(fact))) is None:
                raise LookupError(f"{type(fact).__name__} is not in the table of what this service says")
            spoken.extend(row.speak(fact))
        return spoken

    @property
    def rows(self) -> tuple[Saying, ...]:
        return tuple(self._by_fact.values())

    @property
    def types(self) -> tuple[type[Event], ...]:
        """Every event type this service says, in table order."""
        return tuple(dict.fromkeys(type_ for row in self._by_fact.values() for type_ in row.types))
