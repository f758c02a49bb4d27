"""The record of one introduction, and taking it on from there."""

from starlette.responses import Response

from alliance.access import Access
from alliance.kernel import Refusal
from alliance.web import PathId
from alliance.web.pages import Show, page_router
from alliance.web.pages.templating import when
from intake.api.giving import TheClock, TheIntroductions, TheMatches, ThePeople, TheProgresses, ThePromise, sees
from intake.application import working as ask
from intake.application.queries import why_here
from intake.domain.introduction import Introduction
from intake.domain.refusals import ClaimedBySomebodyElse
from intake.pages.details import called, facts_of, reaching
from intake.pages.forms import ClaimForm, StillRightForm
from intake.pages.giving import Claiming, Reading
from intake.pages.lists import attention
from intake.pages.matches import possible_duplicates_of
from intake.pages.story import handed_over, introduced_by, moments, told, what_next, workers_of

router = page_router("/introductions/{introduction_id}")


@router.get("")
async def record(
    introduction_id: PathId,
    access: Reading,
    introductions: TheIntroductions,
    people: ThePeople,
    progresses: TheProgresses,
    matches: TheMatches,
    clock: TheClock,
    show: Show,
) -> Response:
    stored = await introductions.read(introduction_id)
    introduction, now = stored.aggregate, clock.now()
    person = await people.find(introduction.person_id)
    details = person.details if person and sees(access, "person.see-details", person) else None
    story = sees(access, "introduction.see-story", person)
    names = await show.names(workers_of(introduction))
    return await show(
        "intake/introduction.html",
        title=called(details),
        back="/introductions",
        introduction=introduction,
        attention=attention(introduction, now),
        why=why_here(introduction, now) if introduction.at_the_door else [],
        what_next=what_next(introduction),
        worker=names.get(introduction.claimed_by or ""),
        mine=introduction.claimed_by == access.caller.subject,
        names=names,
        matches=await possible_duplicates_of(introduction.person_id, access, people, matches, show),
        details=details,
        person=person,
        still_right=StillRightForm.fresh(),
        reaching=reaching(details) if details else [],
        facts=facts_of(details) if details else [],
        told=told(introduction) if story else None,
        introducer=introduced_by(introduction.introducer) if story else [],
        hand_over=handed_over(introduction.hand_over, names),
        others=await _others(introduction, introductions),
        notes=_notes(introduction, access),
        moments=moments(introduction, await progresses.find(introduction.person_id), names, words=story),
        claim=ClaimForm.fresh(version=stored.version),
    )


@router.post("/claim")
async def claim(
    introduction_id: PathId,
    command: Claiming,
    introductions: TheIntroductions,
    promise: ThePromise,
    clock: TheClock,
    show: Show,
) -> Response:
    try:
        await ask.claim_introduction(
            introduction_id, introductions, promise, clock, by=command.caller.subject, expecting=command.expecting
        )
    except Refusal:
        told = await claimed_by(await introductions.get(introduction_id), show)
        if told is None:
            raise
        raise ClaimedBySomebodyElse(told) from None
    return show.done(f"/introductions/{introduction_id}", "You have taken this introduction on.")


async def claimed_by(introduction: Introduction, show: Show) -> str | None:
    """Who was faster, and since when, by name; None where that is not why somebody cannot take it on."""
    worker, since = introduction.claimed_by, introduction.claimed_at
    viewer = show.viewer.subject if show.viewer else None
    if not introduction.at_the_door or worker in (None, viewer) or since is None or introduction.left_alone:
        return None
    name = (await show.names([str(worker)]))[str(worker)]
    return f"{name} took this introduction on, on {when(since)}. Ask them, or let them give it to you."


async def _others(introduction: Introduction, introductions: TheIntroductions) -> list[tuple[str, Introduction]]:
    """Introductions that are the same as this one: what it is a duplicate of, and its own duplicates."""
    of = introduction.ended.duplicate_of if introduction.ended else None
    asked = [("A duplicate of", of)] if of else []
    asked += [("Its duplicate", each) for each in introduction.duplicates]
    found = [(words, await introductions.find(each)) for words, each in asked]
    return [(words, each) for words, each in found if each is not None]


def _notes(introduction: Introduction, access: Access) -> object:
    """The shifts' notes, newest first; None for those who may not read them."""
    return introduction.notes[::-1] if access.sees("introduction.note-for-next-shift") else None
