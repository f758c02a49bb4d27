"""The order of priorities by the table that policy people read: `policy/priorities.csv`."""

import csv
from datetime import timedelta
from pathlib import Path

import pytest

from alliance.kernel import new_id
from triage.domain.case import Case
from triage.domain.codes import Priority, SafetyKind
from triage.domain.waits import Targets

from ..builders import NINE, at

ROWS = list(csv.DictReader((Path(__file__).parents[1] / "policy" / "priorities.csv").read_text().splitlines()))


def of(kind: str) -> list[object]:
    return [pytest.param(row, id=row["sentence"]) for row in ROWS if row["kind"] == kind]


@pytest.mark.parametrize("row", of("order"))
def test_who_comes_first(row: dict[str, str]) -> None:
    first, second = (opened(text) for text in row["given"].split())
    assert first.place is not None
    assert second.place is not None
    assert first.place < second.place


@pytest.mark.parametrize("row", of("word"))
def test_which_word_counts(row: dict[str, str]) -> None:
    assert str(told(row["given"]).priority) == row["expected"]


@pytest.mark.parametrize("row", of("history"))
def test_every_step_is_on_record(row: dict[str, str]) -> None:
    steps = [f"{change.before or ''}->{change.after}" for change in told(row["given"]).changes]
    assert " ".join(steps) == row["expected"]


def opened(text: str) -> Case:
    """`3@5`: routine, received five hours after nine."""
    priority, _, hours = text.partition("@")
    case = Case.expected(new_id(), new_id(), Targets())
    received_at = NINE + timedelta(hours=float(hours or 0))
    case.open(received_at=received_at, suggested=Priority(priority), help_areas=())
    return case


def told(steps: str) -> Case:
    case = Case.expected(new_id(), new_id(), Targets())
    for step in steps.split(";"):
        verb, rest = step.split(" ", 1)
        match verb:
            case "suggested":
                case.open(received_at=NINE, suggested=Priority(rest), help_areas=())
            case "concern":
                case.raise_concern(SafetyKind.SELF_HARM, at=at(float(rest)))
            case _:
                priority, _, hours = rest.partition(" at ")
                case.decide_priority(Priority(priority), reason_code="reviewed", by="staff-1", at=at(float(hours)))
    return case
