"""What each event counts for."""

from datetime import UTC, date, datetime

import pytest

from alliance.contracts import Event, triage
from alliance.contracts.codes import SourceCode
from alliance.contracts.publication import sample_of
from alliance.kernel import new_id
from reporting.application.counting import counted, deltas, feeding
from reporting.domain.figures import SCORECARD, Figure

from ..builders import (
    NOON,
    a_commitment,
    a_corrected_miss,
    a_corrected_move,
    a_corrected_score,
    a_missed_wait,
    a_move,
    a_reopened,
    a_reopening,
    a_restated_commitment,
    a_score,
    a_source_correction,
    a_start_of_support,
    an_acceptance,
    an_introduction,
    an_offer,
)

SELF, GP = SourceCode.SELF, SourceCode.GP
NOVEMBER, DECEMBER = "2026-11", "2026-12"


FIRST = an_introduction(SELF)
SCORE = a_score(18, date(2026, 11, 2), case_id=new_id())
DECLINED = an_offer(triage.SupportDeclined, by="person", reason_code="not-now")


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (an_introduction(SELF), {(NOVEMBER, "introductions"): 1, (NOVEMBER, "self-introductions"): 1}),
        (an_introduction(GP), {(NOVEMBER, "introductions"): 1}),
        (a_source_correction(SELF, GP), {(NOVEMBER, "self-introductions"): -1}),
        (a_source_correction(GP, SELF), {(NOVEMBER, "self-introductions"): 1}),
        (a_source_correction(GP, SourceCode.CARER), {}),
        (a_reopened(FIRST), {(NOVEMBER, "introductions-reopened"): 1}),
        (an_acceptance(FIRST, spell=2), {(NOVEMBER, "introductions-accepted"): 1}),
        (an_offer(triage.SupportLapsed), {(NOVEMBER, "support-offers-lapsed"): 1}),
        (an_offer(triage.SupportWithdrawn, reason_code="not-needed"), {(NOVEMBER, "support-offers-withdrawn"): 1}),
        (DECLINED, {(NOVEMBER, "support-offers-declined"): 1, (NOVEMBER, "support-offers-declined-by-person"): 1}),
        (SCORE, {(NOVEMBER, "outcome-scores"): 1}),
        (a_corrected_score(SCORE, 12), {}),
        (a_corrected_score(SCORE, None), {(NOVEMBER, "outcome-scores"): -1}),
        (
            a_corrected_score(SCORE, 18, date(2026, 12, 1)),
            {(NOVEMBER, "outcome-scores"): -1, (DECEMBER, "outcome-scores"): 1},
        ),
        (a_missed_wait(), {(NOVEMBER, "waits-missed"): 1}),
        (a_corrected_miss(), {(NOVEMBER, "waits-missed"): -1}),
        (a_reopening(), {(NOVEMBER, "cases-closed"): -1}),
        (a_start_of_support(6), {(NOVEMBER, "support-starts"): 1, (NOVEMBER, "wait-days"): 6}),
        (a_move(date(2026, 12, 1)), {(DECEMBER, "moved-into-own-home"): 1}),
        (
            a_corrected_move(date(2026, 11, 30), date(2026, 12, 1)),
            {(NOVEMBER, "moved-into-own-home"): -1, (DECEMBER, "moved-into-own-home"): 1},
        ),
        (a_corrected_move(date(2026, 11, 3), date(2026, 11, 9)), {}),
        (
            a_commitment(date(2026, 11, 9), 600_000, 2_500_000),
            {
                (NOVEMBER, "commitments"): 1,
                (NOVEMBER, "committed-pence"): 600_000,
                (NOVEMBER, "saving-pence"): 2_500_000,
            },
        ),
        (
            a_restated_commitment(date(2026, 11, 9), date(2026, 11, 30)),
            {(NOVEMBER, "committed-pence"): -100_000, (NOVEMBER, "saving-pence"): -400_000},
        ),
    ],
)
def test_an_event_counts_for(event: Event, expected: dict[tuple[str, str], int]) -> None:
    assert deltas(event, NOON) == expected


@pytest.mark.parametrize("type_", ["intake.introduction-withdrawn.v1", "triage.case-closed.v1"])
def test_what_is_said_once_more_as_an_answer_is_not_counted_again(type_: str) -> None:
    (event,) = (each for each in counted() if each.type == type_)
    first = event.model_validate(sample_of(type_))
    assert sum(deltas(first, NOON).values()) == 1
    assert deltas(first.model_copy(update={"repeated": True}), NOON) == {}


def test_the_month_is_the_one_in_london() -> None:
    late_in_may = datetime(2026, 5, 31, 23, 30, tzinfo=UTC)
    assert ("2026-06", Figure.INTRODUCTIONS) in deltas(an_introduction(at=late_in_may), NOON)


@pytest.mark.parametrize("event", counted(), ids=lambda event: str(event.type))
def test_every_published_sample_is_counted_in_the_figures_that_its_rule_names(event: type[Event]) -> None:
    figures = {figure for _, figure in deltas(event.model_validate(sample_of(event.type)), NOON)}
    assert all(event.type in feeding(figure) for figure in figures)


def test_every_line_of_the_scorecard_is_fed_by_some_event() -> None:
    assert all(feeding(score.counts) for score in SCORECARD)
    assert all(feeding(figure) for figure in Figure)
