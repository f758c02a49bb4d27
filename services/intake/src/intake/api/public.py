"""What anybody may do without signing in: introduce themselves, and see where their introduction is."""

from typing import Annotated

from fastapi import APIRouter, Header, Path, Request

from alliance.web import ProblemRaised, answers
from alliance.web.limiting import Throttle
from intake.api.answers import Introduced, Received, SharingChoices
from intake.api.bodies import SelfIntroduction
from intake.api.giving import (
    Anybody,
    ApiLimit,
    TheAgreement,
    TheClock,
    TheIntroductions,
    ThePeople,
    TheProgresses,
    ThePromise,
    TheRecipients,
    TheSupportWaits,
)
from intake.application.introductions import ReceiveIntroduction, receive_introduction
from intake.application.queries import Status, introduction_by_introducers_key, status_of
from intake.domain.codes import SourceCode, WayIn

router = APIRouter(prefix="/api/v1", tags=["public"])

Reference = Annotated[str, Path(pattern=r"^LW-[2-9A-Z]{4}-[2-9A-Z]{2}$")]
StatusKey = Annotated[str, Header(alias="Status-Key", pattern=r"^[A-Za-z0-9_-]{16,64}$")]
IntroducerKey = Annotated[str, Header(alias="Introducer-Key", pattern=r"^[A-Za-z0-9_-]{16,64}$")]


RETRY_AFTER_SECONDS = 60


async def _within(limit: Throttle, request: Request) -> None:
    """429, with when to try again; what was sent is not kept, so the caller sends it again with the same key."""
    if not await limit.allows(request):
        raise ProblemRaised(
            429, title="Too many at once. Send it again in a minute.", headers={"Retry-After": str(RETRY_AFTER_SECONDS)}
        )


@router.get("/sharing-choices")
async def sharing_choices(recipients: TheRecipients) -> SharingChoices:
    """Which organisations hold the details of somebody who says nothing about it."""
    return SharingChoices(organisations=sorted(set(recipients.values())))


@router.post("/self-introductions", status_code=201, responses=answers(429))
async def introduce_oneself(
    body: SelfIntroduction,
    command: Anybody,
    request: Request,
    limit: ApiLimit,
    introductions: TheIntroductions,
    people: ThePeople,
    recipients: TheRecipients,
    agreement: TheAgreement,
    promise: ThePromise,
    clock: TheClock,
) -> Received:
    """Somebody introduces themselves, or somebody they care for. Somebody in danger meets no limit."""
    if body.concern() is None:
        await _within(limit, request)
    asked = ReceiveIntroduction(
        introduction_id=command.id,
        person=body.person.details(),
        way_in=WayIn.WEB,
        source_code=SourceCode.CARER if body.for_somebody_else else SourceCode.SELF,
        help_areas=tuple(body.help_areas),
        story=body.story.story(),
        danger=body.concern(),
        may_hold_details=body.may_hold_details,
    )
    received = await receive_introduction(asked, introductions, people, recipients, promise, clock, agreement=agreement)
    return Received.of(received)


@router.get("/status/{reference}", responses=answers(404))
async def status(
    reference: Reference,
    status_key: StatusKey,
    introductions: TheIntroductions,
    progresses: TheProgresses,
    support_waits: TheSupportWaits,
    clock: TheClock,
) -> Status:
    """Where an introduction is, for whoever holds its reference and key."""
    return await status_of(reference, status_key, introductions, progresses, support_waits, clock.now())


@router.get("/introduced/{reference}", responses=answers(404))
async def introduced(
    reference: Reference, introducer_key: IntroducerKey, introductions: TheIntroductions
) -> Introduced:
    """How far an introduction has come, for the professional, or their system, who made it."""
    return Introduced.of(await introduction_by_introducers_key(reference, introducer_key, introductions))
