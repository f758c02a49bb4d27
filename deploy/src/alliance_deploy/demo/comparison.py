"""Compares what was heard with what is listed: missing, unexpected, and late."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from alliance.kernel import from_text
from alliance_deploy.demo.expected import Effect, Expected
from alliance_deploy.operate.tap import Said

Key = tuple[str, str | None]


@dataclass(frozen=True)
class Findings:
    """Sentences; `missing` and `unexpected` empty when everything happened as listed and nothing else did."""

    missing: tuple[str, ...] = ()
    unexpected: tuple[str, ...] = ()
    late: tuple[str, ...] = ()

    @property
    def wrong(self) -> tuple[str, ...]:
        return (*self.missing, *self.unexpected)


def is_complete(journey: Expected, heard: Iterable[Said]) -> bool:
    """Whether everything listed has been heard."""
    return not _missing(journey, _counted(heard))


def compare(journey: Expected, heard: Sequence[Said], *, began: str) -> Findings:
    """`heard` is all that was said about the people of this journey; `began` an instant as text."""
    once = list({event.id: event for event in heard}.values())
    counted, most = _counted(once), _listed(journey, most=True)
    unexpected = [
        f"unexpected: {_name(key)}, {counted[key] - most[key]} more than listed"
        for key in counted
        if counted[key] > most[key]
    ]
    late = [sentence for effect in journey.effects for sentence in _late(effect, once, began)]
    return Findings(tuple(_missing(journey, counted)), tuple(unexpected), tuple(late))


def _missing(journey: Expected, counted: Counter[Key]) -> list[str]:
    listed = _listed(journey)
    return [
        f"missing: {_name(key)}" + (f", {counted[key]} of {listed[key]} heard" if listed[key] > 1 else "")
        for key in listed
        if counted[key] < listed[key]
    ]


def _late(effect: Effect, heard: Sequence[Said], began: str) -> Iterable[str]:
    """For each such event: seconds since the latest of the facts it follows that came before it."""
    for event in heard:
        if (event.type, event.recipient) == (effect.type, effect.to):
            causes = [other.time for other in heard if other.type == effect.follows and other.time <= event.time]
            seconds = (from_text(event.time) - from_text(max(causes, default=began))).total_seconds()
            if seconds > effect.within:
                name, after = _name((effect.type, effect.to)), effect.follows or "the beginning"
                yield f"late: {name} {seconds:.1f} s after {after}, agreed {effect.within:g} s"


def _listed(journey: Expected, *, most: bool = False) -> Counter[Key]:
    listed: Counter[Key] = Counter()
    for effect in journey.effects:
        listed[effect.type, effect.to] += (effect.most if most else None) or effect.times
    return listed


def _counted(heard: Iterable[Said]) -> Counter[Key]:
    return Counter((event.type, event.recipient) for event in {event.id: event for event in heard}.values())


def _name(key: Key) -> str:
    return key[0] + (f" to {key[1]}" if key[1] else "")
