"""The four rules, each with a series that it marks and one beside it that it does not."""

import pytest

from reporting.domain.control_chart import Limits
from reporting.domain.signals import signals

LIMITS = Limits(mean=10, lower=1, upper=19, moving_range_upper=12)


def drawn(points: list[float]) -> str:
    return "".join({"high": "+", "low": "-", None: "."}[found] for found in signals(points, LIMITS))


@pytest.mark.parametrize(
    ("why", "points", "expected"),
    [
        ("nothing there", [], ""),
        ("usual variation", [9, 11, 12, 8, 10, 9, 13], "......."),
        ("a point above the upper limit", [9, 19.1, 9], ".+."),
        ("a point below the lower limit", [9, 0.9, 9], ".-."),
        ("a point on a limit is inside", [9, 19, 9], "..."),
        ("seven above the mean", [9, 11, 12, 11, 12, 11, 12, 11, 9], ".+++++++."),
        ("six above the mean", [9, 11, 12, 11, 12, 11, 12, 9], "........"),
        ("a point on the mean ends a run", [11, 12, 11, 10, 12, 11, 12, 11], "........"),
        ("seven below the mean", [9, 8, 9, 8, 9, 8, 9], "-------"),
        ("seven that rise", [7, 8, 9, 9.5, 10.5, 11, 12], "+++++++"),
        ("six that rise", [8, 9, 9.5, 10.5, 11, 12], "......"),
        ("seven that fall", [13, 12, 11, 9, 8, 7, 6], "-------"),
        ("a step that goes nowhere ends a trend", [7, 8, 9, 9, 10.5, 11, 12], "......."),
        ("two of three near the upper limit", [9, 17, 9, 17, 9], ".+.+."),
        ("two of four near the upper limit", [9, 17, 9, 9, 17, 9], "......"),
        ("one near each limit", [17, 9, 3], "..."),
        ("two of three near the lower limit", [3, 3, 9], "--."),
        ("outside counts before a run below", [9, 8, 9, 8, 9, 8, 9, 20], "-------+"),
    ],
)
def test_the_four_rules(why: str, points: list[float], expected: str) -> None:
    assert drawn(points) == expected, why
