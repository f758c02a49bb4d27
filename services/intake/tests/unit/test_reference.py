"""References that can be read out over the phone, and NHS numbers."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance.kernel import new_id
from intake.domain.nhs_number import is_nhs_number
from intake.domain.reference import is_reference, reference_for

from ..builders import NHS_NUMBER

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
PLACES = [3, 4, 5, 6, 8, 9]


def test_a_reference_is_the_same_for_the_same_introduction() -> None:
    id_ = new_id()
    assert reference_for(id_) == reference_for(id_)
    assert is_reference(reference_for(id_))


@given(st.uuids(), st.sampled_from(PLACES), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(id_: object, place: int, wrong: str) -> None:
    reference = reference_for(str(id_))
    mistyped = reference[:place] + wrong + reference[place + 1 :]
    assert is_reference(mistyped) == (mistyped == reference)


@given(st.uuids(), st.sampled_from(list(pairwise(PLACES))))
def test_two_neighbours_swapped_are_noticed(id_: object, places: tuple[int, int]) -> None:
    reference = list(reference_for(str(id_)))
    swapped = reference.copy()
    swapped[places[0]], swapped[places[1]] = reference[places[1]], reference[places[0]]
    assert is_reference("".join(swapped)) == (swapped == reference)


@pytest.mark.parametrize("text", ["", "LW", "LW-7K3M92", "XX-7K3M-92", "LW-7K3M-9", "LW-7k3m-92", "LW-7K3-M92"])
def test_what_is_not_in_the_shape_is_no_reference(text: str) -> None:
    assert not is_reference(text)


@pytest.mark.parametrize(
    ("number", "right"),
    [(NHS_NUMBER, True), ("9434765919", True), ("9990548600", False), ("999054860", False), ("99905486O9", False)],
)
def test_an_nhs_number_checks_itself(number: str, right: bool) -> None:
    assert is_nhs_number(number) == right
