"""The board: open cases by what they wait for."""

from typing import Annotated

from fastapi import APIRouter, Query

from alliance.web.fields import UUID_PATTERN
from triage.api.allocation_answers import BoardAnswer, Card, ColumnAnswer
from triage.api.giving import Listing, TheCases, TheClock, TheKnown
from triage.application.board import Asked, Late, column
from triage.domain.boarding import Stage
from triage.domain.codes import Priority

router = APIRouter(prefix="/api/v1/board", tags=["board"])

Staff = Annotated[str | None, Query(pattern=r"^[A-Za-z0-9][A-Za-z0-9:._-]{0,63}$")]
After = Annotated[str | None, Query(pattern=r"^[0-9A-Za-z:._~ -]{1,250}$")]


@router.get("")
async def board(
    access: Listing,
    cases: TheCases,
    known: TheKnown,
    clock: TheClock,
    stage: Stage | None = None,
    organisation: Staff = None,
    team: Annotated[str | None, Query(pattern=UUID_PATTERN)] = None,
    worker: Staff = None,
    mine: bool = False,
    priority: Priority | None = None,
    late: Late | None = None,
    unsafe: bool = False,
    after: After = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 25,
) -> BoardAnswer:
    """Every column, or one stage from `after` on; why each case is where it is stands with it."""
    asked = Asked(
        organisation=organisation,
        team=team,
        worker=worker,
        mine=access.caller.subject if mine else None,
        priority=priority,
        clock=late,
        unsafe=unsafe,
    )
    now = clock.now()
    columns = {
        each: await column(asked, each, cases, now, after=after if stage else None, limit=limit)
        for each in ([stage] if stage else Stage)
    }
    deaths = await known.deaths([case.person_id for page in columns.values() for case in page.items])
    return BoardAnswer(
        columns=[
            ColumnAnswer(stage=each, items=[Card.of(case, deaths) for case in page.items], next=page.next)
            for each, page in columns.items()
        ]
    )
