"""Referral spells by the table that policy people read: `policy/spells.csv`. Everything there happens at nine."""

import csv
from datetime import UTC, date, datetime, time
from itertools import permutations
from pathlib import Path

import pytest

from alliance.kernel import LONDON
from triage.domain.national import FullStop
from triage.domain.scores import Scores
from triage.domain.spells import Spell, Spells

ROWS = list(csv.DictReader((Path(__file__).parents[1] / "policy" / "spells.csv").read_text().splitlines()))
RULES = {"mix": FullStop(), "two-contacts": FullStop(contacts=2)}
SOME_ORDERS = 24


def nine(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(9), tzinfo=LONDON).astimezone(UTC)


def test_the_table_is_long_enough_and_each_row_has_its_sentence_and_source() -> None:
    assert len(ROWS) >= 25
    assert all(row["sentence"] and row["source"] for row in ROWS)


@pytest.mark.parametrize("row", [pytest.param(row, id=row["sentence"]) for row in ROWS])
def test_spells_in_whatever_order_they_are_told(row: dict[str, str]) -> None:
    steps = [f"case {text}" for text in row["cases"].split(";")] + [text for text in row["evidence"].split(";") if text]
    for order, _ in zip(permutations(steps), range(SOME_ORDERS), strict=False):
        person = Spells(id="person", rule=RULES[row["rule"]])
        for step in [*order, order[0]]:
            _tell(person, *step.split())
        assert " | ".join(_shown(spell, nine(row["asked"])) for spell in person.spells) == row["expected"], order


def _tell(person: Spells, verb: str, case_id: str, when: str = "") -> None:
    match verb:
        case "case":
            _tell_case(person, case_id, when)
        case "talk" | "assess":
            person.note_contact(case_id, at=nine(when), assessed=verb == "assess")
        case "measure":
            person.note_scores(case_id, Scores.one("m", date.fromisoformat(when), sequence=1))
        case "unmeasure":
            person.note_scores(case_id, Scores.one("m", None, sequence=2))
        case "plan":
            person.note_planned(case_id, at=nine(when))
        case "start":
            person.note_started(case_id, at=nine(when))
        case _:
            raise ValueError(verb)


def _tell_case(person: Spells, case_id: str, text: str) -> None:
    """`2026-11-02/2026-11-10~2026-11-12`: opened, closed, and opened again."""
    opened, _, rest = text.partition("/")
    closed, _, reopened = rest.partition("~")
    if reopened:
        person.note_reopened(case_id, closed_at=nine(closed))
    if closed:
        person.note_closed(case_id, at=nine(closed))
    person.note_opened(case_id, received_at=nine(opened))


def _shown(spell: Spell, now: datetime) -> str:
    within = {None: "", True: " in-time", False: " late"}[spell.within_standard]
    return f"{spell.number}: {spell.days(now)} {spell.band(now)} {spell.standing}{within}"
