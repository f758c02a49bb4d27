"""A month adds up until it is closed, and is then restated openly."""

from datetime import UTC, datetime

import pytest

from alliance.kernel import new_id
from reporting.domain.calendar import closing_time, end_of
from reporting.domain.facts import FigureRestated, MonthClosed
from reporting.domain.month import Month
from reporting.domain.refusals import MonthClosedAlready, MonthNotOver
from reporting.domain.sheet import Line

from ..builders import CLOSE_AFTER_DAYS, NOON


def a_line(amounts: dict[str, int], *, month: str = "2026-11", replayed: bool = False) -> Line:
    return Line(event_id=new_id(), month=month, type="a.type", amounts=amounts, replayed=replayed)


def a_month(name: str = "2026-11") -> Month:
    return Month.opened(name, close_after_days=CLOSE_AFTER_DAYS, now=NOON)


def a_closed_month() -> Month:
    """November with two introductions, closed in its time."""
    month = a_month()
    month.count("a-sheet", 0, [a_line({"introductions": 2})])
    month.on_due(month.closes_at)
    month.take_facts()
    return month


def test_lines_add_up_and_what_is_back_at_nothing_is_left_out() -> None:
    month = a_month()
    month.count("a-sheet", 0, [a_line({"introductions": 1, "waits-missed": 1})])
    month.count("a-sheet", 1, [a_line({"introductions": 1}), a_line({"waits-missed": -1})])
    assert month.figures == {"introductions": 2}
    assert month.take_facts() == ()


def test_lines_are_counted_once_by_their_position_on_the_sheet() -> None:
    month, lines = a_month(), [a_line({"introductions": 1}) for _ in range(5)]
    for start, end in ((0, 2), (0, 4), (2, 4), (0, 4), (1, 5)):
        month.count("a-sheet", start, lines[start:end])
    assert month.figures == {"introductions": 5}


def test_lines_of_other_months_are_passed_over() -> None:
    month = a_month()
    month.count("a-sheet", 0, [a_line({"introductions": 1}, month="2026-12"), a_line({"introductions": 1})])
    assert (month.figures, month.counted_to) == ({"introductions": 1}, {"a-sheet": 2})


def test_a_month_closes_by_itself_some_days_after_its_end_and_says_so_once() -> None:
    month = a_month()
    assert month.due_at() == datetime(2026, 12, 11, tzinfo=UTC)
    month.on_due(month.closes_at)
    month.on_due(month.closes_at)
    assert [type(fact) for fact in month.take_facts()] == [MonthClosed]
    assert month.due_at() is None


def test_a_month_cannot_be_closed_before_it_is_over() -> None:
    with pytest.raises(MonthNotOver):
        a_month().close(at=NOON)


def test_a_closed_month_is_not_added_to() -> None:
    with pytest.raises(MonthClosedAlready):
        a_closed_month().count("a-sheet", 1, [a_line({"introductions": 1})])


def test_a_late_fact_restates_each_figure_that_it_changes() -> None:
    month = a_closed_month()
    month.restate("a-sheet", 1, [a_line({"introductions": -2, "waits-missed": 1})], at=NOON)
    facts = month.take_facts()
    assert all(isinstance(fact, FigureRestated) for fact in facts)
    assert [(f.figure, f.value_before, f.value) for f in facts if isinstance(f, FigureRestated)] == [
        ("introductions", 2, 0),
        ("waits-missed", 0, 1),
    ]
    assert month.figures == {"waits-missed": 1}


def test_late_facts_that_make_up_for_each_other_restate_nothing() -> None:
    month = a_closed_month()
    month.restate("a-sheet", 1, [a_line({"introductions": 1}), a_line({"introductions": -1})], at=NOON)
    assert month.take_facts() == ()


def test_what_comes_from_a_log_is_added_in_silence() -> None:
    month = a_closed_month()
    month.restate("a-sheet", 1, [a_line({"introductions": 3}, replayed=True), a_line({"introductions": 1})], at=NOON)
    (fact,) = month.take_facts()
    assert isinstance(fact, FigureRestated)
    assert (fact.value_before, fact.value) == (5, 6)


def test_a_month_first_heard_of_after_its_closing_time_is_closed_in_silence() -> None:
    month = a_month("2026-01")
    assert month.closed
    assert month.due_at() is None
    assert month.take_facts() == ()


def test_months_end_at_midnight_in_london() -> None:
    assert end_of("2026-12") == datetime(2027, 1, 1, tzinfo=UTC)
    assert end_of("2026-05") == datetime(2026, 5, 31, 23, 0, tzinfo=UTC)
    assert closing_time("2026-05", after_days=1) == datetime(2026, 6, 1, 23, 0, tzinfo=UTC)
