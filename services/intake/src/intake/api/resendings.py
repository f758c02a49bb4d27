"""Details sent once more to a service that came late."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, StringConstraints

from alliance.web import Body, PathId, answers
from intake.api.answers import PersonId
from intake.api.giving import (
    Resending,
    ResendingOne,
    SeeingResendings,
    TheClock,
    ThePeople,
    TheRecipients,
    TheResendings,
)
from intake.application import resending as ask
from intake.domain.resending import ResendingState

router = APIRouter(prefix="/api/v1", tags=["resendings"])

After = Annotated[str | None, Query(pattern=r"^at:[0-9a-f:-]{1,100}$")]
Limit = Annotated[int, Query(ge=1, le=200)]


class Newcomer(Body):
    """One of those that the agreement lets receive details."""

    service: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,63}$")]


class ResendingAnswer(BaseModel):
    """`looked`: people whose wish was looked up; `sent`: those whose details were sent."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    service: str
    to_organisation: str
    state: ResendingState
    begun_at: datetime
    ended_at: datetime | None
    looked: int
    sent: int


class ResendingsAnswer(BaseModel):
    items: list[ResendingAnswer]
    next: str | None


@router.get("/resendings")
async def resendings_so_far(
    _: SeeingResendings, resendings: TheResendings, after: After = None, limit: Limit = 50
) -> ResendingsAnswer:
    """Newest first."""
    page = await ask.resendings_so_far(resendings, after=after, limit=limit)
    return ResendingsAnswer(items=[ResendingAnswer.model_validate(each) for each in page.items], next=page.next)


@router.post("/resendings", status_code=201)
async def begin(
    body: Newcomer, command: Resending, resendings: TheResendings, recipients: TheRecipients, clock: TheClock
) -> ResendingAnswer:
    """Everybody's details to one service, as far as their wishes allow it."""
    await ask.begin_resending(command.id, body.service, resendings, recipients, clock)
    return ResendingAnswer.model_validate(await resendings.get(command.id))


@router.get("/resendings/{resending_id}")
async def record(resending_id: PathId, _: SeeingResendings, resendings: TheResendings) -> ResendingAnswer:
    return ResendingAnswer.model_validate(await resendings.get(resending_id))


@router.post("/resendings/{resending_id}/cancel", responses=answers(404))
async def cancel(resending_id: PathId, _: Resending, resendings: TheResendings, clock: TheClock) -> ResendingAnswer:
    """Nobody more; what is sent is sent."""
    await ask.cancel_resending(resending_id, resendings, clock)
    return ResendingAnswer.model_validate(await resendings.get(resending_id))


@router.post("/people/{person_id}/resend")
async def resend_one(
    person_id: PathId, body: Newcomer, _: ResendingOne, people: ThePeople, recipients: TheRecipients
) -> PersonId:
    """One person's details to one service; refused where the person does not wish that."""
    await ask.resend_person(person_id, body.service, people, recipients)
    return PersonId(person_id=person_id)
