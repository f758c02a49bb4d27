"""Figures split by equality answers: people, each counted once, in months that are over."""

from datetime import UTC, datetime

from alliance.kernel import new_id
from reporting.domain.equality import Equality
from reporting.domain.splits import Person, Split, counted, people_of, year_of, years_of

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SURVIVOR, MERGED, THIRD = sorted(new_id() for _ in range(3))


def a_person(id_: str = SURVIVOR, gender: str = "X", disability: str = "9", **happened: str) -> Equality:
    """`a_person(introductions="2026-10")`."""
    kept = Equality(id=id_)
    kept.keep({"gender": gender, "disability": disability}, answer_sequence=1)
    for what, month in happened.items():
        kept.happen(f"{what}:{new_id()}", month)
    return kept


def genders(people: list[Person], split: Split = Split.INTRODUCTIONS, year: int = 2026) -> dict[str, int]:
    return dict(counted(people, split, "gender", year, NOW))


def test_somebody_introduced_twice_is_one_person() -> None:
    kept = a_person(gender="2", introductions="2026-09")
    kept.happen("introductions:again", "2026-10")
    assert genders(people_of([kept], {})) == {"2": 1}


def test_merged_records_are_one_person_with_the_survivors_own_answers_first() -> None:
    kept = [
        a_person(SURVIVOR, gender="2", introductions="2026-09"),
        a_person(MERGED, gender="1", disability="3", introductions="2026-10"),
    ]
    (person,) = people_of(kept, {MERGED: SURVIVOR})
    assert (person.answers["gender"], person.answers["disability"]) == ("2", "3")
    assert genders([person]) == {"2": 1}


def test_who_declined_to_say_has_answered() -> None:
    kept = [a_person(SURVIVOR, gender="Z"), a_person(MERGED, gender="1")]
    (person,) = people_of(kept, {MERGED: SURVIVOR})
    assert person.answers["gender"] == "Z"


def test_an_undone_merge_makes_them_two_again() -> None:
    kept = [
        a_person(SURVIVOR, gender="2", introductions="2026-09"),
        a_person(MERGED, gender="1", introductions="2026-10"),
    ]
    assert genders(people_of(kept, {})) == {"1": 1, "2": 1}


def test_a_chain_of_merges_is_one_person_and_a_circle_ends() -> None:
    kept = [a_person(SURVIVOR), a_person(MERGED), a_person(THIRD, gender="3", introductions="2026-10")]
    assert genders(people_of(kept, {THIRD: MERGED, MERGED: SURVIVOR})) == {"3": 1}
    assert people_of(kept, {THIRD: MERGED, MERGED: THIRD})


def test_a_month_that_is_not_over_does_not_count() -> None:
    people = people_of([a_person(introductions="2026-11")], {})
    assert genders(people) == {}
    assert years_of(people, NOW) == []


def test_a_share_is_counted_among_those_of_whom_it_is_one() -> None:
    """Introduced in March and accepted in April: of the people introduced in the year that began the April before."""
    people = people_of([a_person(introductions="2026-03", accepted="2026-04")], {})
    assert genders(people, Split.ACCEPTED, 2025) == {"X": 1}
    assert genders(people, Split.ACCEPTED, 2026) == {}
    accepted_before = people_of([a_person(introductions="2026-09", accepted="2025-09")], {})
    assert genders(accepted_before, Split.ACCEPTED) == {}


def test_a_wait_that_was_not_missed_after_all_does_not_count_in_either_order() -> None:
    first, second = a_person(accepted="2026-09"), a_person(accepted="2026-09")
    first.happen("over-time:case:urgent-24h:1:0", "2026-10")
    first.take_back("over-time:case:urgent-24h:1:0")
    second.take_back("over-time:case:urgent-24h:1:0")
    second.happen("over-time:case:urgent-24h:1:0", "2026-10")
    for kept in (first, second):
        assert genders(people_of([kept], {}), Split.OVER_TIME) == {}


def test_nothing_is_left_of_somebody_erased_and_nothing_comes_back() -> None:
    kept = a_person(gender="2", introductions="2026-09")
    kept.forget()
    kept.happen("introductions:late", "2026-10")
    kept.keep({"gender": "1"}, answer_sequence=9)
    assert (kept.answer("gender"), list(kept.happenings())) == ("X", [])


def test_a_financial_year_begins_in_april() -> None:
    assert [year_of(month) for month in ("2026-03", "2026-04", "2026-12")] == [2025, 2026, 2026]
