"""Scoring of every measure at every boundary, by tables that a policy person can read."""

import csv
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from alliance.kernel import new_id
from triage.domain import facts, refusals
from triage.domain.codes import CorrectionReason, FilledInBy, MeasureScale, MeasureTool, ReliableChange
from triage.domain.measurement import FilledIn, Measurement
from triage.domain.measures import DIALOG, TOOLS
from triage.domain.pairing import in_order, pair_of

from ..builders import NINE


def rows(name: str) -> list[Any]:
    found = list(csv.DictReader((Path(__file__).parents[1] / "policy" / name).read_text().splitlines()))
    return [pytest.param(row, id=f"{row['tool']} {row['sentence']}") for row in found]


def answers(text: str) -> tuple[int | None, ...]:
    return tuple(None if each == "-" else int(each) for each in text.split())


def an_entry(*given: int | None, days: int = 0, later: int = 0, **more: Any) -> FilledIn:
    """Filled in so many days after the second of November, entered `later` days after that."""
    at = NINE + timedelta(days=days)
    more = {"filled_in_by": FilledInBy.WITH_WORKER, "entered_by": "staff-7", **more}
    return FilledIn(answers=given, measured_on=at.date(), entered_at=at + timedelta(days=later), **more)


def a_measurement(tool: MeasureTool = MeasureTool.PHQ_9) -> Measurement:
    return Measurement(id=new_id(), case_id=CASE, person_id=PERSON, tool=tool)


CASE, PERSON = new_id(), new_id()
MILD = (1, 1, 1, 1, 1, 1, 1, 1, 0)
UNSAFE = (0, 0, 0, 0, 0, 0, 0, 0, 1)


@pytest.mark.parametrize("row", rows("scoring.csv"))
def test_a_form_is_scored_as_the_table_says(row: dict[str, str]) -> None:
    tool = TOOLS[MeasureTool(row["tool"])]
    scale, given = tool.scale(MeasureScale(row["scale"])), answers(row["answers"])
    if row["score"] == "refused":
        with pytest.raises(refusals.WrongAnswers):
            tool.checked(given)
        return
    said = tool.checked(given)
    score = scale.of(said)
    assert score == (float(row["score"]) if row["score"] else None)
    assert (tool.unsafe(said), "thoughts-of-self-harm" in row["flags"]) in ((True, True), (False, False))
    if score is not None:
        assert (scale.band(score) or "") == row["band"]
        assert scale.clinical(score) == {"yes": True, "no": False, "": None}[row["clinical"]]


@pytest.mark.parametrize("row", rows("change.csv"))
def test_a_change_is_judged_as_the_table_says(row: dict[str, str]) -> None:
    scale = TOOLS[MeasureTool(row["tool"])].scale(MeasureScale(row["scale"]))
    before, after = float(row["baseline"]), float(row["follow_up"])
    assert round(after - before, 2) == float(row["change"])
    assert scale.changed(before, after) == (ReliableChange(row["reliable"]) if row["reliable"] else None)
    assert scale.recovered(before, after) == {"yes": True, "no": False, "": None}[row["recovered"]]


def test_every_score_has_the_concept_of_the_reference_list() -> None:
    found = {scale.concept for tool in TOOLS.values() for scale in tool.scales if scale.concept}
    assert found == {"720433000", "445455005", "1091071000000100", "959951000000108"}
    assert (DIALOG.item_concepts[0], DIALOG.item_concepts[-1], len(set(DIALOG.item_concepts))) == (
        "1037651000000100",
        "1037751000000109",
        11,
    )


@pytest.mark.parametrize("concept", [*DIALOG.item_concepts, "1091071000000100", "959951000000108", "720433000"])
def test_every_concept_has_its_check_digit(concept: str) -> None:
    """SNOMED CT identifiers end in a Verhoeff check digit: a slip of the hand is found."""
    assert _verhoeff(concept) == 0


def test_a_measure_says_its_score_and_what_it_means() -> None:
    measure = a_measurement()
    measure.enter(an_entry(*(2,) * 8, 0), earlier=[])
    (said,) = measure.take_facts()
    assert isinstance(said, facts.OutcomeMeasured)
    assert (said.score, said.concept, said.change, said.reliable) == (16.0, "720433000", None, None)
    assert [str(flag) for flag in said.flags] == ["clinical-range"]


def test_a_later_measure_says_what_changed_since_the_first_that_counts() -> None:
    first, second = a_measurement(), a_measurement()
    first.enter(an_entry(*(2,) * 8, 2), earlier=[])
    second.enter(an_entry(*MILD, days=30), earlier=first.scores)
    said = second.take_facts()[0]
    assert isinstance(said, facts.OutcomeMeasured)
    assert (said.change, said.reliable, said.recovered) == (-10.0, ReliableChange.IMPROVED, True)


def test_a_second_one_of_the_same_day_is_no_follow_up() -> None:
    first, second = a_measurement(), a_measurement()
    first.enter(an_entry(*(2,) * 8, 0), earlier=[])
    second.enter(an_entry(*MILD), earlier=first.scores)
    said = second.take_facts()[0]
    assert isinstance(said, facts.OutcomeMeasured)
    assert said.change is None
    assert pair_of([*first.scores, *second.scores]) is None


def test_item_9_raises_a_risk_flag_at_once_also_when_nothing_can_be_scored() -> None:
    measure = a_measurement()
    measure.enter(an_entry(None, *UNSAFE[1:]), earlier=[])
    (flagged,) = measure.take_facts()
    assert isinstance(flagged, facts.RiskFlagged)
    assert (flagged.kind, flagged.at, measure.unsafe) == ("suicidal-thoughts", NINE, True)


def test_what_is_missing_is_not_scored_and_nothing_is_said_of_it() -> None:
    measure = a_measurement()
    measure.enter(an_entry(None, *MILD[1:]), earlier=[])
    assert measure.take_facts() == ()
    assert (measure.scores, measure.asked.missing(measure.said)) == ([], [1])


def test_dialog_says_each_of_its_means_that_can_be_worked_out() -> None:
    measure = a_measurement(MeasureTool.DIALOG)
    measure.enter(an_entry(*(5,) * 8, 8, 4, 4, wants_help=(1, 9)), earlier=[])
    (said,) = measure.take_facts()
    assert isinstance(said, facts.OutcomeMeasured)
    assert (said.scale, said.score) == (MeasureScale.QUALITY_OF_LIFE, 5.0)
    assert measure.entry.wants_help == (1, 9)


@pytest.mark.parametrize(
    ("tool", "entry"),
    [
        (MeasureTool.PHQ_9, an_entry(*MILD, wants_help=(1,))),
        (MeasureTool.DIALOG, an_entry(*(4,) * 11, wants_help=(12,))),
        (MeasureTool.DIALOG, an_entry(*(4,) * 11, wants_help=(0,))),
    ],
)
def test_help_is_wanted_only_where_the_form_asks_for_it(tool: MeasureTool, entry: FilledIn) -> None:
    with pytest.raises(refusals.WrongAnswers):
        a_measurement(tool).enter(entry, earlier=[])


def test_a_measure_cannot_have_been_filled_in_tomorrow() -> None:
    with pytest.raises(refusals.InTheFuture):
        a_measurement().enter(an_entry(*MILD, days=1, later=-1), earlier=[])


def test_a_measure_of_today_in_london_is_of_today_also_when_utc_is_still_yesterday() -> None:
    midsummer = NINE.replace(month=6, day=14, hour=23, minute=30)
    entry = FilledIn(
        answers=MILD,
        measured_on=(midsummer + timedelta(hours=1)).date(),
        filled_in_by=FilledInBy.PERSON,
        entered_by="staff-7",
        entered_at=midsummer,
    )
    a_measurement().enter(entry, earlier=[])


def test_a_correction_takes_the_place_of_what_was_typed_in_and_keeps_it() -> None:
    measure = a_measurement()
    measure.enter(an_entry(*(2,) * 8, 0), earlier=[])
    measure.take_facts()
    measure.correct(an_entry(*MILD, later=1, reason=CorrectionReason.TYPING_ERROR))
    (said,) = measure.take_facts()
    assert isinstance(said, facts.OutcomeCorrected)
    assert (said.score_before, said.score, said.reason_code) == (16.0, 8.0, CorrectionReason.TYPING_ERROR)
    assert [entry.answers for entry in measure.entries] == [(*(2,) * 8, 0), MILD]


def test_a_correction_that_changes_nothing_is_silent() -> None:
    measure = a_measurement()
    measure.enter(an_entry(*MILD), earlier=[])
    measure.take_facts()
    measure.correct(an_entry(*MILD, later=3, reason=CorrectionReason.TYPING_ERROR))
    assert (measure.take_facts(), len(measure.entries)) == ((), 1)


def test_a_correction_of_item_9_raises_the_flag_once() -> None:
    measure = a_measurement()
    measure.enter(an_entry(*MILD), earlier=[])
    measure.take_facts()
    measure.correct(an_entry(*UNSAFE, later=1))
    measure.correct(an_entry(*UNSAFE[:8], 2, later=2))
    assert [type(fact).__name__ for fact in measure.take_facts()].count("RiskFlagged") == 1


def test_what_was_taken_back_counts_no_more_and_cannot_be_corrected() -> None:
    measure = a_measurement()
    measure.enter(an_entry(*MILD), earlier=[])
    measure.take_facts()
    for _ in range(2):
        measure.take_back(CorrectionReason.DISPUTED, by="staff-7", at=NINE)
    (said,) = measure.take_facts()
    assert isinstance(said, facts.OutcomeCorrected)
    assert (said.score_before, said.score) == (8.0, None)
    assert (measure.scores, measure.unsafe) == ([], False)
    with pytest.raises(refusals.TakenBackAlready):
        measure.correct(an_entry(*UNSAFE))


def test_of_one_day_the_one_entered_first_is_the_baseline() -> None:
    first, second, last = a_measurement(), a_measurement(), a_measurement()
    second.enter(an_entry(*MILD, later=2), earlier=[])
    first.enter(an_entry(*(2,) * 8, 0, later=1), earlier=[])
    last.enter(an_entry(*MILD, days=9), earlier=[])
    scores = [*last.scores, *second.scores, *first.scores]
    assert [score.measurement_id for score in in_order(scores)] == [first.id, second.id, last.id]
    pair = pair_of(scores)
    assert pair is not None
    assert (pair.baseline.measurement_id, pair.follow_up.measurement_id) == (first.id, last.id)


def _verhoeff(number: str) -> int:
    """0 for a number with the right check digit; the dihedral group worked out instead of written down."""

    def times(a: int, b: int) -> int:
        if a < 5:
            return (a + b) % 5 if b < 5 else 5 + (a + b) % 5
        return 5 + (a - b) % 5 if b < 5 else (a - b) % 5

    turn = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)
    check = 0
    for place, digit in enumerate(reversed(number)):
        moved = int(digit)
        for _ in range(place % 8):
            moved = turn[moved]
        check = times(check, moved)
    return check
