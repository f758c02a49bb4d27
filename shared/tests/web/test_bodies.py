"""Bodies take what JSON has, strictly, and say in plain sentences what is wrong."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from pydantic import Field, ValidationError, model_validator

from alliance.testing.api import ApiClient
from alliance.web import Body, Day, Instant, Line, NhsNumber, Passage, Pence, Phone, refuse

ADA = "Ada Made-Up"


class Inside(Body):
    on: Day


class Everything(Body):
    name: Line = ADA
    story: Passage | None = None
    on: Day | None = None
    at: Instant | None = None
    nhs_number: NhsNumber | None = None
    phone: Phone | None = None
    rent_pence: Pence = 0
    count: int = 0
    yes: bool = False
    inside: list[Inside] = Field(default=[], max_length=2)


@pytest.mark.parametrize(
    ("sent", "field", "why"),
    [
        ({"name": 7}, "name", "This must be text."),
        ({"name": ""}, "name", "This must not be empty."),
        ({"name": "   "}, "name", "This is blank."),
        ({"name": "x" * 201}, "name", "This must have at most 200 characters."),
        ({"name": "a\x00b"}, "name", "This has characters that cannot be used here."),
        ({"name": "two\nlines"}, "name", "This has characters that cannot be used here."),
        ({"name": "\u202eodd"}, "name", "This has characters that cannot be used here."),
        ({"name": "\ud800"}, "name", "This has characters that are not text."),
        ({"on": "2026-02-30"}, "on", "There is no such date. Write it as 2026-11-02."),
        ({"on": "2025-02-29"}, "on", "There is no such date. Write it as 2026-11-02."),
        ({"on": 20260211}, "on", "This must be a date, written as 2026-11-02."),
        ({"on": "2026-02-11T10:00:00"}, "on", "There is no such date. Write it as 2026-11-02."),
        ({"on": "0001-01-01"}, "on", "This date is too far away: use a year from 1900 to 2199."),
        ({"at": "2026-02-11T10:00:00"}, "at", "This needs a time zone, as in 2026-11-02T09:00:00Z."),
        ({"at": 1770000000}, "at", "This must be a date and time, written as 2026-11-02T09:00:00Z."),
        ({"at": "0001-01-01T00:00:00+23:59"}, "at", "This date is too far away: use a year from 1900 to 2199."),
        ({"nhs_number": "943 476 5918"}, "nhs_number", "This is not a valid NHS number: check the digits."),
        ({"nhs_number": "943 476 591"}, "nhs_number", "An NHS number has ten digits."),
        ({"nhs_number": 9434765919}, "nhs_number", "An NHS number has ten digits."),
        ({"nhs_number": "٩٤٣٤٧٦٥٩١٩"}, "nhs_number", "An NHS number has ten digits."),
        ({"phone": "ring me"}, "phone", "This must be a phone number."),
        ({"phone": "12345"}, "phone", "This must be a phone number, with the area or country code."),
        ({"rent_pence": -1}, "rent_pence", "This must be at least 0."),
        ({"rent_pence": 10.5}, "rent_pence", "This must be a whole number."),
        ({"rent_pence": "10"}, "rent_pence", "This must be a whole number."),
        ({"count": 2**63}, "count", "This number is too large."),
        ({"count": True}, "count", "This must be a whole number."),
        ({"yes": 1}, "yes", "This must be true or false."),
        ({"inside": [{"on": "2026-13-01"}]}, "inside.0.on", "There is no such date. Write it as 2026-11-02."),
        ({"inside": [{}]}, "inside.0.on", "This is needed."),
        ({"inside": {}}, "inside", "This must be a list."),
        ({"inside": [{"on": "2026-01-01"}] * 3}, "inside", "There must be at most 2 of these."),
        ({"surname": "x"}, "surname", "There is no such field."),
    ],
)
async def test_what_is_wrong_is_said_by_field(sent: dict[str, Any], field: str, why: str) -> None:
    from alliance.web.complaints import complaints

    with pytest.raises(ValidationError) as caught:
        Everything.model_validate(sent)
    found = complaints([{**error, "loc": ("body", *error["loc"])} for error in caught.value.errors()])
    assert [(each.field, each.why) for each in found] == [(field, why)]


def test_dates_and_instants_come_as_text() -> None:
    read = Everything.model_validate(
        {"on": "2024-02-29", "at": "2026-11-02T09:00:00+01:00", "inside": [{"on": "2026-01-01"}]}
    )
    assert read.on == date(2024, 2, 29)
    assert read.at is not None
    assert read.at.astimezone(UTC) == datetime(2026, 11, 2, 8, tzinfo=UTC)
    assert read.inside == [Inside(on=date(2026, 1, 1))]
    assert read.model_fields_set == {"on", "at", "inside"}


def test_a_body_can_be_built_in_python() -> None:
    assert Everything(on=date(2024, 2, 29)).on == date(2024, 2, 29)
    assert Everything(name=ADA).model_fields_set == {"name"}


def test_an_nhs_number_loses_its_spaces_and_a_phone_keeps_them() -> None:
    read = Everything.model_validate({"nhs_number": "943 476-5919", "phone": " 020 7946 0001 "})
    assert read.nhs_number == "9434765919"
    assert read.phone == "020 7946 0001"


def test_text_is_trimmed_and_a_passage_may_have_lines() -> None:
    assert Everything.model_validate({"name": f"  {ADA} "}).name == ADA
    assert Everything.model_validate({"story": "one\ntwo"}).story == "one\ntwo"


def test_names_in_other_scripts_are_fine() -> None:
    for name in ("Zoë O’Made-Up", "Łucja Wymyślona", "آزمایشی می‌شود", "虚构的人", "🙂"):
        assert Everything.model_validate({"name": name}).name == name


class Careless(Body):
    name: str
    nick: str = "nick"

    @model_validator(mode="after")
    def never_right(self) -> "Careless":
        if self.nick == "quoted":
            raise ValueError(f"{self.name} is not right")
        if self.nick == "plain":
            raise refuse("These two do not go together.")
        raise ValueError("These do not fit.")


@pytest.mark.parametrize(
    ("nick", "why"),
    [("quoted", "This is not right."), ("plain", "These two do not go together."), ("else", "These do not fit.")],
)
def test_a_validators_own_sentence_is_used_unless_it_quotes_the_input(nick: str, why: str) -> None:
    from alliance.web.complaints import complaints

    with pytest.raises(ValidationError) as caught:
        Careless.model_validate({"name": ADA, "nick": nick})
    assert [each.why for each in complaints(caught.value.errors())] == [why]


async def test_nothing_that_was_sent_is_said_back(api: ApiClient) -> None:
    sent = {
        "name": 9434765919,
        "born_on": "1970-02-31 Ada",
        "nhs_number": "9434765918",
        "pace": "Ada Made-Up",
        "contact": {"phone": "ring Ada"},
    }
    answer = await api.post("/api/v1/people", json=sent)
    assert answer.status_code == 422
    assert {each["field"] for each in answer.json()["errors"]} == {
        "name",
        "born_on",
        "nhs_number",
        "pace",
        "contact.phone",
    }
    for value in ("9434765919", "1970-02-31", "9434765918", "Ada Made-Up", "ring Ada"):
        assert value not in answer.text


def test_depth_has_an_end() -> None:
    deep: Any = {}
    for _ in range(400):
        deep = {"a": deep}
    with pytest.raises(ValidationError, match="nested too deeply"):
        Everything.model_validate(deep)
