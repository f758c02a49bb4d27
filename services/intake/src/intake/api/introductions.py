"""Introductions, as staff of the front door work with them."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from alliance.web import PathId, answers, tag
from intake.api.answers import InQueue, IntroductionId, IntroductionRecord, Queue, Received
from intake.api.bodies import Acceptance, Attempt, DetailsBody, Ended, Safety, SourceCorrection, StaffIntroduction
from intake.api.giving import (
    Accepting,
    Alarming,
    Claiming,
    Closing,
    Correcting,
    Listing,
    Making,
    Reading,
    TheClock,
    TheIntroductions,
    ThePeople,
    ThePromise,
    TheRecipients,
    Trying,
    Withdrawing,
    sees,
)
from intake.application import introductions as ask
from intake.application.queries import work_queue

router = APIRouter(prefix="/api/v1/introductions", tags=["introductions"])

After = Annotated[str | None, Query(pattern=r"^open:[0-9A-Za-z:.-]{1,150}$")]
Limit = Annotated[int, Query(ge=1, le=200)]


@router.get("")
async def queue(_: Listing, introductions: TheIntroductions, after: After = None, limit: Limit = 50) -> Queue:
    """The work queue: safety concerns first, then unassigned, then oldest."""
    page = await work_queue(introductions, after=after, limit=limit)
    return Queue(items=[InQueue.model_validate(each) for each in page.items], next=page.next)


@router.post("", status_code=201, responses=answers(404))
async def introduce(
    body: StaffIntroduction,
    command: Making,
    introductions: TheIntroductions,
    people: ThePeople,
    recipients: TheRecipients,
    promise: ThePromise,
    clock: TheClock,
) -> Received:
    """Somebody is introduced, by whatever way in."""
    asked = ask.ReceiveIntroduction(
        introduction_id=command.id,
        person=body.person_id or (body.person or DetailsBody()).details(),
        way_in=body.way_in,
        source_code=body.source_code,
        help_areas=tuple(body.help_areas),
        story=body.story.story(),
        danger=body.concern(),
        may_hold_details=body.may_hold_details,
    )
    received = await ask.receive_introduction(asked, introductions, people, recipients, promise, clock)
    return Received.of(received)


@router.get("/{introduction_id}")
async def record(
    introduction_id: PathId, access: Reading, introductions: TheIntroductions, people: ThePeople, response: Response
) -> IntroductionRecord:
    """The record of one introduction; the person's own words only for those who may read them."""
    stored = await introductions.read(introduction_id)
    tag(response, stored.version)
    person = await people.find(stored.aggregate.person_id)
    return IntroductionRecord.of(stored, story=sees(access, "introduction.see-story", person))


@router.post("/{introduction_id}/claim")
async def claim(
    introduction_id: PathId, command: Claiming, introductions: TheIntroductions, clock: TheClock
) -> IntroductionId:
    """The caller takes the introduction on."""
    await ask.claim_introduction(
        introduction_id, introductions, clock, by=command.caller.subject, expecting=command.expecting
    )
    return IntroductionId(introduction_id=introduction_id)


@router.post("/{introduction_id}/contact-attempts")
async def note_contact_attempt(
    introduction_id: PathId, body: Attempt, command: Trying, introductions: TheIntroductions, clock: TheClock
) -> IntroductionId:
    """Somebody tried to reach the person."""
    await ask.note_contact_attempt(introduction_id, body.outcome, introductions, clock, by=command.caller.subject)
    return IntroductionId(introduction_id=introduction_id)


@router.post("/{introduction_id}/accept")
async def accept(
    introduction_id: PathId, body: Acceptance, command: Accepting, introductions: TheIntroductions, clock: TheClock
) -> IntroductionId:
    """The alliance takes the person on: a conversation follows."""
    await ask.accept_introduction(
        introduction_id, body.suggested_priority, introductions, clock, expecting=command.expecting
    )
    return IntroductionId(introduction_id=introduction_id)


@router.post("/{introduction_id}/close")
async def close(
    introduction_id: PathId,
    body: Ended,
    command: Closing,
    introductions: TheIntroductions,
    promise: ThePromise,
    clock: TheClock,
) -> IntroductionId:
    """End at the front door, by one of the published endings."""
    await ask.close_introduction(
        introduction_id, body.ending, introductions, promise, clock, expecting=command.expecting
    )
    return IntroductionId(introduction_id=introduction_id)


@router.post("/{introduction_id}/withdraw")
async def withdraw(
    introduction_id: PathId, command: Withdrawing, introductions: TheIntroductions, clock: TheClock
) -> IntroductionId:
    """The person does not want to go on; possible also after acceptance."""
    await ask.withdraw_introduction(introduction_id, introductions, clock, expecting=command.expecting)
    return IntroductionId(introduction_id=introduction_id)


@router.post("/{introduction_id}/raise-safety-concern")
async def raise_safety_concern(
    introduction_id: PathId,
    body: Safety,
    command: Alarming,
    introductions: TheIntroductions,
    promise: ThePromise,
    clock: TheClock,
) -> IntroductionId:
    """Somebody may be in danger now."""
    await ask.raise_safety_concern(introduction_id, body.kind, introductions, promise, clock)
    return IntroductionId(introduction_id=introduction_id)


@router.post("/{introduction_id}/correct-source")
async def correct_source(
    introduction_id: PathId, body: SourceCorrection, command: Correcting, introductions: TheIntroductions
) -> IntroductionId:
    """Who introduced the person had been recorded wrongly."""
    await ask.correct_source(
        introduction_id, body.source_code, body.reason_code, introductions, expecting=command.expecting
    )
    return IntroductionId(introduction_id=introduction_id)
