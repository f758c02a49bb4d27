"""What a stay costs, worked out by hand: 28,767 pence a week now, 153,425 before, to 31 March."""

from datetime import UTC, date, datetime
from itertools import permutations

import pytest

from alliance.kernel import Fact
from finance.domain import facts
from finance.domain.codes import CorrectionReason
from finance.domain.commitment import Commitment, commitment_id
from finance.domain.funding import Figures
from finance.domain.refusals import YearClosed
from finance.domain.stay import Correction, Terms

PLACEMENT = "470bacf1-8807-5cfb-a46e-a38687d634b6"
YEAR_END = datetime(2027, 4, 1, tzinfo=UTC)


def the_terms(**changes: object) -> Terms:
    values: dict[str, object] = {
        "person_id": "f10ea757-9ac6-5f7e-85c0-6f8aa3cf2ae6",
        "home_id": "840d139d-1bd8-5e2a-9406-87672bbf5c50",
        "setting": "own-tenancy",
        "weekly_pence": 28_767,
        "previous_weekly_pence": 153_425,
        "section_117": True,
        "shares": (("lambeth-council", 50), ("nhs-south-east-london", 50)),
        "moved_in_on": date(2026, 11, 2),
    }
    return Terms(**(values | changes))  # type: ignore[arg-type]


def a_commitment() -> Commitment:
    return Commitment(id=commitment_id(PLACEMENT), placement_id=PLACEMENT)


def an_open_commitment() -> Commitment:
    commitment = a_commitment()
    commitment.open(the_terms())
    commitment.take_facts()
    return commitment


def added_by(fact: Fact) -> int:
    match fact:
        case facts.CommitmentOpened():
            return fact.figures.total_pence
        case facts.CommitmentRestated() | facts.CommitmentEnded():
            return fact.after.total_pence - fact.before.total_pence
        case _:
            return 0


def a_correction(on: date, sequence: int = 3) -> Correction:
    return Correction(moved_in_on=on, reason_code=CorrectionReason.TYPING_ERROR, sequence=sequence)


def test_home_at_last_is_committed_and_saved_to_the_penny() -> None:
    commitment = a_commitment()
    commitment.open(the_terms())
    (fact,) = commitment.take_facts()
    assert isinstance(fact, facts.CommitmentOpened)
    # 2 November to 31 March: 29 + 31 + 31 + 28 + 31 = 150 days. 28,767 × 150 ÷ 7 = 616,435.71 → 616,436.
    # (153,425 − 28,767) × 150 ÷ 7 = 124,658 × 150 ÷ 7 = 2,671,242.86 → 2,671,243.
    assert (fact.start, fact.end, fact.year) == (date(2026, 11, 2), date(2027, 3, 31), "2026-27")
    assert fact.figures == Figures(
        total_pence=616_436,
        saving_pence=2_671_243,
        funding_split=(("lambeth-council", 308_218), ("nhs-south-east-london", 308_218)),
    )


def test_a_correction_restates_with_old_and_new_figures() -> None:
    commitment = an_open_commitment()
    commitment.correct(a_correction(date(2026, 11, 1)))
    (fact,) = commitment.take_facts()
    assert isinstance(fact, facts.CommitmentRestated)
    # One day more: 28,767 × 151 ÷ 7 = 620,545.29 → 620,545; split 310,273 and 310,272.
    assert (fact.before.total_pence, fact.after.total_pence) == (616_436, 620_545)
    assert fact.after.funding_split == (("lambeth-council", 310_273), ("nhs-south-east-london", 310_272))
    assert (fact.start_before, fact.start) == (date(2026, 11, 2), date(2026, 11, 1))


def test_moving_on_releases_what_will_not_be_spent() -> None:
    commitment = an_open_commitment()
    commitment.end(date(2026, 11, 15))
    commitment.end(date(2026, 11, 15))
    (fact,) = commitment.take_facts()
    assert isinstance(fact, facts.CommitmentEnded)
    # 14 days are two weeks: 57,534.
    assert (fact.before.total_pence, fact.after.total_pence, commitment.state) == (616_436, 57_534, "ended")


def test_what_is_heard_in_any_order_amounts_to_the_same() -> None:
    verbs = {
        "in": lambda it: it.open(the_terms()),
        "corrected": lambda it: it.correct(a_correction(date(2026, 11, 1), 3)),
        "corrected again": lambda it: it.correct(a_correction(date(2026, 10, 26), 4)),
        "on": lambda it: it.end(date(2026, 11, 15)),
    }
    ends = []
    for order in permutations(verbs):
        commitment = a_commitment()
        said: list[Fact] = []
        for name in order:
            verbs[name](commitment)
            verbs[name](commitment)
            said += commitment.take_facts()
        # 26 October to 15 November: 21 days, three weeks: 86,301.
        assert sum(map(added_by, said)) == commitment.total_pence == 86_301
        ends.append(commitment)
    assert all(end == ends[0] for end in ends)


def test_nothing_is_said_before_the_move_in_is_heard() -> None:
    commitment = a_commitment()
    commitment.correct(a_correction(date(2026, 11, 1)))
    commitment.end(date(2026, 11, 15))
    assert (commitment.take_facts(), commitment.state, commitment.due_at()) == ((), "awaited", None)


def test_the_year_ends_and_the_stay_goes_on_in_the_next() -> None:
    commitment = an_open_commitment()
    assert commitment.due_at() == YEAR_END
    commitment.on_due(YEAR_END)
    commitment.on_due(YEAR_END)
    (fact,) = commitment.take_facts()
    assert isinstance(fact, facts.CommitmentCarriedOver)
    assert (fact.year, fact.next_year, commitment.due_at()) == ("2026-27", "2027-28", None)
    following = commitment.successor()
    assert commitment.year is not None
    following.carry_on(commitment.year.next)
    following.carry_on(commitment.year.next)
    (opened,) = following.take_facts()
    assert isinstance(opened, facts.CommitmentOpened)
    # 150 + 366 days so far (2028 is a leap year): 28,767 × 516 ÷ 7 = 2,120,538.86 → 2,120,539, less 616,436.
    assert (opened.figures.total_pence, opened.start, opened.end) == (1_504_103, date(2027, 4, 1), date(2028, 3, 31))


def test_a_closed_year_is_not_restated_the_open_one_takes_the_difference() -> None:
    commitment = an_open_commitment()
    commitment.on_due(YEAR_END)
    commitment.take_facts()
    with pytest.raises(YearClosed):
        commitment.correct(a_correction(date(2026, 11, 1)))
    following = commitment.successor()
    assert commitment.year is not None
    following.carry_on(commitment.year.next)
    following.take_facts()
    following.correct(a_correction(date(2026, 11, 1)))
    (fact,) = following.take_facts()
    assert isinstance(fact, facts.CommitmentRestated)
    # One day more over both years: 28,767 × 517 ÷ 7 = 2,124,648.43 → 2,124,648: 4,109 more than before.
    assert (fact.year, fact.after.total_pence - fact.before.total_pence) == ("2027-28", 4_109)


def test_a_stay_that_ended_is_closed_with_its_year_and_says_nothing() -> None:
    commitment = an_open_commitment()
    commitment.end(date(2026, 11, 15))
    commitment.take_facts()
    commitment.on_due(YEAR_END)
    assert (commitment.take_facts(), commitment.state) == ((), "closed")


def test_moving_on_after_the_year_changes_nothing_yet() -> None:
    commitment = an_open_commitment()
    commitment.end(date(2027, 4, 10))
    assert (commitment.take_facts(), commitment.state, commitment.total_pence) == ((), "open", 616_436)
    commitment.on_due(YEAR_END)
    following = commitment.successor()
    assert commitment.year is not None
    following.carry_on(commitment.year.next)
    # 2 November to 10 April: 160 days: 28,767 × 160 ÷ 7 = 657,531.43 → 657,531, less 616,436.
    assert (following.total_pence, following.state) == (41_095, "ended")
