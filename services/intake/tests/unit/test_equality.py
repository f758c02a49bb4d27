"""Equality answers: as published, the latest counts, and nobody who decides about a person can see them."""

import csv
import json
import tomllib
from enum import StrEnum
from importlib.resources import files
from pathlib import Path

import pytest

from alliance.contracts import equality_codes as published
from alliance.contracts import intake
from alliance.kernel import new_id
from intake.domain import equality_codes as own
from intake.domain.equality import Equality, EqualityAnswers
from intake.domain.equality_codes import AgeBand, EthnicCategory
from intake.domain.facts import EqualityRecorded
from intake.pages import equality_questions as asked

from ..builders import NINE

CODE_LISTS = [name for name, each in vars(published).items() if isinstance(each, type) and name != "StrEnum"]
LATER = ("orientation", "religion", "disability")
AGREEMENT = Path(__file__).parents[4] / "deploy" / "agreement.toml"


@pytest.mark.parametrize("name", CODE_LISTS)
def test_a_code_list_is_the_published_one(name: str) -> None:
    ours: type[StrEnum] = getattr(own, name)
    theirs: type[StrEnum] = getattr(published, name)
    assert [str(code) for code in ours] == [str(code) for code in theirs]


@pytest.mark.parametrize(
    ("options", "codes"),
    [
        (asked.ETHNICITIES, own.EthnicCategory),
        (asked.AGES, own.AgeBand),
        (asked.GENDERS, own.GenderIdentity),
        (asked.SAME, own.SameAsAtBirth),
        (asked.ORIENTATIONS, own.SexualOrientation),
        (asked.RELIGIONS, own.Religion),
        (asked.DISABILITIES, own.Disability),
    ],
)
def test_every_code_can_be_answered_but_not_known(options: dict[str, str], codes: type[StrEnum]) -> None:
    assert set(options) == {str(code) for code in codes} - {str(codes["NOT_KNOWN"])}


def test_declined_and_not_known_are_two_things() -> None:
    """16+1 categories: Z is an answer, 99 is none."""
    nothing = dict.fromkeys(EqualityAnswers.__dataclass_fields__)
    assert asked.answers_from(nothing).ethnicity is EthnicCategory.NOT_KNOWN
    assert asked.answers_from({**nothing, "ethnicity": "Z"}).ethnicity is EthnicCategory.NOT_STATED
    assert len(EthnicCategory) == 18


def test_what_an_older_front_door_does_not_ask_is_not_known() -> None:
    """The three questions came later: an event without them is as valid as before."""
    sample = (
        files("alliance.contracts").joinpath("samples/intake.equality-recorded.v1.json").read_text(encoding="utf-8")
    )
    before = {key: value for key, value in json.loads(sample).items() if key not in LATER}
    heard = intake.EqualityRecorded.model_validate(before)
    assert [str(getattr(heard, name)) for name in LATER] == ["9", "N", "9"]


def test_no_religion_and_not_sure_are_answers() -> None:
    nothing = dict.fromkeys(EqualityAnswers.__dataclass_fields__)
    said = asked.answers_from({**nothing, "religion": "L", "orientation": "U", "disability": "4"})
    assert (said.religion, said.orientation) == (own.Religion.NONE, own.SexualOrientation.NOT_SURE)
    assert said.disability is own.Disability.NO_CONDITION


def test_the_latest_answer_counts_and_no_answer_says_nothing() -> None:
    equality = Equality(id=new_id())
    equality.answer(EqualityAnswers(), at=NINE)
    assert equality.take_facts() == ()
    equality.answer(EqualityAnswers(age_band=AgeBand.FROM_35), at=NINE)
    equality.answer(EqualityAnswers(age_band=AgeBand.FROM_35), at=NINE)
    equality.answer(EqualityAnswers(age_band=AgeBand.FROM_45), at=NINE)
    said = [fact for fact in equality.take_facts() if isinstance(fact, EqualityRecorded)]
    assert [(each.age_band, each.answer_sequence) for each in said] == [(AgeBand.FROM_35, 1), (AgeBand.FROM_45, 2)]


def test_only_reporting_hears_the_answers_and_no_log_has_them() -> None:
    agreement = tomllib.loads(AGREEMENT.read_text(encoding="utf-8"))
    hearing = {grant["listener"] for grant in agreement["hears"] if "equality-recorded.v1" in grant["events"]}
    assert hearing == {"reporting"}
    assert intake.EqualityRecorded.confidentiality == "restricted"


def test_no_row_of_the_table_lets_anybody_read_the_answers() -> None:
    table = files("intake").joinpath("access.csv").read_text(encoding="utf-8").splitlines()
    actions = [row["action"] for row in csv.DictReader(table) if "equality" in row["action"]]
    assert actions == ["person.ask-equality"]
