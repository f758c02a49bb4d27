"""The domain's own code lists and the published ones are the same lists."""

from enum import StrEnum

import pytest

from alliance.contracts import codes as published
from alliance.contracts import wait_codes as published_waits
from triage.domain import codes as own
from triage.domain import wait_codes as own_waits


@pytest.mark.parametrize(
    "name",
    [
        "Priority",
        "HelpArea",
        "Goal",
        "Support",
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


@pytest.mark.parametrize("name", ["WaitPauseReason", "PauseChange"])
def test_a_code_list_of_pauses_is_the_published_one(name: str) -> None:
    assert [*getattr(own_waits, name)] == [*getattr(published_waits, name)]


def test_the_clocks_are_those_of_the_second_version() -> None:
    assert [str(clock) for clock in own.WaitClock] == [str(clock) for clock in published_waits.WaitClockV2]


def test_priorities_are_ranked_and_never_sorted_by_code() -> None:
    ranked = sorted(own.Priority, key=lambda priority: priority.rank)
    assert [str(priority) for priority in ranked] == ["1", "4", "2", "3"]
