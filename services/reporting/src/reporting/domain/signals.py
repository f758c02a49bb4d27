"""Which points of a control chart are more than noise: the four rules of NHS England's Making Data Count."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import pairwise

from reporting.domain.control_chart import Limits

_RUN = 7
"""NHSE: seven points on one side of the mean, or seven that each rise or each fall."""


class Direction(StrEnum):
    HIGH = "high"
    LOW = "low"


def signals(points: Sequence[float], limits: Limits) -> list[Direction | None]:
    """For each point, oldest first: which way it departs from usual variation, or None.

    A point outside the limits counts before a run of seven, that before a trend, that before two of three near a limit.
    """
    found: list[Direction | None] = [None] * len(points)
    for rule in (_two_of_three, _trends, _runs, _outside):
        for index, direction in rule(points, limits):
            found[index] = direction
    return found


Marks = Iterator[tuple[int, Direction]]


def _outside(points: Sequence[float], limits: Limits) -> Marks:
    for index, value in enumerate(points):
        if value > limits.upper:
            yield index, Direction.HIGH
        elif value < limits.lower:
            yield index, Direction.LOW


def _runs(points: Sequence[float], limits: Limits) -> Marks:
    """A point on the mean ends a run."""
    yield from _stretches([_side(value, limits.mean) for value in points], _RUN, also_before=0)


def _trends(points: Sequence[float], _: Limits) -> Marks:
    """Seven points are six steps; a step that goes nowhere ends a trend."""
    steps = [None, *(_side(later, earlier) for earlier, later in pairwise(points))]
    yield from _stretches(steps, _RUN - 1, also_before=1)


def _two_of_three(points: Sequence[float], limits: Limits) -> Marks:
    """Two of three consecutive points beyond two thirds of the way to the same limit; those two are marked."""
    near = 2 / 3
    sides = [
        Direction.HIGH
        if value > limits.mean + near * (limits.upper - limits.mean)
        else Direction.LOW
        if value < limits.mean - near * (limits.mean - limits.lower)
        else None
        for value in points
    ]
    for start in range(len(points) - 2):
        window = range(start, start + 3)
        for direction in Direction:
            close = [index for index in window if sides[index] is direction]
            if len(close) >= 2:
                yield from ((index, direction) for index in close)


def _side(value: float, than: float) -> Direction | None:
    return Direction.HIGH if value > than else Direction.LOW if value < than else None


def _stretches(sides: Sequence[Direction | None], length: int, *, also_before: int) -> Marks:
    """Every place in an unbroken stretch of at least `length`, and as many before it as `also_before` says."""
    start = 0
    for end in range(1, len(sides) + 1):
        if end < len(sides) and sides[end] is sides[start]:
            continue
        direction = sides[start]
        if direction is not None and end - start >= length:
            yield from ((index, direction) for index in range(start - also_before, end))
        start = end
