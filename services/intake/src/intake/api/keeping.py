"""How long records are kept, and what is said about one."""

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict

from alliance.web import Body, Day, PathId, answers
from intake.api.answers import PersonId
from intake.api.giving import DecidingKeeping, ListingKeeping, NotingDeath, SeeingKeeping, TheKeeping
from intake.domain.keeping import DeathSource, ExtensionReason, HoldReason

router = APIRouter(prefix="/api/v1", tags=["keeping"])

After = Annotated[str | None, Query(pattern=r"^come:[0-9a-f:-]{1,100}$")]
Limit = Annotated[int, Query(ge=1, le=200)]


class KeepingAnswer(BaseModel):
    """`until`: the first day on which the record need not be kept; null while that cannot be said."""

    person_id: str
    until: date | None
    last_contact_on: date | None
    still_here: bool
    died_on: date | None
    death_source: DeathSource | None
    hold: HoldReason | None
    extended_until: date | None
    extension: ExtensionReason | None
    confirmed_at: datetime | None


class ComeAnswer(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: str
    come_on: date


class ComeAnswers(BaseModel):
    items: list[ComeAnswer]
    next: str | None


class Death(Body):
    died_on: Day
    source: DeathSource


class OnHold(Body):
    reason_code: HoldReason


class Extension(Body):
    until: Day
    reason_code: ExtensionReason


@router.get("/records-to-delete")
async def records_to_delete(
    _: ListingKeeping, keeping: TheKeeping, after: After = None, limit: Limit = 50
) -> ComeAnswers:
    """Records whose time has come, the longest overdue first."""
    page = await keeping.keepings.page("come", "come:", after=after, limit=limit)
    return ComeAnswers(items=[ComeAnswer.model_validate(each) for each in page.items], next=page.next)


@router.get("/people/{person_id}/keeping")
async def record(person_id: PathId, _: SeeingKeeping, keeping: TheKeeping) -> KeepingAnswer:
    found = await keeping.kept(person_id)
    return KeepingAnswer(
        person_id=person_id,
        until=found.until,
        last_contact_on=found.last.on,
        still_here=found.last.still_here,
        died_on=found.keeping.died_on,
        death_source=found.keeping.death_source,
        hold=found.keeping.hold,
        extended_until=found.keeping.extended_until,
        extension=found.keeping.extension,
        confirmed_at=found.keeping.confirmed_at,
    )


@router.post("/people/{person_id}/keeping/death", responses=answers(404))
async def note_death(person_id: PathId, body: Death, _: NotingDeath, keeping: TheKeeping) -> PersonId:
    """The person has died; said again it is corrected."""
    await keeping.note_death(person_id, body.died_on, body.source)
    return PersonId(person_id=person_id)


@router.post("/people/{person_id}/keeping/death/take-back", responses=answers(404))
async def take_back_death(person_id: PathId, _: NotingDeath, keeping: TheKeeping) -> PersonId:
    """It was a mistake: every service is told, and messages written from now on go again."""
    await keeping.take_back_death(person_id)
    return PersonId(person_id=person_id)


@router.post("/people/{person_id}/keeping/hold", responses=answers(404))
async def put_on_hold(person_id: PathId, body: OnHold, _: DecidingKeeping, keeping: TheKeeping) -> PersonId:
    """Nothing may be deleted until the hold is lifted."""
    await keeping.put_on_hold(person_id, body.reason_code)
    return PersonId(person_id=person_id)


@router.post("/people/{person_id}/keeping/lift-hold", responses=answers(404))
async def lift_hold(person_id: PathId, _: DecidingKeeping, keeping: TheKeeping) -> PersonId:
    await keeping.lift_hold(person_id)
    return PersonId(person_id=person_id)


@router.post("/people/{person_id}/keeping/extension", responses=answers(404))
async def extend(person_id: PathId, body: Extension, _: DecidingKeeping, keeping: TheKeeping) -> PersonId:
    """Keep the record for longer, at most ten years at a time."""
    await keeping.extend(person_id, body.until, body.reason_code)
    return PersonId(person_id=person_id)


@router.post("/people/{person_id}/keeping/deletion", responses=answers(404))
async def confirm(person_id: PathId, command: DecidingKeeping, keeping: TheKeeping) -> PersonId:
    """The record may go: its time has come, and a human has looked."""
    await keeping.confirm(person_id, by=command.caller.subject)
    return PersonId(person_id=person_id)
