"""SVG for charts: classes only, because pages allow no inline style; shapes as well as colours."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, floor, log10
from typing import Literal

from markupsafe import Markup, escape

Kind = Literal["common", "improvement", "concern", "neither"]
"""What a point of a control chart means (NHS England, Making Data Count)."""

Number = Callable[[float], str]

WIDTH, HEIGHT = 720, 330
_TOP, _BOTTOM, _RIGHT = 16, 52, 44
_LETTER = 14
"""Units that a letter takes on a phone, where text is drawn larger."""

_EDGE = 8
"""Nothing that is written comes nearer to the edge of the paper."""

_TICKS, _LABELS, _STEPS = 5, 6, 4


def element(name: str, *inside: Markup | str, **attributes: object) -> Markup:
    """`element("text", "12", x=4, class_="tick")`; everything that is not Markup is escaped."""
    written = Markup("").join(
        Markup(' {}="{}"').format(key.rstrip("_").replace("_", "-"), _short(value))
        for key, value in attributes.items()
        if value is not None
    )
    return Markup("<{0}{1}>{2}</{0}>").format(name, written, Markup("").join(inside))


def _short(value: object) -> object:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else value


def picture(inside: Iterable[Markup], *, title: str, description: str, height: float = HEIGHT) -> Markup:
    """The whole image, whose title and description a screen reader reads instead of its parts."""
    mark = hashlib.sha256(f"{title}\0{description}".encode()).hexdigest()[:10]
    return element(
        "svg",
        element("title", title, id=f"chart-{mark}-title"),
        element("desc", description, id=f"chart-{mark}-description"),
        *inside,
        class_="alliance-chart__svg",
        viewBox=f"0 0 {WIDTH} {_short(float(height))}",
        role="img",
        aria_labelledby=f"chart-{mark}-title chart-{mark}-description",
        focusable="false",
    )


@dataclass(frozen=True)
class Scale:
    """Where a value and a place in the series lie on the paper."""

    ticks: tuple[float, ...]
    count: int
    left: float
    days: tuple[date, ...] = ()
    """On a true axis of time, of each place in the series, oldest first; otherwise the places are equally far apart."""

    @classmethod
    def over(cls, values: Sequence[float], count: int, number: Number, days: Sequence[date] = ()) -> "Scale":
        ticks = round_ticks(min(values), max(values))
        left = 16 + _LETTER * max(len(number(tick)) for tick in ticks)
        return cls(ticks, count, left, tuple(days))

    @property
    def right(self) -> float:
        return WIDTH - _RIGHT

    @property
    def bottom(self) -> float:
        return HEIGHT - _BOTTOM

    @property
    def lasts(self) -> int:
        """Days from the first to the last."""
        return (self.days[-1] - self.days[0]).days if self.days else 0

    def x(self, index: int) -> float:
        if self.days:
            return self.x_of(self.days[index])
        return self._along(index / (self.count - 1) if self.count > 1 else None)

    def x_of(self, day: date) -> float:
        return self._along((day - self.days[0]).days / self.lasts if self.lasts else None)

    def _along(self, part: float | None) -> float:
        """Where a part of the way from the first place to the last lies; in the middle where there is one alone."""
        if part is None:
            return (self.left + self.right) / 2
        return self.left + 8 + part * (self.right - self.left - 8)

    def y(self, value: float) -> float:
        low, high = self.ticks[0], self.ticks[-1]
        return self.bottom - (value - low) / (high - low) * (self.bottom - _TOP)


def round_ticks(low: float, high: float) -> tuple[float, ...]:
    """Round numbers that hold all values; from zero unless all lie far from it."""
    if low >= 0 and low < high * 0.6:
        low = 0
    if high <= 0 and high > low * 0.6:
        high = 0
    if low == high:
        low, high = (0, high) if high > 0 else (low, 0) if low < 0 else (0, 1)
    rough = (high - low) / _TICKS
    size = 10 ** floor(log10(rough))
    step = next(size * each for each in (1, 2, 5, 10) if size * each >= rough)
    step = max(step, 1) if float(low).is_integer() and float(high).is_integer() and high - low >= 1 else step
    first, last = floor(low / step), ceil(high / step)
    return tuple(round(step * index, 10) for index in range(first, last + 1))


def frame(scale: Scale, labels: Sequence[str], number: Number) -> list[Markup]:
    """Grid, axis, numbers at the side, and below them labels or days; on a phone every other one goes."""
    parts: list[Markup] = []
    for tick in scale.ticks:
        y = scale.y(tick)
        parts.append(element("line", x1=scale.left, x2=scale.right, y1=y, y2=y, class_="axis" if tick == 0 else "grid"))
        parts.append(element("text", number(tick), x=scale.left - 8, y=y + 5, class_="tick end"))
    marks = _days(scale) if scale.days else _marks(scale, labels)
    return parts + [_below(scale, *mark) for mark in marks]


def _marks(scale: Scale, labels: Sequence[str]) -> list[tuple[float, str, bool]]:
    """Of some labels, the last among them: where, what, and whether a phone leaves it out."""
    every = ceil(len(labels) / _LABELS) or 1
    shown = range((len(labels) - 1) % every, len(labels), every)
    return [(scale.x(index), labels[index], position % 2 == 1) for position, index in enumerate(reversed(shown))]


def _days(scale: Scale) -> list[tuple[float, str, bool]]:
    """The first day, the last one, and up to three between them, equally far apart."""
    steps = min(scale.lasts, _STEPS)
    days = [scale.days[0] + timedelta(days=round(scale.lasts * step / (steps or 1))) for step in range(steps + 1)]
    return [
        (scale.x_of(day), f"{day.day} {day:%b %Y}", steps == _STEPS and step % 2 == 1) for step, day in enumerate(days)
    ]


def _below(scale: Scale, x: float, words: str, minor: bool) -> Markup:
    """A label below the axis; at either side it ends within the paper, whatever the size of its letters."""
    half = _LETTER * len(words) / 2
    if x + half > WIDTH - _EDGE:
        x, side = float(WIDTH - _EDGE), "end"
    elif x - half < _EDGE:
        x, side = float(_EDGE), "start"
    else:
        side = "middle"
    return element("text", words, x=x, y=scale.bottom + 38, class_=f"tick {side}{' minor' if minor else ''}")


def path(scale: Scale, values: Sequence[float | None], class_: str) -> Markup:
    """A line through the values, broken where one is missing."""
    steps, drawing = [], False
    for index, value in enumerate(values):
        if value is None:
            drawing = False
            continue
        steps.append(f"{'L' if drawing else 'M'}{scale.x(index):.1f} {scale.y(value):.1f}")
        drawing = True
    return element("path", d="".join(steps), class_=f"line {class_}")


def level(scale: Scale, value: float, class_: str) -> Markup:
    y = scale.y(value)
    return element("line", x1=scale.left, x2=scale.right, y1=y, y2=y, class_=class_)


def point(x: float, y: float, kind: str, says: str | None = None, *, class_: str = "point") -> Markup:
    """A circle, a triangle (improvement), a diamond (concern) or a square (neither)."""
    inside = [element("title", says)] if says else []
    match kind:
        case "improvement":
            corners = f"{x:.1f},{y - 8:.1f} {x + 8:.1f},{y + 6:.1f} {x - 8:.1f},{y + 6:.1f}"
        case "concern":
            corners = f"{x:.1f},{y - 8:.1f} {x + 8:.1f},{y:.1f} {x:.1f},{y + 8:.1f} {x - 8:.1f},{y:.1f}"
        case "neither":
            return element("rect", *inside, x=x - 6, y=y - 6, width=12, height=12, class_=f"{class_} neither")
        case _:
            return element("circle", *inside, cx=x, cy=y, r=5, class_=f"{class_} {escape(kind)}")
    return element("polygon", *inside, points=corners, class_=f"{class_} {kind}")


def key_of(shape: str) -> Markup:
    """A small picture for the key: a point of a kind, or a line of a class."""
    if shape in ("common", "improvement", "concern", "neither"):
        inside = point(13, 8, shape, class_="alliance-key__point")
    else:
        inside = element("line", x1=0, x2=26, y1=8, y2=8, class_=f"alliance-key__line alliance-key__{shape}")
    return element("svg", inside, viewBox="0 0 26 16", aria_hidden="true", focusable="false")
