"""Random requests, right and wrong, never break the API and get documented answers only."""

from alliance.kernel import FixedClock
from alliance.testing.fuzzing import fuzz

from ..rooms import Alliance


def test_every_answer_is_documented_and_none_is_a_fault() -> None:
    assert fuzz(Alliance(FixedClock()).app, roles=["housing-manager"], examples=6) > 100
