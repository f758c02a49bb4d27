"""Who works on an introduction: taking on, giving back, notes between shifts, and getting in touch."""

from fastapi import APIRouter, Request

from alliance.web import PathId
from intake.api.answers import ClaimedAnswer, ClaimedSeveral, IntroductionId
from intake.api.bodies import Attempt, GivenBack, GivenTo, NoteBody, Several
from intake.api.giving import (
    Claiming,
    ClaimingSeveral,
    Noting,
    Reassigning,
    Releasing,
    TheClock,
    TheIntroductions,
    ThePeople,
    ThePromise,
    Trying,
    claim_those_allowed,
)
from intake.application import working as ask

router = APIRouter(prefix="/api/v1/introductions", tags=["introductions"])


@router.post("/claim")
async def claim_several(
    body: Several,
    command: ClaimingSeveral,
    request: Request,
    introductions: TheIntroductions,
    promise: ThePromise,
    clock: TheClock,
) -> ClaimedSeveral:
    """The caller takes several on; each by itself, so that what cannot be had does not keep the others back."""
    results = await claim_those_allowed(
        body.introduction_ids, request.app.state.control, command, introductions, promise, clock
    )
    return ClaimedSeveral(results=[ClaimedAnswer.of(each) for each in results])


@router.post("/{introduction_id}/claim")
async def claim(
    introduction_id: PathId, command: Claiming, introductions: TheIntroductions, promise: ThePromise, clock: TheClock
) -> IntroductionId:
    """The caller takes the introduction on."""
    await ask.claim_introduction(
        introduction_id, introductions, promise, clock, by=command.caller.subject, expecting=command.expecting
    )
    return IntroductionId(introduction_id=introduction_id)


@router.post("/{introduction_id}/release")
async def release(
    introduction_id: PathId,
    body: GivenBack,
    command: Releasing,
    introductions: TheIntroductions,
    promise: ThePromise,
    clock: TheClock,
) -> IntroductionId:
    """Give it back to everybody."""
    await ask.release_introduction(
        introduction_id,
        introductions,
        promise,
        clock,
        by=command.caller.subject,
        note=body.note or "",
        expecting=command.expecting,
    )
    return IntroductionId(introduction_id=introduction_id)


@router.post("/{introduction_id}/reassign")
async def reassign(
    introduction_id: PathId,
    body: GivenTo,
    command: Reassigning,
    introductions: TheIntroductions,
    promise: ThePromise,
    clock: TheClock,
) -> IntroductionId:
    """Give it to a named colleague."""
    await ask.reassign_introduction(
        introduction_id,
        body.subject,
        introductions,
        promise,
        clock,
        by=command.caller.subject,
        note=body.note or "",
        expecting=command.expecting,
    )
    return IntroductionId(introduction_id=introduction_id)


@router.post("/{introduction_id}/notes")
async def note_for_next_shift(
    introduction_id: PathId,
    body: NoteBody,
    command: Noting,
    introductions: TheIntroductions,
    promise: ThePromise,
    clock: TheClock,
) -> IntroductionId:
    """Tell the next shift something; it stays as it was written."""
    await ask.note_for_next_shift(introduction_id, body.text, introductions, promise, clock, by=command.caller.subject)
    return IntroductionId(introduction_id=introduction_id)


@router.post("/{introduction_id}/contact-attempts")
async def note_contact_attempt(
    introduction_id: PathId,
    body: Attempt,
    command: Trying,
    introductions: TheIntroductions,
    people: ThePeople,
    promise: ThePromise,
    clock: TheClock,
) -> IntroductionId:
    """Somebody tried to reach the person, by a way that is safe; or the person got in touch."""
    await ask.note_contact_attempt(
        introduction_id,
        body.channel,
        body.outcome,
        introductions,
        people,
        promise,
        clock,
        by=command.caller.subject,
        message=body.message or "",
    )
    return IntroductionId(introduction_id=introduction_id)
