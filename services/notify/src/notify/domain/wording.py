"""The words of each message, by language. Anybody may see the screen or the envelope: none tells what it is about.

`wording.csv` has the words and who has checked them, `telling.csv` the words that would tell.
"""

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from importlib.resources import files

from notify.domain.codes import Template

ENGLISH, ANY = "en", "*"
WRITTEN, NOT_CHECKED = "written in it", "not yet checked by a speaker"
CHECKED = re.compile(r"\S.* on \d{4}-\d{2}-\d{2}")
"""By whom, as a role, and on which day."""
GREETING, NAMELESS, CLOSING, SIGNED = "greeting", "greeting-nameless", "closing", "signed"
ROWS = frozenset({*Template, GREETING, NAMELESS, CLOSING, SIGNED})
NAME = "{name}"


class WordingWrong(ValueError):
    """The tables lack something, or say too much."""


@dataclass(frozen=True)
class Text:
    """What is said in one language."""

    language: str
    body: str


@dataclass(frozen=True)
class Letter:
    """What goes: in the person's own language, and beneath it in English for whoever helps them to read."""

    subject: str
    texts: tuple[Text, ...]

    @property
    def language(self) -> str:
        return self.texts[0].language

    @property
    def body(self) -> str:
        return "\n".join(text.body for text in self.texts)


@dataclass(frozen=True)
class Row:
    template: str
    subject: str
    sentence: str
    checked_by: str


@dataclass(frozen=True)
class Wording:
    """All that can be said in one language."""

    language: str
    rows: Mapping[str, Row]

    @property
    def checked(self) -> bool:
        """Whether somebody who speaks it has checked every row."""
        return all(row.checked_by != NOT_CHECKED for row in self.rows.values())

    def text(self, template: Template, *, call_me: str | None) -> Text:
        said = {name: row.sentence for name, row in self.rows.items()}
        greeting = said[GREETING].replace(NAME, call_me) if call_me else said[NAMELESS]
        return Text(self.language, f"{greeting}\n\n{said[template]}\n\n{said[CLOSING]}\n{said[SIGNED]}\n")


@dataclass(frozen=True)
class Wordings:
    """Every language that there is wording for, and those of them in which people are written to."""

    languages: Mapping[str, Wording]
    used: frozenset[str] = field(default=frozenset({ENGLISH}))

    @classmethod
    def shipped(cls) -> "Wordings":
        """The tables of this service."""
        words, telling = (files("notify").joinpath(f"{name}.csv").read_text("utf-8") for name in ("wording", "telling"))
        return cls.read(words, telling)

    @classmethod
    def read(cls, words: str, telling: str) -> "Wordings":
        """Raises `WordingWrong` unless each language has each template once and nothing in it tells anything."""
        told: dict[str, set[str]] = defaultdict(set)
        for line in _lines(telling):
            told[line["language"]].add(_plain(line["word"]))
        rows: dict[str, dict[str, Row]] = defaultdict(dict)
        for line in _lines(words):
            language = line.pop("language")
            row = Row(**line)
            if row.template in rows[language]:
                raise WordingWrong(f"{language} has {row.template} twice")
            rows[language][row.template] = row
        for language, known in {ENGLISH: {}, **rows}.items():
            _check(language, known, told)
        return cls({language: Wording(language, known) for language, known in rows.items()})

    def using(self, languages: Iterable[str] | None = None, *, unchecked: bool = False) -> "Wordings":
        """Write in `languages` and English; where nobody said which, in those that a speaker has checked.

        `unchecked`: then in all the others too. Raises `WordingWrong` for a language without wording.
        """
        if languages is None:
            languages = [code for code, wording in self.languages.items() if wording.checked or unchecked]
        used = frozenset({ENGLISH, *languages})
        if strangers := used - self.languages.keys():
            raise WordingWrong(f"there is no wording in {', '.join(sorted(strangers))}")
        return replace(self, used=used)

    def language_for(self, spoken: str | None) -> str:
        """In which to write to somebody who speaks this; `pt-BR` is Portuguese (RFC 4647, 3.4: lookup)."""
        language = (spoken or "").partition("-")[0].lower()
        return language if language in self.used else ENGLISH

    def letter(self, template: Template, *, language: str, call_me: str | None) -> Letter:
        """The message, addressed as the person likes to be called."""
        own, english = self.languages.get(language, self.languages[ENGLISH]), self.languages[ENGLISH]
        wordings = (own,) if own is english else (own, english)
        return Letter(own.rows[template].subject, tuple(each.text(template, call_me=call_me) for each in wordings))

    def checked(self, language: str) -> bool:
        return language in self.languages and self.languages[language].checked


def _check(language: str, rows: Mapping[str, Row], told: Mapping[str, Iterable[str]]) -> None:
    if wrong := ROWS ^ rows.keys():
        raise WordingWrong(f"{language} lacks, or has too much: {', '.join(sorted(wrong))}")
    if language not in told:
        raise WordingWrong(f"nothing says which words of {language} would tell what a message is about")
    for row in rows.values():
        if not row.sentence or not row.checked_by or bool(row.subject) is not (row.template in list(Template)):
            raise WordingWrong(f"{language}, {row.template}: something is empty, or there is a subject too many")
        if row.checked_by not in (WRITTEN, NOT_CHECKED) and not CHECKED.fullmatch(row.checked_by):
            raise WordingWrong(f"{language}, {row.template}: checked by whom (a role) and on which day?")
        if (NAME in row.sentence) is not (row.template == GREETING):
            raise WordingWrong(f"{language}, {row.template}: the name belongs in the greeting, and nowhere else")
        said = _plain(f"{row.subject}\n{row.sentence}")
        if telling := [word for word in (*told[language], *told.get(ANY, ())) if word in said]:
            raise WordingWrong(f"{language}, {row.template} tells what it is about: {', '.join(sorted(telling))}")


def _lines(table: str) -> list[dict[str, str]]:
    reader = csv.DictReader(table.splitlines(), restval="")
    found = list(reader)
    if wrong := next((line for line in found if None in line), None):
        raise WordingWrong(f"more cells than headings, a comma wants quotes: {', '.join(list(wrong.values())[:2])}")
    return [{key: value.strip() for key, value in line.items()} for line in found]


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
