"""The domain's own code lists and the published ones are the same lists."""

from enum import StrEnum

import pytest

from alliance.contracts import codes as published
from intake.domain import codes as own


@pytest.mark.parametrize(
    "name",
    ["WayIn", "SourceCode", "HelpArea", "Priority", "ReopenReason", "SafetyKind", "SharingBasis", "CorrectionReason"],
)
def test_a_code_list_is_the_published_one(name: str) -> None:
    ours: type[StrEnum] = getattr(own, name)
    theirs: type[StrEnum] = getattr(published, name)
    assert [str(code) for code in ours] == [str(code) for code in theirs]


def test_an_introduction_can_be_closed_by_every_published_ending_that_is_no_verb_of_its_own() -> None:
    assert {str(code) for code in own.Ending} == {str(code) for code in published.Ending} - {"accepted", "withdrawn"}
