"""The domain's own code lists and the published ones are the same lists."""

from enum import StrEnum

import pytest

from alliance.contracts import codes as published
from triage.domain import codes as own


@pytest.mark.parametrize(
    "name",
    [
        "Priority",
        "HelpArea",
        "Goal",
        "Support",
        "WaitClock",
        "ReviewOutcome",
        "CaseOutcome",
        "TeamType",
        "Setting",
        "SupportLevel",
        "DeclinedBy",
        "SafetyKind",
        "MeasureTool",
        "MeasureScale",
        "FilledInBy",
        "ReliableChange",
        "MeasureFlag",
        "CorrectionReason",
        "DeclineReason",
        "SupportEnding",
        "OfferWithdrawal",
    ],
)
def test_a_code_list_is_the_published_one(name: str) -> None:
    ours: type[StrEnum] = getattr(own, name)
    theirs: type[StrEnum] = getattr(published, name)
    assert [str(code) for code in ours] == [str(code) for code in theirs]


def test_priorities_are_ranked_and_never_sorted_by_code() -> None:
    ranked = sorted(own.Priority, key=lambda priority: priority.rank)
    assert [str(priority) for priority in ranked] == ["1", "4", "2", "3"]
