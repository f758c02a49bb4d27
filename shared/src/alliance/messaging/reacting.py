"""From the table to calls: reactions bound to what they are given, run under the provenance of their event."""

import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from alliance.contracts import Event
from alliance.kernel import Provenance, Refusal, acting
from alliance.kernel.crash import crash_point
from alliance.messaging.hearing import Heard, Hears, Reaction, name_of


@dataclass(frozen=True)
class Bound:
    """A reaction with all its parameters but the event, and the answers to its refusals."""

    name: str
    call: Reaction
    wants_refusal: bool = False
    answers: Mapping[type[Refusal], "Bound"] = field(default_factory=dict)

    def answer_to(self, refusal: Refusal) -> "Bound | None":
        """The answer to the most particular class of `refusal` that the table names."""
        return next((self.answers[kind] for kind in type(refusal).__mro__ if kind in self.answers), None)


class Reactions:
    """All bound reactions of one service, by event type. Fails at once when a parameter is not given."""

    def __init__(self, hears: Hears, given: Mapping[str, object], *, organisation: str) -> None:
        self._organisation = organisation
        self._events = {event.type: event for event in hears.types}
        self._by_type: dict[str, dict[str, Bound]] = {type_: {} for type_ in self._events}
        for row in hears.rows:
            answers = {refusal: _bound(reaction, given, answer=True) for refusal, reaction in row.answers.items()}
            for reaction in row.do:
                self._by_type[row.event.type][name_of(reaction)] = _bound(reaction, given, answers=answers)

    def event(self, type_: str) -> type[Event] | None:
        """The contract of a type that the table has."""
        return self._events.get(type_)

    def stranger(self, type_: str) -> str:
        """Why a type is not in the table: a version that we do not know, or something else altogether."""
        name = type_.rpartition(".")[0]
        return "unknown-version" if any(known.rpartition(".")[0] == name for known in self._events) else "unknown-type"

    def to(self, type_: str, only: str | None = None) -> Iterator[Bound]:
        """The reactions to a type in table order, or the one named `only`."""
        for name, bound in self._by_type.get(type_, {}).items():
            if only is None or name == only:
                yield bound

    async def run(self, bound: Bound, heard: Heard[Event], traceparent: str | None = None) -> None:
        """Run one reaction; a refusal that the table answers is answered, under a mark of the answer's own."""
        try:
            await self._act(bound, heard, traceparent)
        except Refusal as refusal:
            if (answer := bound.answer_to(refusal)) is None:
                raise
            await self._act(answer, heard, traceparent, refusal)
        crash_point("after-effect")

    async def _act(
        self, bound: Bound, heard: Heard[Event], traceparent: str | None, refusal: Refusal | None = None
    ) -> None:
        envelope = heard.envelope
        provenance = Provenance(
            actor=envelope.actor,
            organisation=self._organisation,
            correlation_id=envelope.correlationid,
            causation_id=envelope.id,
            traceparent=traceparent or envelope.traceparent,
            mark=f"reaction:{bound.name}:{envelope.id}",
        )
        with acting(provenance):
            if bound.wants_refusal:
                await bound.call(heard, refusal=refusal)
            else:
                await bound.call(heard)


def _bound(
    reaction: Reaction,
    given: Mapping[str, object],
    *,
    answers: Mapping[type[Refusal], Bound] | None = None,
    answer: bool = False,
) -> Bound:
    parameters = list(inspect.signature(reaction).parameters.values())
    if not parameters:
        raise TypeError(f"{name_of(reaction)} must take the event as its first parameter")
    values: dict[str, object] = {}
    wants_refusal = False
    for parameter in parameters[1:]:
        if answer and parameter.name == "refusal":
            wants_refusal = True
        elif parameter.name in given:
            values[parameter.name] = given[parameter.name]
        elif parameter.default is inspect.Parameter.empty:
            raise LookupError(f"{name_of(reaction)} asks for {parameter.name!r}, which the service does not give")
    call = partial(reaction, **values) if values else reaction
    return Bound(name_of(reaction), call, wants_refusal, answers or {})


def is_transient(error: BaseException) -> bool:
    """Whether trying again soon may help: the class says `transient = True`, or a connection was lost."""
    return bool(getattr(type(error), "transient", False)) or isinstance(error, ConnectionError)
