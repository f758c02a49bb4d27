"""Cases in rows: the same columns on the home page, in the queue and in its file."""

from collections.abc import Iterable
from datetime import datetime

from alliance.web.pages.listing import Cell, Column, Row
from alliance.web.pages.templating import ago
from triage.domain.case import Case
from triage.pages.telling import next_step, reference, running, short_why
from triage.pages.words import PRIORITY_COLOURS, label

COLUMNS = (
    Column("case", "Case"),
    Column("priority", "Priority"),
    Column("wait", "First due"),
    Column("safety", "Safety"),
    Column("contact", "Last contact"),
    Column("why", "Why here"),
    Column("next", "What next"),
)
MINE = (Column("who", "Who"), *(each for each in COLUMNS if each.key in ("priority", "wait", "next")))


def rows(cases: Iterable[Case], now: datetime, *, links: bool) -> list[Row]:
    """`links`: whether the reader may open cases at all; whether this one, the case itself decides."""
    return [row(case, now, links=links) for case in cases]


def row(case: Case, now: datetime, *, links: bool = False) -> Row:
    contact = case.last_contact_at
    return [
        Cell(reference(case.id), href=f"/cases/{case.id}" if links else None, value=case.id),
        priority_cell(case),
        wait_cell(case, now),
        _safety(case),
        Cell(ago(contact, now) if contact else "None yet", value=contact),
        short_why(case, now),
        _next(case),
    ]


def own_row(case: Case, now: datetime, who: str | None, *, links: bool) -> Row:
    """For the named worker, who knows the person."""
    name = Cell(who or f"Case {reference(case.id)}", href=f"/cases/{case.id}" if links else None)
    return [name, priority_cell(case), wait_cell(case, now), _next(case)]


def priority_cell(case: Case) -> Cell:
    return Cell(label(case.priority), tag=PRIORITY_COLOURS[case.priority])


def wait_cell(case: Case, now: datetime) -> Cell:
    if not case.waiting:
        return Cell("Nothing is due")
    first = running(case.waiting[0], now)
    return Cell(first.short, tag=first.colour, value=first.due_at)


def _safety(case: Case) -> Cell:
    if case.unanswered_concerns:
        return Cell("Not answered", tag="red")
    return Cell("Answered" if case.concerns else "No concern")


def _next(case: Case) -> str:
    step = next_step(case)
    return step.text if step else ""
