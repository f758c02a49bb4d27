"""Paired scores: which two are compared, and what the change means, by a table that a policy person can read."""

import csv
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from alliance.contracts.codes import MeasureScale, MeasureTool
from alliance.kernel import new_id
from reporting.domain.course import Course, Pair, Reading, course_id
from reporting.domain.measures import MEASURES

TABLE = Path(__file__).parents[1] / "policy" / "reliable_change.csv"
FIRST, LATER, LAST = date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)


def rows() -> list[Any]:
    with TABLE.open(encoding="utf-8") as file:
        return [pytest.param(row, id=row["sentence"]) for row in csv.DictReader(file)]


def a_course(**readings: Reading) -> Course:
    course = Course(id=new_id(), person_id=new_id(), measure="phq-9:total")
    for measurement, reading in readings.items():
        course.read(measurement, reading)
    return course


def read(score: float | None, on: date, sequence: int = 1) -> Reading:
    return Reading(score=score, on=on, sequence=sequence)


@pytest.mark.parametrize("row", rows())
def test_a_change_means_what_the_table_says(row: dict[str, str]) -> None:
    measure, before, after = MEASURES[row["measure"]], float(row["baseline"]), float(row["follow_up"])
    assert (measure.changed(before, after) or "") == row["change"]
    assert measure.recovered(before, after) is (row["recovered"] == "yes")
    assert row["source"]


def test_every_measure_is_in_the_table_and_is_a_published_one() -> None:
    with TABLE.open(encoding="utf-8") as file:
        told = {row["measure"] for row in csv.DictReader(file)}
    assert set(MEASURES) - told == {"dialog:treatment-satisfaction"}
    assert {measure.split(":")[0] for measure in MEASURES} == {tool.value for tool in MeasureTool}
    assert {measure.split(":")[1] for measure in MEASURES} == {scale.value for scale in MeasureScale}


def test_the_first_is_the_baseline_and_the_latest_the_follow_up() -> None:
    course = a_course(a=read(18, FIRST), b=read(14, LATER), c=read(9, LAST))
    assert course.pair == Pair(baseline=18, follow_up=9)
    assert (course.change, course.recovered) == ("improved", True)


def test_an_earlier_one_that_comes_late_is_the_baseline() -> None:
    course = a_course(b=read(14, LATER), c=read(9, LAST))
    assert course.change == "no-reliable-change"
    course.read("a", read(18, FIRST))
    assert course.change == "improved"


def test_a_score_of_the_same_day_is_not_later() -> None:
    assert a_course(a=read(18, FIRST), b=read(9, FIRST)).pair is None


def test_what_is_said_last_of_a_score_counts_in_any_order() -> None:
    said = [("a", read(18, FIRST)), ("a", read(8, FIRST, 2)), ("b", read(9, LAST)), ("b", read(None, LAST, 2))]
    for order in permutations(said):
        course = a_course()
        for measurement, reading in order:
            course.read(measurement, reading)
        assert (course.pair, course.scored, course.readings["a"].score) == (None, True, 8)


def test_scores_about_different_goals_are_never_compared() -> None:
    case = new_id()
    assert course_id(case, "gbo:goal", "one") != course_id(case, "gbo:goal", "two")
    assert course_id(case, "phq-9:total", None) != course_id(case, "gad-7:total", None)


def test_nothing_is_left_of_somebody_erased() -> None:
    course = a_course(a=read(18, FIRST))
    course.forget()
    course.read("b", read(9, LAST))
    assert (course.scored, course.readings) == (False, {})
