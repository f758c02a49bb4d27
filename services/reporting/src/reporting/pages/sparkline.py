"""A trend as a small picture: no numbers, the sentence beside it has them."""

from collections.abc import Sequence

from alliance.web.charts import Limits
from alliance.web.drawing import Kind, element, point

WIDTH, HEIGHT, EDGE = 320.0, 84.0, 10.0


def sparkline(values: Sequence[float], kinds: Sequence[Kind], limits: Limits | None) -> str:
    """Hidden from screen readers; safe as it is. Empty where there is no trend to show."""
    if len(values) < 2:
        return ""
    drawn = [*values, *((limits.lower, limits.upper) if limits else ())]
    low, high = min(drawn), max(drawn)

    def x(index: int) -> float:
        return EDGE + index * (WIDTH - 2 * EDGE) / (len(values) - 1)

    def y(value: float) -> float:
        return HEIGHT / 2 if high == low else HEIGHT - EDGE - (value - low) / (high - low) * (HEIGHT - 2 * EDGE)

    parts = []
    if limits:
        top, foot = y(limits.upper), y(limits.lower)
        parts.append(element("rect", x=0, y=top, width=WIDTH, height=foot - top, class_="between"))
        parts.append(element("line", x1=0, x2=WIDTH, y1=y(limits.mean), y2=y(limits.mean), class_="mean"))
    steps = " ".join(f"{x(index):.1f},{y(value):.1f}" for index, value in enumerate(values))
    parts.append(element("polyline", points=steps, class_="line run"))
    told = [(index, kind) for index, kind in enumerate(kinds) if kind != "common" or index == len(values) - 1]
    parts += [point(x(index), y(values[index]), kind) for index, kind in told]
    return element(
        "svg",
        *parts,
        class_="alliance-chart__svg",
        viewBox=f"0 0 {WIDTH:.0f} {HEIGHT:.0f}",
        aria_hidden="true",
        focusable="false",
    )
