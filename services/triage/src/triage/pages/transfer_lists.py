"""Transfers in rows: what is asked of us, what we have asked, and what is back."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from alliance.web.pages.listing import Cell, Column, Listing, Row
from alliance.web.pages.templating import ago
from triage.domain.case import Case
from triage.pages.telling import reference
from triage.pages.words import PRIORITY_COLOURS, label

Called = Callable[[str], str]
"""What an organisation is called."""
Figure = Mapping[str, object]

WAITING = (
    Column("case", "Case"),
    Column("with", "With"),
    Column("priority", "Priority"),
    Column("why", "Why"),
    Column("asked", "Asked"),
    Column("answer", "Answer"),
)
BACK = (*(each for each in WAITING if each.key in ("case", "with", "priority")), Column("what", "What happened"))


def counted(cases: Sequence[Case], words: str, href: str, *, more: bool = False, concern: bool = False) -> Figure:
    """`more`: there are others beyond those that one page shows."""
    number = f"{len(cases)} or more" if more else str(len(cases))
    return {"number": number, "label": words, "href": href, "concern": concern}


def pending_list(caption: str, cases: Sequence[Case], called: Called, now: datetime, *, theirs: bool) -> Listing:
    """`theirs`: others ask us, and one decides on the page of the transfer; else we hold the case and open that."""
    return Listing(
        caption=caption,
        columns=WAITING,
        rows=[row for case in cases if (row := _pending(case, called, now, theirs=theirs))],
        empty="No other organisation is asking us." if theirs else "We have asked no other organisation.",
    )


def back_list(caption: str, cases: Sequence[Case], called: Called, now: datetime) -> Listing:
    return Listing(
        caption=caption,
        columns=BACK,
        rows=[row for case in cases if (row := _back(case, called, now))],
        empty="Nothing has come back that nobody has seen.",
    )


def _pending(case: Case, called: Called, now: datetime, *, theirs: bool) -> Row | None:
    if (live := case.live_transfer) is None:
        return None
    href = f"/transfers/{live.id}" if theirs else f"/cases/{case.id}"
    return [
        Cell(reference(case.id), href=href, value=case.id),
        called(live.from_organisation if theirs else live.to_organisation),
        Cell(label(case.priority), tag=PRIORITY_COLOURS[case.priority]),
        label(live.reason_code),
        Cell(ago(live.asked_at, now), value=live.asked_at),
        Cell(f"Due {ago(live.answer_by, now)}", value=live.answer_by),
    ]


def _back(case: Case, called: Called, now: datetime) -> Row | None:
    if (back := case.transfer_back) is None or back.ended_at is None:
        return None
    what = label(back.ending_code) if back.ending_code else "Nobody answered in time"
    return [
        Cell(reference(case.id), href=f"/cases/{case.id}", value=case.id),
        called(back.to_organisation),
        Cell(label(case.priority), tag=PRIORITY_COLOURS[case.priority]),
        f"{what}, {ago(back.ended_at, now)}",
    ]
