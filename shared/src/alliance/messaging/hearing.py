"""What a service hears: one readable table from contract event to plain async functions."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Generic, TypeVar

from alliance.contracts import Envelope, Event
from alliance.kernel import Refusal

E = TypeVar("E", bound=Event)

Reaction = Callable[..., Awaitable[object]]
"""`async def open_case(heard: Heard[IntroductionAccepted], cases: Cases, clock: Clock)`: the event first, the rest
is given by name."""

NO_ANSWERS: Mapping[type[Refusal], Reaction] = MappingProxyType({})


@dataclass(frozen=True)
class Heard(Generic[E]):
    """An event as a reaction gets it: checked, and with the envelope it came in."""

    envelope: Envelope
    data: E

    @property
    def id(self) -> str:
        """The event's id, the same however often it is delivered."""
        return self.envelope.id

    @property
    def time(self) -> datetime:
        """When it happened, by the producer's clock."""
        return self.envelope.time


@dataclass(frozen=True)
class Row:
    """One event and what is done about it; `answers` names the reaction that follows when the domain refuses."""

    event: type[Event]
    do: tuple[Reaction, ...]
    answers: Mapping[type[Refusal], Reaction]


def on(
    event: type[Event],
    *,
    do: Reaction | Sequence[Reaction],
    answers: Mapping[type[Refusal], Reaction] = NO_ANSWERS,
) -> Row:
    """A row of the table. Each reaction is retried and deduplicated by itself, under its function's name."""
    reactions = tuple(do) if isinstance(do, Sequence) else (do,)
    return Row(event, reactions, answers)


def name_of(reaction: Reaction) -> str:
    """The name under which a reaction is deduplicated: renaming the function would make it hear everything anew."""
    return str(getattr(reaction, "__name__"))  # noqa: B009 - a Callable has no declared name


class Hears:
    """The whole table of one service."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = tuple(rows)
        seen: set[tuple[str, str]] = set()
        for row in self.rows:
            if not row.do:
                raise ValueError(f"nothing is done about {row.event.type}")
            for reaction in (*row.do, *dict.fromkeys(row.answers.values())):
                entry = (row.event.type, name_of(reaction))
                if entry in seen:
                    raise ValueError(f"{entry[0]} → {entry[1]} is in the table twice")
                seen.add(entry)

    @property
    def types(self) -> tuple[type[Event], ...]:
        """Every event type heard, in table order."""
        return tuple(dict.fromkeys(row.event for row in self.rows))


def listen(*rows: Row) -> Hears:
    """The table in `events/hears.py`."""
    return Hears(rows)
