"""What is shown of small numbers: by a table that a policy person can read, and against somebody who works it out."""

import csv
from collections import defaultdict
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from reporting.domain.disclosure import NHS_ENGLAND, Rule, Safe, safe, share

TABLE = Path(__file__).parents[1] / "policy" / "disclosure.csv"


def rows() -> list[Any]:
    with TABLE.open(encoding="utf-8") as file:
        return [pytest.param(row, id=row["sentence"]) for row in csv.DictReader(file)]


@pytest.mark.parametrize("row", rows())
def test_a_table_is_shown_as_the_policy_says(row: dict[str, str]) -> None:
    found = safe([int(count) for count in row["counts"].split()])
    assert " ".join("*" if cell is None else str(cell) for cell in found.cells) == row["shown"]
    assert ("*" if found.total is None else str(found.total)) == row["total"]
    assert row["source"]


def given_away(rule: Rule, *, knowing_the_total: bool = False) -> list[tuple[Safe, int]]:
    """Every table of two and three small groups: what is shown, and stars that can only be one number."""
    behind: dict[tuple[Safe, int], list[tuple[int, ...]]] = defaultdict(list)
    for counts in (*product(range(38), repeat=2), *product(range(18), repeat=3)):
        behind[safe(counts, rule), sum(counts) if knowing_the_total else 0].append(counts)
    return [
        (shown, place)
        for (shown, _), tables in behind.items()
        for place, cell in enumerate(shown.cells)
        if cell is None and shown.total is not None and len({counts[place] for counts in tables}) == 1
    ]


def test_no_star_can_be_worked_out() -> None:
    assert given_away(NHS_ENGLAND) == []


def test_nor_by_somebody_who_knows_the_total_from_the_scorecard() -> None:
    assert given_away(NHS_ENGLAND, knowing_the_total=True) == []


def test_without_a_second_star_it_could() -> None:
    """The guard bites: a star alone is what is left of the total, and of the exact one even where all is rounded."""
    assert given_away(Rule(round_to=1, fewest_hidden=1))
    assert given_away(Rule(fewest_hidden=1), knowing_the_total=True)


def test_a_share_tells_no_more_than_what_is_shown() -> None:
    assert share(20, 60) == 33
    assert share(25, 40) == 63
    assert share(None, 60) is share(20, None) is share(0, 0) is None
    assert share(55, 50) == 100, "rounded apart"
