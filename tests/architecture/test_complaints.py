"""What users of other systems complained of is not true of this one: docs/complaints.md, row by row."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/complaints.md"
TRUE = "True, not yet mended"
NAMED = re.compile(r"`([\w/.-]+\.py)::(test_\w+)`")

Row = tuple[str, str, str, str]


def rows_of(text: str) -> list[Row]:
    """What was complained of, by whom, what is here instead, and the tests."""
    lines = [line for line in text.splitlines() if line.startswith("| ") and not line.startswith("| they complained")]
    found = []
    for line in lines:
        what, source, here, proof = (cell.strip() for cell in line.strip("|").split(" | "))
        found.append((what, source, here, proof))
    return found


@cache
def written_in(path: Path) -> frozenset[str]:
    if not path.exists():
        return frozenset()
    return frozenset(
        each.name
        for each in ast.walk(ast.parse(path.read_text()))
        if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef) and each.name.startswith("test_")
    )


def unproved(rows: list[Row]) -> list[str]:
    """A sentence for each row that has no test, names one that is not there, or calls something true and proves it."""
    found = []
    for what, _, here, proof in rows:
        named = NAMED.findall(proof)
        if bool(named) is here.startswith(TRUE):
            found.append(f"{what}: " + ("true and proved" if named else "no test"))
        found += [f"{what}: {path}::{name}" for path, name in named if name not in written_in(ROOT / path)]
        if proof.count("::") != len(named):
            found.append(f"{what}: not every test is written as `path::name`")
    return found


def test_every_complaint_has_a_test_or_is_called_true() -> None:
    rows = rows_of(PAGE.read_text())
    assert len(rows) > 40
    assert all(what and source and here for what, source, here, _ in rows)
    assert unproved(rows) == []


@pytest.mark.parametrize(
    ("here", "proof"),
    [
        ("Not so.", "–"),
        ("Not so.", "`tests/architecture/test_complaints.py::test_that_nobody_wrote`"),
        ("Not so.", "`tests/architecture/test_nowhere.py::test_every_complaint`"),
        (f"{TRUE}: alas.", f"`tests/architecture/{Path(__file__).name}::test_a_row_without_proof_is_found`"),
    ],
    ids=["no test", "a test that is gone", "a file that is gone", "true and proved"],
)
def test_a_row_without_proof_is_found(here: str, proof: str) -> None:
    assert unproved([("A made-up complaint", "nowhere #1", here, proof)])
