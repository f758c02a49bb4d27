"""Charts that everybody can read: a picture without scripts or styles, beside it a sentence, a table and a CSV file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import cycle, islice
from typing import Protocol

from markupsafe import Markup

from alliance.web.drawing import (
    WIDTH,
    Kind,
    Number,
    Scale,
    element,
    frame,
    key_of,
    level,
    path,
    picture,
    point,
)

NOTHING = "There is nothing to show yet."
FEWEST_POINTS = 15
"""NHS England, Making Data Count: with fewer points it is a run chart, without limits."""

_MEANINGS: Mapping[str, str] = {
    "common": "Usual variation",
    "improvement": "Improvement",
    "concern": "Concern",
    "neither": "Change, neither good nor bad",
}
_BAR, _SERIES = 56, 4


class Limits(Protocol):
    """XmR limits as the reporting service computes them."""

    @property
    def mean(self) -> float: ...
    @property
    def lower(self) -> float: ...
    @property
    def upper(self) -> float: ...


@dataclass(frozen=True)
class Key:
    svg: Markup
    text: str


@dataclass(frozen=True, kw_only=True)
class Chart:
    """What `chart(…)` of `alliance/charts.html` shows. `svg` is empty where there is nothing to show."""

    caption: str
    sentence: str
    svg: Markup
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    key: tuple[Key, ...] = ()
    csv: str | None = None
    """Address of the same figures as a file."""


def plain(value: float) -> str:
    """`1,234`, `−3`, `12.5`."""
    text = f"{abs(value):,.1f}".removesuffix(".0")
    return f"−{text}" if value < 0 and text != "0" else text


def line_chart(
    caption: str,
    labels: Sequence[str],
    lines: Mapping[str, Sequence[float | None]],
    *,
    sentence: str | None = None,
    target: float | None = None,
    target_name: str = "Target",
    number: Number = plain,
    of: str = "Month",
    days: Sequence[date] = (),
    csv: str | None = None,
) -> Chart:
    """One to four series over the same labels, oldest first; None is a gap. `of` heads the labels' column.

    With `days`, one for each label, the points lie as far apart as their days do.
    """
    if not 0 < len(lines) <= _SERIES:
        raise ValueError("a line chart has one to four lines")
    _same_length(labels, *lines.values(), *([days] if days else []))
    known = [value for line in lines.values() for value in line if value is not None]
    said = sentence or (_lines(labels, lines, number) if known else NOTHING)
    rows = tuple(
        (label, *("" if line[index] is None else number(line[index] or 0) for line in lines.values()))
        for index, label in enumerate(labels)
    )
    svg = Markup("")
    key: list[Key] = []
    if known:
        scale = Scale.over([*known, *([] if target is None else [target])], len(labels), number, days)
        parts = frame(scale, labels, number)
        if target is not None:
            parts.append(level(scale, target, "target"))
            key.append(Key(key_of("target"), f"{target_name} {number(target)}"))
        for place, (name, line) in enumerate(lines.items(), 1):
            parts.append(path(scale, line, f"series-{place}"))
            parts += [
                point(scale.x(index), scale.y(value), f"point-{place}", f"{name}, {labels[index]}: {number(value)}")
                for index, value in enumerate(line)
                if value is not None
            ]
            if len(lines) > 1 or target is not None:
                key.insert(place - 1, Key(key_of(f"line--{place}"), name))
        svg = picture(parts, title=caption, description=said)
    return Chart(
        caption=caption,
        sentence=said,
        svg=svg,
        headings=(of, *lines),
        rows=rows if known else (),
        key=tuple(key),
        csv=csv,
    )


def bar_chart(
    caption: str,
    bars: Sequence[tuple[str, float]],
    *,
    sentence: str | None = None,
    number: Number = plain,
    of: tuple[str, str] = ("What", "Number"),
    csv: str | None = None,
) -> Chart:
    """Lying bars in the order given, each with its words above it, so that it reads the same on a phone.

    For amounts: a value below zero has a number and no bar. Where no bar would be seen there is no picture: the
    sentence and the table say it.
    """
    said = sentence or (_largest(bars, number) if bars else NOTHING)
    svg = Markup("")
    most = max((value for _, value in bars), default=0)
    if most > 0:
        parts: list[Markup] = []
        for index, (label, value) in enumerate(bars):
            top = index * _BAR
            parts += [
                element("text", label, x=0, y=top + 22),
                element("text", number(value), x=WIDTH, y=top + 22, class_="value end"),
                element("rect", x=0, y=top + 31, width=WIDTH, height=14, rx=2, class_="track"),
                element("rect", x=0, y=top + 31, width=max(value, 0) / most * WIDTH, height=14, rx=2, class_="bar"),
            ]
        svg = picture(parts, title=caption, description=said, height=len(bars) * _BAR)
    rows = tuple((label, number(value)) for label, value in bars)
    return Chart(caption=caption, sentence=said, svg=svg, headings=of, rows=rows, csv=csv)


def control_chart(
    caption: str,
    labels: Sequence[str],
    values: Sequence[float],
    *,
    limits: Limits | None,
    kinds: Sequence[Kind] = (),
    sentence: str | None = None,
    target: float | None = None,
    number: Number = plain,
    of: tuple[str, str] = ("Month", "Number"),
    csv: str | None = None,
) -> Chart:
    """An XmR chart: what is noise, and what is a signal. Without limits it is a run chart and says so.

    Limits and the kind of each point come from the rules of whoever owns the figure; none given means usual variation.
    """
    each = list(islice(kinds, len(values))) if kinds else list(islice(cycle(["common"]), len(values)))
    _same_length(labels, values, each)
    if not values:
        return Chart(caption=caption, sentence=sentence or NOTHING, svg=Markup(""), headings=of, rows=(), csv=csv)
    said = sentence or (_run(values) if limits is None else _signals(labels, each, limits, number))
    drawn = [*values, *([] if target is None else [target])]
    drawn += [limits.lower, limits.upper] if limits else []
    scale = Scale.over(drawn, len(values), number)
    parts = []
    key = []
    if limits is not None:
        top, foot = scale.y(limits.upper), scale.y(limits.lower)
        parts.append(
            element("rect", x=scale.left, y=top, width=scale.right - scale.left, height=foot - top, class_="between")
        )
    parts += frame(scale, labels, number)
    if limits is not None:
        parts += [level(scale, limits.upper, "limit"), level(scale, limits.lower, "limit")]
        parts.append(level(scale, limits.mean, "mean"))
        key.append(Key(key_of("mean"), f"Mean {number(limits.mean)}"))
        key.append(Key(key_of("limit"), f"Limits {number(limits.lower)} to {number(limits.upper)}"))
    if target is not None:
        parts.append(level(scale, target, "target"))
        key.append(Key(key_of("target"), f"Target {number(target)}"))
    parts.append(path(scale, values, "run"))
    for index, (value, kind) in enumerate(zip(values, each, strict=True)):
        parts.append(point(scale.x(index), scale.y(value), kind, f"{labels[index]}: {number(value)}"))
    key = [Key(key_of(kind), text) for kind, text in _MEANINGS.items() if limits and kind in each] + key
    rows = tuple(
        (label, number(value), *([_MEANINGS[kind]] if limits else []))
        for label, value, kind in zip(labels, values, each, strict=True)
    )
    return Chart(
        caption=caption,
        sentence=said,
        svg=picture(parts, title=caption, description=said),
        headings=(*of, "Meaning") if limits else of,
        rows=rows,
        key=tuple(key),
        csv=csv,
    )


def _same_length(labels: Sequence[str], *others: Sequence[object]) -> None:
    if any(len(other) != len(labels) for other in others):
        raise ValueError("every label needs one value")


def _lines(labels: Sequence[str], lines: Mapping[str, Sequence[float | None]], number: Number) -> str:
    said = {name: _from_to(labels, line, number) for name, line in lines.items()}
    if len(said) == 1:
        return "".join(said.values())
    return " ".join(f"{name}: {each[0].lower()}{each[1:]}" for name, each in said.items())


def _from_to(labels: Sequence[str], values: Sequence[float | None], number: Number) -> str:
    known = [(label, value) for label, value in zip(labels, values, strict=True) if value is not None]
    if not known:
        return NOTHING
    (first, start), (last, end) = known[0], known[-1]
    if len(known) == 1:
        return f"{number(end)} in {last}."
    if start == end:
        return f"{number(end)} in {first} and again in {last}."
    return f"{'Up' if end > start else 'Down'} from {number(start)} in {first} to {number(end)} in {last}."


def _largest(bars: Sequence[tuple[str, float]], number: Number) -> str:
    label, value = max(bars, key=lambda bar: bar[1])
    if value <= 0:
        return f"All {len(bars)} are {number(0)}." if len(bars) > 1 else f"{label} is {number(value)}."
    return f"The largest is {label} with {number(value)}."


def _run(values: Sequence[float]) -> str:
    return (
        f"This is a run chart: limits of usual variation need {FEWEST_POINTS} points, "
        f"and there {'is' if len(values) == 1 else 'are'} {len(values)}."
    )


def _signals(labels: Sequence[str], kinds: Sequence[str], limits: Limits, number: Number) -> str:
    usual = f"Usual variation lies between {number(limits.lower)} and {number(limits.upper)}"
    marked = [(label, kind) for label, kind in zip(labels, kinds, strict=True) if kind != "common"]
    if not marked:
        return f"{usual}; no point is a signal of change."
    latest = kinds[-1]
    count = f"{len(marked)} of {len(kinds)} points {'is' if len(marked) == 1 else 'are'} more than that"
    if latest == "common":
        return f"{usual}; {count}, the last of them in {marked[-1][0]}."
    word = {"improvement": "an improvement", "concern": "a concern"}.get(latest, "a change")
    return f"{usual}; {count}. The latest point, {labels[-1]}, is {word}."
