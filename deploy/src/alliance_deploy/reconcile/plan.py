"""The difference between what is wanted and what is there, as steps that a person can read."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from alliance_deploy.reconcile.picture import Picture, Thing

UNCHANGEABLE = frozenset({"exchange", "queue"})
"""RabbitMQ never alters these: they are removed and made anew."""


@dataclass(frozen=True)
class Step:
    act: Literal["add", "change", "remove"]
    thing: Thing
    before: Any = None
    after: Any = None

    def __str__(self) -> str:
        if self.act != "change":
            return f"{self.act} {self.thing}"
        parts = [part for part in {**self.before, **self.after} if self.before.get(part) != self.after.get(part)]
        told = (f"{part} {self.before.get(part)!r} → {self.after.get(part)!r}" for part in parts)
        return f"change {self.thing}: {', '.join(told)}"


@dataclass(frozen=True)
class Plan:
    """Empty when broker and agreement are equal."""

    steps: tuple[Step, ...]

    def __bool__(self) -> bool:
        return bool(self.steps)

    def __str__(self) -> str:
        return "\n".join(str(step) for step in self.steps) or "nothing to do: broker and agreement are equal"

    def removed(self, kind: str) -> Iterator[Thing]:
        """Things that go, among them those that must be made anew."""
        for step in self.steps:
            gone = step.act == "remove" or (step.act == "change" and kind in UNCHANGEABLE)
            if gone and step.thing.kind == kind:
                yield step.thing

    def made(self, kind: str) -> Iterator[Thing]:
        for step in self.steps:
            if step.act != "remove" and step.thing.kind == kind:
                yield step.thing

    def shrunk(self) -> frozenset[str]:
        """Users whose open connections may still do what they no longer may."""
        names = set()
        for step in self.steps:
            lost = step.act == "remove" or (step.act == "change" and _loses(step))
            if lost and step.thing.kind in {"right", "user"}:
                names.add(step.thing.name[0])
        return frozenset(names)


def difference(wanted: Picture, there: Picture) -> Plan:
    """Steps from `there` to `wanted`, removals first."""
    gone = [Step("remove", thing, before=there[thing]) for thing in sorted(there.keys() - wanted.keys())]
    other = [
        Step("change", thing, before=there[thing], after=wanted[thing])
        for thing in sorted(there.keys() & wanted.keys())
        if there[thing] != wanted[thing]
    ]
    new = [Step("add", thing, after=wanted[thing]) for thing in sorted(wanted.keys() - there.keys())]
    return Plan((*gone, *other, *new))


def _loses(step: Step) -> bool:
    """A right that reads differently counts as lost: regular expressions cannot be compared by size."""
    if step.thing.kind == "right":
        return bool(step.before != step.after)
    return any(step.before.get(part) != step.after.get(part) for part in ("password", "tags"))
