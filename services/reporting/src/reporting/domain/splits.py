"""Figures split by what people said for equality monitoring: how many people of each group, each counted once."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from reporting.domain.calendar import end_of
from reporting.domain.equality import CHARACTERISTICS, Equality


class Split(StrEnum):
    """What is split. Its values begin the keys by which a person's happenings are remembered."""

    INTRODUCTIONS = "introductions"
    ACCEPTED = "accepted"
    SIGNPOSTED = "signposted"
    OUT_OF_AREA = "out-of-area"
    NOT_REACHED = "not-reached"
    WITHDRAWN = "withdrawn"
    DUPLICATE = "duplicate"
    CONVERSATIONS = "conversations"
    OVER_TIME = "over-time"
    SUPPORT = "support"
    SUPPORT_IN_A_WEEK = "support-in-a-week"

    @property
    def of(self) -> "Split | None":
        """Whose share it is."""
        match self:
            case Split.INTRODUCTIONS:
                return None
            case Split.CONVERSATIONS | Split.OVER_TIME | Split.SUPPORT:
                return Split.ACCEPTED
            case Split.SUPPORT_IN_A_WEEK:
                return Split.SUPPORT
            case _:
                return Split.INTRODUCTIONS


@dataclass(frozen=True, kw_only=True)
class Person:
    """Everything under one person's pseudonyms, and under none of them."""

    answers: Mapping[str, str]
    """`{characteristic: code}`, the code for not known among them."""
    months: Mapping[str, Sequence[str]]
    """`{split: months in which it happened}`"""


def people_of(kept: Iterable[Equality], merged_into: Mapping[str, str]) -> list[Person]:
    """Records that are one person's count once: the surviving record's own answers first, filled from the others.

    `merged_into`: `{pseudonym: the one it was merged into}` as it is now, so an undone merge makes them two again.
    """
    together: dict[str, list[Equality]] = {}
    for each in kept:
        together.setdefault(_survivor(each.id, merged_into), []).append(each)
    return [_one(survivor, sorted(theirs, key=lambda kept: kept.id)) for survivor, theirs in together.items()]


def _survivor(person_id: str, merged_into: Mapping[str, str]) -> str:
    seen = {person_id}
    while (above := merged_into.get(person_id)) and above not in seen:
        seen.add(above)
        person_id = above
    return person_id


def _one(survivor: str, kept: Sequence[Equality]) -> Person:
    own_first = sorted(kept, key=lambda each: each.id != survivor)
    answers = {
        characteristic: next((code for each in own_first if (code := each.answer(characteristic)) != unknown), unknown)
        for characteristic, unknown in CHARACTERISTICS.items()
    }
    months: dict[str, list[str]] = {}
    for each in kept:
        for what, month in each.happenings():
            months.setdefault(what, []).append(month)
    return Person(answers=answers, months=months)


def year_of(month: str) -> int:
    """The financial year, April to March, by the year in which it begins."""
    year, number = (int(part) for part in month.split("-"))
    return year if number >= 4 else year - 1


def counted(people: Iterable[Person], split: Split, characteristic: str, year: int, now: datetime) -> Counter[str]:
    """`{code: people}` of a financial year. Only months that are over count: otherwise whoever looks twice a day sees
    of which group the person is who came meanwhile.

    A share is counted among those of whom it is a share: of the people introduced in the year, those accepted since.
    """
    return Counter(person.answers[characteristic] for person in people if _counts(person, split, year, now))


def _counts(person: Person, split: Split, year: int, now: datetime) -> bool:
    begun = [month for month in _over(person, split.of or split, now) if year_of(month) == year]
    return bool(begun) and any(month >= min(begun) for month in _over(person, split, now))


def _over(person: Person, split: Split, now: datetime) -> list[str]:
    return [month for month in person.months.get(split, ()) if end_of(month) <= now]


def years_of(people: Iterable[Person], now: datetime) -> list[int]:
    """Those in which somebody was introduced, the newest first."""
    months = {month for person in people for month in _over(person, Split.INTRODUCTIONS, now)}
    return sorted({year_of(month) for month in months}, reverse=True)
