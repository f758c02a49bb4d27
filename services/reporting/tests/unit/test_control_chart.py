"""XmR limits as NHS England computes them."""

import pytest

from reporting.domain.control_chart import limits

SPIKE = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]


def test_the_limits_are_the_mean_and_266_moving_ranges_to_either_side() -> None:
    found = limits(SPIKE)
    assert found is not None
    assert (round(found.upper, 2), round(found.lower, 2)) == (6.95, -3.06)


def test_a_series_that_never_moves_has_limits_on_its_mean() -> None:
    found = limits([400.0] * 15)
    assert found is not None
    assert (found.lower, found.mean, found.upper, found.moving_range_upper) == (400, 400, 400, 0)


@pytest.mark.parametrize("points", [[], [1.0] * 14])
def test_fewer_than_fifteen_points_are_a_run_chart(points: list[float]) -> None:
    assert limits(points) is None
