"""People are written to in their own language, and in none do the words tell what it is about."""

import csv
from importlib.resources import files

import pytest

from alliance.web.pages.people import LANGUAGES
from notify.domain.codes import Template
from notify.domain.wording import ENGLISH, NOT_CHECKED, Wordings, WordingWrong

WORDS, TELLING = (files("notify").joinpath(f"{name}.csv").read_text("utf-8") for name in ("wording", "telling"))
SHIPPED = Wordings.shipped()
LONGEST_NAME, LONGEST_TEXT = 100, 918
"""Characters: of `call_me` in `intake.person-shared.v1`, and of a text message (GOV.UK Notify, text length)."""


def rows() -> list[dict[str, str]]:
    return list(csv.DictReader(WORDS.splitlines()))


def told(language: str) -> list[str]:
    return [row["word"] for row in csv.DictReader(TELLING.splitlines()) if row["language"] in (language, "*")]


def tells(language: str) -> list[str]:
    return [row["tells"] for row in csv.DictReader(TELLING.splitlines()) if row["language"] == language]


def without(row: str) -> str:
    """The table of wording with one row left out."""
    assert WORDS.count(row) == 1
    return "".join(line for line in WORDS.splitlines(keepends=True) if row not in line)


@pytest.mark.parametrize("language", sorted(SHIPPED.languages))
@pytest.mark.parametrize("template", Template)
def test_nothing_in_a_message_says_what_it_is_about_in_any_language(template: Template, language: str) -> None:
    letter = SHIPPED.letter(template, language=language, call_me="Sam")
    said = f"{letter.subject} {letter.texts[0].body}".casefold()
    assert "living well" in told(language)
    assert {"mental health", "care", "housing"} - {*tells(language)} == set()
    for telling in told(language):
        assert telling.casefold() not in said


@pytest.mark.parametrize(
    "row", [row for row in rows() if row["subject"]], ids=lambda r: f"{r['language']} {r['template']}"
)
def test_a_message_says_its_row_of_the_table_with_the_english_beneath(row: dict[str, str]) -> None:
    letter = SHIPPED.letter(Template(row["template"]), language=row["language"], call_me="Sam")
    assert (letter.subject, letter.language) == (row["subject"], row["language"])
    assert row["sentence"] in letter.texts[0].body
    assert "Sam" in letter.texts[0].body.splitlines()[0]
    english = SHIPPED.letter(Template(row["template"]), language=ENGLISH, call_me="Sam")
    assert letter.body.endswith(english.body)
    assert [text.language for text in letter.texts] == list(dict.fromkeys([row["language"], ENGLISH]))


@pytest.mark.parametrize("language", sorted(SHIPPED.languages))
@pytest.mark.parametrize("template", Template)
def test_a_message_fits_into_one_text_message(template: Template, language: str) -> None:
    letter = SHIPPED.letter(template, language=language, call_me="S" * LONGEST_NAME)
    assert len(letter.body) <= LONGEST_TEXT


def test_whoever_is_called_nothing_is_greeted_without_a_name() -> None:
    letter = SHIPPED.letter(Template.MOVED_IN, language="ar", call_me=None)
    assert letter.body.startswith("مرحباً،\n")
    assert "Hello there," in letter.body
    assert "{name}" not in letter.body


def test_there_is_wording_only_in_languages_that_the_front_door_asks_for() -> None:
    assert SHIPPED.languages.keys() - LANGUAGES.keys() == {ENGLISH}


def test_a_language_is_used_when_every_row_of_it_was_checked_or_the_alliance_says_so() -> None:
    one_checked = WORDS.replace(NOT_CHECKED, "an interpreter on 2027-01-12", 1)
    all_checked = "\n".join(
        line.replace(NOT_CHECKED, "an interpreter on 2027-01-12") if line.startswith("pt,") else line
        for line in WORDS.splitlines()
    )
    assert Wordings.read(WORDS, TELLING).using().used == {ENGLISH}
    assert Wordings.read(one_checked, TELLING).using().used == {ENGLISH}
    assert Wordings.read(all_checked, TELLING).using().used == {ENGLISH, "pt"}
    assert Wordings.read(all_checked, TELLING).using(["so"]).used == {ENGLISH, "so"}
    assert Wordings.read(all_checked, TELLING).using([]).used == {ENGLISH}


def test_with_the_unchecked_every_language_is_used() -> None:
    assert SHIPPED.using(unchecked=True).used == SHIPPED.languages.keys()


def test_a_language_without_wording_cannot_be_switched_on() -> None:
    with pytest.raises(WordingWrong, match="no wording in am, ti"):
        SHIPPED.using(["ti", "pt", "am"])


@pytest.mark.parametrize(
    ("spoken", "language"),
    [
        ("pt", "pt"),
        ("pt-BR", "pt"),
        ("PT", "pt"),
        ("so", "so"),
        ("fr", "en"),
        ("bfi", "en"),
        ("mul", "en"),
        (None, "en"),
    ],
)
def test_people_are_written_to_in_what_they_speak_where_it_is_switched_on(spoken: str | None, language: str) -> None:
    assert SHIPPED.using(["pt", "so"]).language_for(spoken) == language


def test_a_message_in_a_language_that_is_gone_from_the_table_shows_in_english() -> None:
    assert SHIPPED.letter(Template.MOVED_IN, language="tw", call_me=None).language == ENGLISH


@pytest.mark.parametrize(
    ("words", "telling", "why"),
    [
        (without("so,moved-in,"), TELLING, "so lacks, or has too much: moved-in"),
        (without("so,greeting-nameless,"), TELLING, "so lacks, or has too much: greeting-nameless"),
        (f"{WORDS}so,good-bye,Nabad,Nabad gelyo,{NOT_CHECKED}\n", TELLING, "so lacks, or has too much: good-bye"),
        (f"{WORDS}so,signed,,Kooxda,{NOT_CHECKED}\n", TELLING, "so has signed twice"),
        ("language,template,subject,sentence,checked_by\n", TELLING, "en lacks"),
        (WORDS.replace("Rajo wanaagsan", ""), TELLING, "so, moved-in: something is empty"),
        (WORDS.replace("so,signed,,", "so,signed,Nabad,"), TELLING, "so, signed: .* a subject too many"),
        (WORDS.replace("Salaan {name}", "Salaan"), TELLING, "so, greeting: the name belongs in the greeting"),
        (WORDS.replace("Kooxdaada", "Kooxda {name}"), TELLING, "so, signed: the name belongs in the greeting"),
        (WORDS.replace(f"Kooxdaada,{NOT_CHECKED}", "Kooxdaada,"), TELLING, "so, signed: something is empty"),
        (
            WORDS.replace(f"Kooxdaada,{NOT_CHECKED}", "Kooxdaada,Not yet checked"),
            TELLING,
            "so, signed: checked by whom",
        ),
        (WORDS.replace("Weli waan", "Guriga waan"), TELLING, "so, moved-in tells what it is about: guri"),
        (WORDS.replace("Há uma novidade", "Há uma CASA"), TELLING, "pt, home-offered tells what it is about: casa"),
        (WORDS.replace("Your team", "Your Living Well team"), TELLING, "en, signed tells .*: living well"),
        (WORDS.replace("Kooxdaada,not", "Kooxdaada,a, b, not"), TELLING, "a comma wants quotes: so, signed"),
        (WORDS, "".join(x for x in TELLING.splitlines(True) if not x.startswith("so,")), "nothing says .* of so"),
    ],
    ids=lambda value: value if len(value) < 90 else "",
)
def test_a_table_that_lacks_something_or_tells_something_is_refused(words: str, telling: str, why: str) -> None:
    assert (words, telling) != (WORDS, TELLING)
    with pytest.raises(WordingWrong, match=why):
        Wordings.read(words, telling)
