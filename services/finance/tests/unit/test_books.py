"""Entries balance, years are named, money is shared to the penny, thresholds are said once."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance.domain.budget import Budget, budget_id
from finance.domain.codes import JournalReason
from finance.domain.facts import BudgetThresholdCrossed
from finance.domain.funding import Figures, figures_for, for_days
from finance.domain.ledger import LedgerEntry, Line, committed, lines_of
from finance.domain.refusals import EntryDoesNotBalance, ReversalOfReversal
from finance.domain.year import AllianceYear

AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def an_entry(id_: str, *lines: tuple[str, int]) -> LedgerEntry:
    made = tuple(Line(account=account, pence=pence) for account, pence in lines)
    return LedgerEntry(id=id_, year="2026-27", at=AT, lines=made, kind="journal:other", source=id_)


def a_commitment_of(pence: int, id_: str) -> LedgerEntry:
    return an_entry(id_, (committed("2026-27"), pence), ("funder:example", -pence))


def a_budget(pence: int = 1_000) -> Budget:
    return Budget(id=budget_id("2026-27"), year="2026-27", contributions={"example": pence})


@pytest.mark.parametrize(
    ("day", "name"),
    [(date(2026, 4, 1), "2026-27"), (date(2027, 3, 31), "2026-27"), (date(2027, 4, 1), "2027-28")],
)
def test_the_alliance_year_runs_from_april_to_march(day: date, name: str) -> None:
    assert AllianceYear.of(day).name == name
    assert AllianceYear.named(name).first_day <= day <= AllianceYear.named(name).last_day


@pytest.mark.parametrize("text", ["2026-28", "2026", "abcd-ef", ""])
def test_other_names_are_no_year(text: str) -> None:
    assert not AllianceYear.is_name(text)


@pytest.mark.parametrize(
    ("weekly", "days", "pence"), [(700, 7, 700), (100, 1, 14), (100, 4, 57), (101, 1, 14), (28_767, 0, 0)]
)
def test_a_part_of_a_week_is_rounded_to_the_nearest_penny(weekly: int, days: int, pence: int) -> None:
    assert for_days(weekly, days) == pence


@given(st.integers(0, 10**7), st.integers(0, 10**4), st.integers(1, 99))
def test_the_parts_of_a_split_are_the_whole(weekly: int, days: int, share: int) -> None:
    figures = figures_for(days, weekly_pence=weekly, previous_weekly_pence=1, shares={"a": share, "b": 100 - share})
    assert sum(pence for _, pence in figures.funding_split) == figures.total_pence


def test_a_split_that_is_not_the_whole_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="add up"):
        Figures(total_pence=2, funding_split=(("a", 1),))


def test_an_entry_that_does_not_balance_cannot_exist() -> None:
    with pytest.raises(EntryDoesNotBalance, match="add up to 1 pence"):
        an_entry("e", ("cash", 2), ("funder:example", -1))


@given(st.lists(st.tuples(st.sampled_from(["a", "b", "c"]), st.integers(-(10**9), 10**9)), max_size=8))
def test_whatever_a_commitment_amounts_to_its_lines_balance(parts: list[tuple[str, int]]) -> None:
    split = tuple(sorted(dict(parts).items()))
    figures = Figures(total_pence=sum(pence for _, pence in split), funding_split=split)
    assert sum(line.pence for line in lines_of(figures, "2026-27")) == 0


def test_a_reversal_takes_back_every_line_and_is_final() -> None:
    entry = a_commitment_of(500, "e")
    back = entry.reversal("r", reason=JournalReason.MISPOSTING, year="2026-27", at=AT, by="staff-8")
    budget = a_budget()
    budget.take([entry, back], at=AT)
    assert set(budget.balances.values()) == {0}
    with pytest.raises(ReversalOfReversal):
        back.reversal("rr", reason=JournalReason.OTHER, year="2026-27", at=AT, by="staff-8")


def test_each_threshold_is_said_once_even_when_it_is_passed_again() -> None:
    budget = a_budget()
    budget.take([a_commitment_of(799, "1")], at=AT)
    assert budget.take_facts() == ()
    budget.take([a_commitment_of(101, "2")], at=AT)
    budget.take([a_commitment_of(-500, "3")], at=AT)
    budget.take([a_commitment_of(600, "4")], at=AT)
    said = [fact.threshold_percent for fact in budget.take_facts() if isinstance(fact, BudgetThresholdCrossed)]
    assert (said, budget.remaining_pence) == ([80, 90, 100], 0)


def test_an_entry_of_the_last_batch_is_not_taken_twice() -> None:
    budget, entry = a_budget(), a_commitment_of(100, "1")
    budget.take([entry], at=AT)
    budget.take([entry], at=AT)
    budget.take([entry, a_commitment_of(1, "2")], at=AT)
    assert (budget.committed_pence, budget.entries) == (101, 2)
