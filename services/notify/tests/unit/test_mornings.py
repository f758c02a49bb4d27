"""The morning mail is due on working days at eight in London: a table, in UTC."""

import csv
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from alliance.kernel import WorkingDays
from alliance.service.bank_holidays import known_bank_holidays
from notify.domain.mornings import Mornings

MORNINGS = Mornings(WorkingDays(known_bank_holidays()), time(8))
ROWS = list(csv.DictReader((Path(__file__).parent / "mornings.csv").read_text().splitlines()))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["why"])
def test_the_next_morning(row: dict[str, str]) -> None:
    assert MORNINGS.after(at(row["now"])) == at(row["first"])


def test_a_morning_is_over_when_its_day_is() -> None:
    morning = at("2026-11-02T08:00")
    assert not MORNINGS.is_over(morning, at("2026-11-02T23:59"))
    assert MORNINGS.is_over(morning, at("2026-11-03T00:00"))
