"""What forms make of what browsers send: answers, one message for each bad one, and what was typed kept."""

import re
from datetime import date
from io import BytesIO

import pytest
import time_machine
from starlette.datastructures import FormData, UploadFile

from alliance.kernel import Stale
from alliance.web.fields import NhsNumber
from alliance.web.pages import (
    ChoiceQuestion,
    ChoicesQuestion,
    DayQuestion,
    FileQuestion,
    Form,
    LineQuestion,
    MoneyQuestion,
    PassageQuestion,
    attempt,
)
from alliance.web.pages.files import with_files
from alliance.web.pages.templating import environment


class Everything(Form):
    name = LineQuestion("Name", missing="Enter a name")
    number = LineQuestion("NHS number", of=NhsNumber, optional=True)
    notes = PassageQuestion("Notes", optional=True)
    way = ChoiceQuestion("Way in", {"web": "Web page", "phone": "Phone"}, missing="Select a way in")
    areas = ChoicesQuestion("Areas", {"money": "Money", "home": "Home"}, optional=True)
    born = DayQuestion("Date of birth", past=True, optional=True)
    cost = MoneyQuestion("Weekly cost", optional=True)


GOOD = {"name": " Testina ", "way": "web", "form_token": "abc"}


def read(*more: tuple[str, str], **changed: str) -> Everything:
    form = Everything.read(FormData([*{**GOOD, **changed}.items(), *more]))
    form.validate()
    return form


def test_good_answers_become_what_the_application_takes() -> None:
    form = read(
        ("areas", "money"),
        ("areas", "home"),
        ("born[day]", "13"),
        ("born[month]", "2"),
        ("born[year]", "1980"),
        number="943 476 5919",
        cost="£1,538.50",
        notes="one\r\ntwo",
    )
    assert form.problems == []
    assert (form.name.data, form.number.data, form.way.data) == ("Testina", "9434765919", "web")
    assert (form.areas.data, form.born.data, form.cost.data) == (("money", "home"), date(1980, 2, 13), 153_850)
    assert form.notes.data == "one\ntwo"


def test_a_browser_sends_the_parts_of_a_date_as_the_macro_names_them() -> None:
    html = environment().from_string('{% from "alliance/fields.html" import fields %}{{ fields(form) }}')
    drawn = html.render(form=Everything.fresh())
    names = re.findall(r'name="([^"]*(?:day|month|year)[^"]*)"', drawn)
    assert len(names) == 3
    form = read(*zip(names, ("13", "2", "1980"), strict=True))
    assert form.born.data == date(1980, 2, 13)


@pytest.mark.parametrize(
    ("changed", "message", "href"),
    [
        ({"name": "   "}, "Enter a name", "#name"),
        ({"name": "x" * 201}, "Use 200 characters or fewer", "#name"),
        ({"number": "943 476 5918"}, "This is not a valid NHS number: check the digits.", "#number"),
        ({"way": "fax"}, "Select a way in", "#way"),
        ({"areas": "fax"}, "Answer “Areas”", "#areas"),
        ({"cost": "12.5"}, "Enter an amount in pounds, such as 250 or 250.50", "#cost"),
        ({"born-day": "13", "born-month": "2"}, "Date of birth must include a year", "#born-year"),
        ({"born-day": "31", "born-month": "2", "born-year": "1980"}, "Date of birth must be a real date", "#born-day"),
        (
            {"born-day": "1", "born-month": "1", "born-year": "2199"},
            "Date of birth must be today or in the past",
            "#born-day",
        ),
    ],
)
def test_a_bad_answer_has_one_message_that_leads_to_it(changed: dict[str, str], message: str, href: str) -> None:
    assert read(**changed).problems == [{"text": message, "href": href}]


def test_what_was_typed_stays_right_or_wrong() -> None:
    form = read(name="x" * 201, cost="much", way="phone")
    assert form.name.params()["value"] == "x" * 201
    assert form.cost.params()["value"] == "much"
    assert [item["value"] for item in form.way.items() if item["checked"]] == ["phone"]


@pytest.mark.parametrize("typed", ['"><script>x</script>', "</textarea><img src=x onerror=y>", "{{ 7 * 7 }}"])
def test_nothing_that_was_typed_becomes_markup(typed: str) -> None:
    html = environment().from_string('{% from "alliance/fields.html" import fields %}{{ fields(form) }}')
    drawn = html.render(form=read(name=typed, notes=typed, number=typed))
    assert "<script>" not in drawn
    assert "<img" not in drawn
    assert "49" not in drawn


def test_a_field_that_nobody_asked_for_is_not_there() -> None:
    assert "admin" not in read(admin="yes").data


def test_a_refusal_becomes_a_sentence_above_the_form_and_the_next_sending_another_command() -> None:
    form = read(version="3")
    before = form.form_token.data
    with attempt(form):
        stale = Stale("Somebody changed it since you looked.")
        stale.version = 5
        raise stale
    assert form.problems[0]["text"].startswith("Somebody changed this while you had it open.")
    assert (form.version.data, form.form_token.data != before) == ("5", True)


@pytest.mark.parametrize(
    ("now", "refused"),
    [("2026-06-30T23:30:00+00:00", False), ("2026-06-30T22:30:00+00:00", True), ("2026-12-01T00:10:00+00:00", False)],
)
def test_today_is_the_day_in_london(now: str, refused: bool) -> None:
    """Half past midnight in summer is still yesterday in UTC; somebody at work then means today."""
    day = {"born-day": "1", "born-month": "7", "born-year": "2026"}
    with time_machine.travel(now, tick=False):
        assert bool(read(**day).problems) is refused


class WithFile(Form):
    file = FileQuestion("The file", most=1024 * 1024, accept=".csv", missing="Choose a file")


async def sent_with(*contents: bytes) -> WithFile:
    uploads = [UploadFile(BytesIO(content), filename="Testa-Example.csv") for content in contents]
    form = WithFile.read(await with_files(FormData([("file", upload) for upload in uploads])))
    assert all(upload.file.closed for upload in uploads)
    form.validate()
    return form


async def test_a_file_becomes_its_bytes_and_what_was_put_aside_for_it_is_closed() -> None:
    form = await sent_with(b"a,b\n")
    assert (form.problems, form.file.data) == ([], b"a,b\n")
    assert form.takes_a_file


@pytest.mark.parametrize(
    ("contents", "why"),
    [
        ([], "Choose a file"),
        ([b""], "Choose a file"),
        ([b"x" * (1024 * 1024 + 1)], "The file must be smaller than 1 MB"),
        ([b"a", b"b"], "Choose one file only"),
    ],
)
async def test_a_file_that_will_not_do_is_told_why(contents: list[bytes], why: str) -> None:
    form = await sent_with(*contents)
    assert [problem["text"] for problem in form.problems] == [why]


async def test_text_in_place_of_a_file_is_no_file() -> None:
    form = WithFile.read(await with_files(FormData([("file", "a,b")])))
    assert not form.validate()


def test_the_question_for_a_file_says_what_it_takes_and_never_a_name() -> None:
    template = '{% from "alliance/fields.html" import fields %}{{ fields(form) }}'
    text = environment().from_string(template).render(form=WithFile.fresh())
    assert 'type="file"' in text
    assert 'accept=".csv"' in text
