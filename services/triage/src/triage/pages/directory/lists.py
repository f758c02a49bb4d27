"""Entries in rows: for staff, as a file, and which of them are to be assured."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from alliance.web.pages.listing import Cell, Choice, Column, Filters, Row
from alliance.web.pages.people import LANGUAGES
from alliance.web.pages.templating import day
from triage.application.entries import Which
from triage.application.showcase import Sought
from triage.domain.codes import HelpArea, Support
from triage.domain.entry import Entry
from triage.domain.fit import Standing
from triage.pages.directory.telling import FRESHNESS_COLOURS, Names, taking_on, wait_in_short
from triage.pages.words import label, options

COLUMNS = (
    Column("name", "Service"),
    Column("kind", "Kind"),
    Column("provider", "Who gives it"),
    Column("taking", "Now"),
    Column("wait", "Half started within"),
    Column("assured", "Assured"),
)
DUE = (
    Column("name", "Service"),
    Column("provider", "Who gives it"),
    Column("assured", "Assured"),
    Column("due", "To be assured by"),
)


def rows(standings: Iterable[Standing], providers: Names, now: datetime) -> list[Row]:
    return [
        [
            Cell(each.entry.says.name, href=f"/directory/{each.entry.id}"),
            label(each.entry.says.kind),
            each.entry.given_by(providers),
            taking_on(each, now),
            Cell(wait_in_short(each), value=each.measured.median_days if each.measured else None),
            _freshness(each.entry, now),
        ]
        for each in standings
    ]


def due_rows(entries: Iterable[Entry], providers: Names, now: datetime) -> list[Row]:
    return [
        [
            Cell(entry.says.name, href=f"/directory/{entry.id}"),
            entry.given_by(providers),
            _freshness(entry, now),
            Cell(day(entry.assured_until), value=entry.assured_until),
        ]
        for entry in entries
    ]


UNASSURED = {"never": 0, "quarter": 91, "half-year": 182, "year": 365}
"""Code of the filter → so many days without an assurance; 0 where it has to be never."""
UNASSURED_WORDS = {
    "": "At any time",
    "never": "Never",
    "quarter": "Not for 3 months",
    "half-year": "Not for half a year",
    "year": "Not for a year",
}


def unassured_since(code: str, now: datetime) -> datetime | None:
    """Before which nobody has assured what is meant."""
    days = UNASSURED.get(code)
    return None if days is None else now - timedelta(days=days) if days else datetime.min.replace(tzinfo=UTC)


def staff_filters(which: Which, unassured: str, areas: Sequence[str], organisations: Mapping[str, str]) -> Filters:
    """As for anybody, and by who gives it and how long it has not been assured."""
    return Filters(
        [
            *filters(which.sought, areas).choices,
            Choice("organisation", "Who gives it", [("", "All"), *organisations.items()], which.organisation_id or ""),
            Choice("assured", "Assured", list(UNASSURED_WORDS.items()), unassured),
        ]
    )


def filters(sought: Sought, areas: Sequence[str]) -> Filters:
    """By what an entry is, never by words: those are sent by POST."""
    return Filters(
        [
            Choice("kind", "Kind", [("", "All"), *options(Support).items()], sought.kind or ""),
            Choice("helps_with", "Helps with", [("", "Anything"), *options(HelpArea).items()], sought.helps_with or ""),
            Choice("area", "Area", [("", "Anywhere"), *((area, area) for area in areas)], sought.area or ""),
            Choice("language", "Language", [("", "Any"), *LANGUAGES.items()], sought.language or ""),
            Choice("open_now", "Open", [("", "At any time"), ("yes", "Now")], "yes" if sought.open_at else ""),
        ]
    )


def _freshness(entry: Entry, now: datetime) -> Cell:
    fresh = entry.freshness(now)
    return Cell(label(fresh), tag=FRESHNESS_COLOURS[fresh], value=entry.assured_at)
