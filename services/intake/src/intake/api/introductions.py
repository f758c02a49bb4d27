"""Introductions, as staff of the front door work with them."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from alliance.web import PathId, answers, tag
from intake.api.answers import InQueue, IntroductionId, IntroductionRecord, Queue, Received
from intake.api.bodies import (
    Acceptance,
    Confirmed,
    DetailsBody,
    HandedOver,
    Reopened,
    Safety,
    SourceCorrection,
    StaffIntroduction,
)
from intake.api.bodies import Closing as ClosingBody
from intake.api.giving import (
    Accepting,
    Alarming,
    Closing,
    Correcting,
    HandingOver,
    Listing,
    Making,
    Reading,
    Reopening,
    TheAgreement,
    TheClock,
    TheIntroductions,
    TheKnown,
    ThePeople,
    ThePromise,
    TheRecipients,
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
    """The work queue: safety concerns first, then what needs somebody, then the longest wait."""
    page = await work_queue(introductions, after=after, limit=limit)
    return Queue(items=[InQueue.model_validate(each) for each in page.items], next=page.next)


@router.post("", status_code=201, responses=answers(404))
async def introduce(
    body: StaffIntroduction,
    command: Making,
    introductions: TheIntroductions,
    people: ThePeople,
    recipients: TheRecipients,
    agreement: TheAgreement,
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
        introducer=body.introducer.introducer() if body.introducer else None,
    )
    received = await ask.receive_introduction(
        asked, introductions, people, recipients, promise, clock, agreement=agreement
    )
    return Received.of(received)


@router.get("/{introduction_id}")
async def record(
    introduction_id: PathId, access: Reading, introductions: TheIntroductions, people: ThePeople, response: Response
) -> IntroductionRecord:
    """The record of one introduction; the person's own words only for those who may read them."""
    stored = await introductions.read(introduction_id)
    tag(response, stored.version)
    person = await people.find(stored.aggregate.person_id)
    return IntroductionRecord.of(
        stored,
        story=sees(access, "introduction.see-story", person),
        notes=access.sees("introduction.note-for-next-shift"),
    )


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
    body: ClosingBody,
    command: Closing,
    introductions: TheIntroductions,
    people: ThePeople,
    promise: ThePromise,
    clock: TheClock,
) -> IntroductionId:
    """End at the front door, by one of the published endings, with what that ending must say."""
    await ask.close_introduction(
        introduction_id, body.ended(), introductions, people, promise, clock, expecting=command.expecting
    )
    return IntroductionId(introduction_id=introduction_id)


@router.post("/{introduction_id}/hand-over")
async def hand_over(
    introduction_id: PathId,
    body: HandedOver,
    command: HandingOver,
    introductions: TheIntroductions,
    promise: ThePromise,
    clock: TheClock,
) -> IntroductionId:
    """Another area's service is asked to take the person. The introduction stays here until that confirms."""
    await ask.hand_over_introduction(
        introduction_id,
        body.area,
        body.service,
        introductions,
        promise,
        clock,
        by=command.caller.subject,
        expecting=command.expecting,
    )
    return IntroductionId(introduction_id=introduction_id)


@router.post("/{introduction_id}/confirm-hand-over")
async def confirm_hand_over(
    introduction_id: PathId, body: Confirmed, command: HandingOver, introductions: TheIntroductions, clock: TheClock
) -> IntroductionId:
    """The other service has the person: the introduction ends as out of area."""
    await ask.confirm_hand_over(introduction_id, body.confirmed_by, introductions, clock, expecting=command.expecting)
    return IntroductionId(introduction_id=introduction_id)


@router.post("/{introduction_id}/reopen")
async def reopen(
    introduction_id: PathId,
    body: Reopened,
    command: Reopening,
    introductions: TheIntroductions,
    known: TheKnown,
    promise: ThePromise,
    clock: TheClock,
) -> IntroductionId:
    """What was closed or withdrawn is at the door again."""
    await ask.reopen_introduction(
        introduction_id,
        body.reason_code,
        introductions,
        known,
        promise,
        clock,
        by=command.caller.subject,
        expecting=command.expecting,
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
