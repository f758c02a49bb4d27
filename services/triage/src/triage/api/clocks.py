"""Pauses of a case's clocks, reopening, and the national measure."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict

from alliance.web import PathId
from triage.api.answers import CaseId
from triage.api.bodies import PauseBody, PauseCorrectionBody, ReopenBody
from triage.api.giving import ListingSpells, Pausing, Reopening, TheCases, TheClock, TheKnown, TheSpells
from triage.application import clocks as ask
from triage.application.spells import Line, lines_of, listed_spells, people_of
from triage.domain.refusals import PauseNotThere
from triage.domain.spells import Band, Standing
from triage.domain.wait_codes import PauseChange

router = APIRouter(prefix="/api/v1", tags=["clocks"])

After = Annotated[str | None, Query(pattern=r"^(waiting|stopped|ended):[0-9A-Za-z:.-]{1,150}$")]
Limit = Annotated[int, Query(ge=1, le=200)]


class PauseId(BaseModel):
    case_id: str
    pause_id: str


class SpellAnswer(BaseModel):
    """A line of the national measure. `days` is the calendar's count until the full stop, the end or now."""

    model_config = ConfigDict(from_attributes=True)

    person_id: str
    number: int
    case_ids: tuple[str, ...]
    standing: Standing
    started_at: datetime
    second_contact_at: datetime | None
    stopped_at: datetime | None
    ended_at: datetime | None
    days: int
    band: Band
    within_standard: bool | None

    @classmethod
    def of(cls, line: Line) -> "SpellAnswer":
        return cls.model_validate({**vars(line), **vars(line.spell)})


class SpellsAnswer(BaseModel):
    items: list[SpellAnswer]
    next: str | None


@router.post("/cases/{case_id}/pauses", status_code=201)
async def pause(case_id: PathId, body: PauseBody, command: Pausing, cases: TheCases, clock: TheClock) -> PauseId:
    """The clocks of a week and of four weeks stand still for a while; those of 4 and 24 hours run on."""
    await ask.pause_waits(
        case_id,
        command.id,
        body.reason,
        cases,
        clock,
        start=body.start or clock.now(),
        until=body.until,
        review=body.review,
        by=command.caller.subject,
        expecting=command.expecting,
    )
    return PauseId(case_id=case_id, pause_id=command.id)


@router.post("/cases/{case_id}/pauses/{pause_id}/resume")
async def resume(case_id: PathId, pause_id: PathId, command: Pausing, cases: TheCases, clock: TheClock) -> PauseId:
    """The clocks run again from now on."""
    await ask.resume_waits(case_id, pause_id, cases, clock, by=command.caller.subject, expecting=command.expecting)
    return PauseId(case_id=case_id, pause_id=pause_id)


@router.post("/cases/{case_id}/pauses/{pause_id}/correct")
async def correct(
    case_id: PathId,
    pause_id: PathId,
    body: PauseCorrectionBody,
    command: Pausing,
    cases: TheCases,
    clock: TheClock,
) -> PauseId:
    """The pause was another than was recorded, or is to last longer; misses are taken back or said accordingly."""
    known = next((each for each in (await cases.get(case_id)).pauses if each.id == pause_id), None)
    if known is None:
        raise PauseNotThere("The case has no such pause.")
    await ask.correct_pause(
        case_id,
        pause_id,
        PauseChange(body.change),
        cases,
        clock,
        start=body.start or known.start,
        until=body.until or known.until,
        by=command.caller.subject,
        expecting=command.expecting,
    )
    return PauseId(case_id=case_id, pause_id=pause_id)


@router.post("/cases/{case_id}/reopen")
async def reopen(
    case_id: PathId, body: ReopenBody, command: Reopening, cases: TheCases, known: TheKnown, clock: TheClock
) -> CaseId:
    """Open a closed case again. The answer names the case that is open now: another one, if it was closed long ago."""
    opened = await ask.reopen_case(
        case_id,
        body.priority,
        cases,
        known,
        clock,
        reason_code=body.reason_code,
        by=command.caller.subject,
        expecting=command.expecting,
    )
    return CaseId(case_id=opened)


@router.get("/spells")
async def spells(
    _: ListingSpells,
    all_: TheSpells,
    known: TheKnown,
    clock: TheClock,
    standing: Standing = Standing.WAITING,
    after: After = None,
    limit: Limit = 50,
) -> SpellsAnswer:
    """Referral spells by where each person's latest one stands, the longest running first; earlier ones beside it."""
    page = await listed_spells(all_, standing, after=after, limit=limit)
    people = await people_of(page, all_, await known.merged())
    items = [SpellAnswer.of(line) for person in people for line in lines_of(person, clock.now())]
    return SpellsAnswer(items=items, next=page.next)
