"""The matching policy, row by row of `tables/matching.csv`: two records, what is proposed, and why."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from intake.domain.codes import NhsNumberStatus
from intake.domain.details import Details
from intake.domain.facts import ContactPoint
from intake.domain.matching import SENTENCES, Reason, Verdict, compare
from intake.domain.traces import traces_of, where_to_look

TABLE = Path(__file__).parents[1] / "tables" / "matching.csv"
ROWS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))


def record(row: dict[str, str], which: int) -> Details:
    """One of the two records of a row."""
    said = {name: row[f"{name}_{which}"] or None for name in ("name", "called", "born", "nhs", "status")}
    kinds = [(kind, row[f"{kind}_{which}"]) for kind in ("phone", "email", "address")]
    return Details(
        full_name=said["name"],
        call_me=said["called"],
        date_of_birth=date.fromisoformat(said["born"]) if said["born"] else None,
        nhs_number=said["nhs"],
        nhs_number_status=NhsNumberStatus(said["status"]) if said["status"] else None,
        contact_points=tuple(ContactPoint(kind=kind, value=value, safe=True) for kind, value in kinds if value),
    )


@pytest.mark.parametrize("row", ROWS, ids=[row["case"] for row in ROWS])
def test_what_is_proposed_and_why(row: dict[str, str]) -> None:
    likeness = compare(record(row, 1), record(row, 2))
    assert (likeness.verdict.name.lower(), " ".join(likeness.reasons)) == (row["verdict"], row["reasons"])


@pytest.mark.parametrize("row", ROWS, ids=[row["case"] for row in ROWS])
def test_it_makes_no_difference_which_record_comes_first(row: dict[str, str]) -> None:
    one, other = record(row, 1), record(row, 2)
    assert compare(one, other) == compare(other, one)


FOUND = [row for row in ROWS if row["verdict"] != "none"]


@pytest.mark.parametrize("row", FOUND, ids=[row["case"] for row in FOUND])
def test_whoever_is_proposed_is_found_by_a_trace_from_either_side(row: dict[str, str]) -> None:
    one, other = record(row, 1), record(row, 2)
    assert set(where_to_look(one)) & set(traces_of(other).items())
    assert set(where_to_look(other)) & set(traces_of(one).items())


def test_the_table_is_whole() -> None:
    assert len(ROWS) >= 60
    assert len({row["case"] for row in ROWS}) == len(ROWS)
    assert all(row["sentence"].endswith(".") and row["source"] for row in ROWS)
    used = Counter(reason for row in ROWS for reason in row["reasons"].split())
    assert set(used) == {reason.value for reason in Reason}
    assert {row["verdict"] for row in ROWS} == {verdict.name.lower() for verdict in Verdict}


def test_every_reason_is_a_sentence_without_anything_personal() -> None:
    assert set(SENTENCES) == set(Reason)
    assert all(sentence.endswith(".") and "{" not in sentence for sentence in SENTENCES.values())
