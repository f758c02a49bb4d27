"""The board: cases by what they wait for, every card with why it is there; filters are links that can be shared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Depends, Query
from starlette.responses import Response

from alliance.access import Caller
from alliance.web.fields import UUID_PATTERN
from alliance.web.pages import Show, may, page_router
from alliance.web.pages.listing import Choice, Filters, Listing
from alliance.web.pages.live import changes_route
from triage.api.giving import TheCases, TheClock, TheProviders, TheTeams
from triage.application import board as ask
from triage.application.board import Asked, Cards, Late
from triage.application.teams import all_teams
from triage.domain.boarding import Stage
from triage.domain.case import Case
from triage.domain.codes import Priority
from triage.domain.team import Team
from triage.pages.allocation_telling import why_moving
from triage.pages.asking import Queue
from triage.pages.lists import COLUMNS, rows
from triage.pages.queue import opens_cases
from triage.pages.telling import reference, running, short_why, why
from triage.pages.words import EMPTY_COLUMNS, PRIORITY_COLOURS, STAGES, label, options

BOARD = "board"
LISTED = 25

router = page_router()

Names = Mapping[str, str]
Word = Annotated[str, Query(pattern=r"^[A-Za-z0-9:._-]{0,64}$")]
After = Annotated[str | None, Query(pattern=r"^[0-9A-Za-z:._~ -]{1,250}$")]


@dataclass
class Wish:
    """What the address asks for; empty means all."""

    stage: Annotated[str, Query(pattern=f"^({'|'.join(Stage)})?$")] = ""
    priority: Annotated[str, Query(pattern=r"^[1-4]?$")] = ""
    late: Annotated[str, Query(pattern=r"^(missed|at-risk)?$")] = ""
    safety: Annotated[str, Query(pattern=r"^(open)?$")] = ""
    organisation: Word = ""
    team: Annotated[str, Query(pattern=f"({UUID_PATTERN})|^$")] = ""
    worker: Word = ""
    whose: Annotated[str, Query(pattern=r"^(mine)?$")] = ""

    def asked(self, caller: Caller) -> Asked:
        return Asked(
            organisation=self.organisation or None,
            team=self.team or None,
            worker=self.worker or None,
            mine=caller.subject if self.whose else None,
            priority=Priority(self.priority) if self.priority else None,
            clock=Late(self.late) if self.late else None,
            unsafe=bool(self.safety),
        )

    @property
    def chosen(self) -> dict[str, str]:
        return {name: value for name, value in vars(self).items() if value}


Wished = Annotated[Wish, Depends(Wish)]

changes_route(router, "/board/changes", BOARD, allowed=may("case.list"))


@router.get("/board")
async def board(
    access: Queue,
    wish: Wished,
    cases: TheCases,
    teams: TheTeams,
    providers: TheProviders,
    clock: TheClock,
    show: Show,
    after: After = None,
) -> Response:
    asked_for = {**wish.chosen, **({"after": after} if after else {})}
    return await show(
        "triage/board.html",
        title="Board",
        **await _shown(access, wish, cases, teams, providers, clock.now(), show, after),
        fragment="/board/columns" + (f"?{urlencode(asked_for)}" if asked_for else ""),
    )


@router.get("/board/columns")
async def columns(
    access: Queue,
    wish: Wished,
    cases: TheCases,
    teams: TheTeams,
    providers: TheProviders,
    clock: TheClock,
    show: Show,
    after: After = None,
) -> Response:
    """What the page fetches again when something has changed."""
    return await show(
        "triage/columns.html", **await _shown(access, wish, cases, teams, providers, clock.now(), show, after)
    )


async def _shown(
    access: Queue,
    wish: Wish,
    cases: TheCases,
    teams: TheTeams,
    providers: Mapping[str, str],
    now: datetime,
    show: Show,
    after: str | None,
) -> dict[str, Any]:
    asked, links = wish.asked(access.caller), opens_cases(access)
    known = await all_teams(teams)
    names = await show.names({member for team in known for member in team.members} | ({wish.worker} - {""}))
    filters = _filters(wish, known, providers, names, show)
    if wish.stage:
        stage = Stage(wish.stage)
        page = await ask.column(asked, stage, cases, now, after=after, limit=LISTED)
        return {"listing": _list(stage, page, filters, now, after, links=links), "columns": None}
    found = await ask.board(asked, cases, now)
    deciders = await show.names({d.by for page in found.values() for case in page.items for d in case.decisions})
    return {
        "listing": _list(None, Cards([], None), filters, now, None, links=links),
        "columns": [_column(stage, page, wish, now, deciders, providers, links=links) for stage, page in found.items()],
    }


def _list(
    stage: Stage | None, page: Cards, filters: Filters, now: datetime, after: str | None, *, links: bool
) -> Listing:
    return Listing(
        caption=STAGES[stage] if stage else "Board",
        columns=COLUMNS,
        rows=rows(page.items, now, links=links),
        next=page.next,
        after=after,
        filters=filters,
        empty=EMPTY_COLUMNS[stage] if stage else "",
    )


def _column(
    stage: Stage, page: Cards, wish: Wish, now: datetime, names: Names, providers: Names, *, links: bool
) -> Mapping[str, object]:
    return {
        "heading": STAGES[stage],
        "cards": [_card(case, now, names, providers, links=links) for case in page.items],
        "count": f"{len(page.items)} shown, more below" if page.next else len(page.items),
        "empty": _none(stage, wish, more=page.next is not None),
        "all": "/board?" + urlencode({**wish.chosen, "stage": stage.value}) if page.next else None,
    }


def _none(stage: Stage, wish: Wish, *, more: bool) -> str:
    """`more`: the beginning of the column was looked at, and the rest was not."""
    if more:
        return f"Nothing matches among the first {ask.SCANNED}."
    return "Nothing matches." if wish.chosen else EMPTY_COLUMNS[stage]


def _card(case: Case, now: datetime, names: Names, providers: Names, *, links: bool) -> Mapping[str, object]:
    first = running(case.waiting[0], now) if case.waiting else None
    return {
        "text": f"Case {reference(case.id)}",
        "href": f"/cases/{case.id}" if links else None,
        "tag": label(case.priority),
        "colour": PRIORITY_COLOURS[case.priority],
        "wait": first,
        "late": bool(first and first.missed) or bool(case.unanswered_concerns),
        "short": short_why(case, now),
        "why": [*why(case, now, names, providers), *why_moving(case, lambda each: providers.get(each, each))],
        "alone": case.key_worker is None,
    }


def _filters(
    wish: Wish, teams: Sequence[Team], providers: Mapping[str, str], names: Mapping[str, str], show: Show
) -> Filters:
    called = show.shell.organisation_name
    workers = {
        member.subject: names[member.subject] for team in teams for member in team.members.values() if not member.left
    }
    if wish.worker:
        workers.setdefault(wish.worker, names[wish.worker])
    everywhere = [("", "All")]
    return Filters(
        [
            Choice("whose", "Whose", [("", "Everybody’s"), ("mine", "Mine")], wish.whose),
            Choice("stage", "Waiting for", [*everywhere, *((s.value, STAGES[s]) for s in Stage)], wish.stage),
            Choice("priority", "Priority", [*everywhere, *options(Priority).items()], wish.priority),
            Choice("late", "Clock", [*everywhere, ("missed", "Missed"), ("at-risk", "At risk")], wish.late),
            Choice("safety", "Safety", [*everywhere, ("open", "Concern not answered")], wish.safety),
            Choice(
                "organisation",
                "Organisation",
                [*everywhere, *((each, called(each)) for each in providers)],
                wish.organisation,
            ),
            Choice(
                "team",
                "Team",
                [*everywhere, *((team.id, f"{team.name} ({called(team.organisation)})") for team in teams)],
                wish.team,
            ),
            Choice("worker", "Key worker", [*everywhere, *workers.items()], wish.worker),
        ]
    )
