"""XmR limits: what a figure does by itself from month to month, and from how many months on that can be said."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

FEWEST_POINTS = 15
"""NHS England, Making Data Count: with fewer points it is shown as a run chart."""

_NATURAL, _MOVING_RANGE = 2.66, 3.267
"""NHSE: limits at the mean ± 2.66 × the mean moving range; the moving range's own limit at 3.267 × its mean."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    mean: float
    lower: float
    upper: float
    moving_range_upper: float


def limits(points: Sequence[float]) -> Limits | None:
    """The limits of a series, oldest first, without outlier screening (NHSE); None for a run chart."""
    if len(points) < FEWEST_POINTS:
        return None
    mean = sum(points) / len(points)
    ranges = [abs(later - earlier) for earlier, later in pairwise(points)]
    mean_range = sum(ranges) / len(ranges)
    return Limits(
        mean=mean,
        lower=mean - _NATURAL * mean_range,
        upper=mean + _NATURAL * mean_range,
        moving_range_upper=_MOVING_RANGE * mean_range,
    )
