"""Who works on an introduction: giving it back or to a colleague, notes between shifts, and getting in touch."""

from typing import Annotated

from starlette.responses import Response

from alliance.web import PathId
from alliance.web.pages import Form, Show, attempt, page_router, sent
from intake.api.giving import TheClock, TheIntroductions, ThePeople, ThePromise
from intake.application import working as ask
from intake.domain.codes import ContactChannel, ContactOutcome
from intake.domain.contacting import Ways
from intake.pages.forms import AttemptForm, NoteForm, ReassignForm, ReleaseForm
from intake.pages.giving import MayNote, MayReassign, MayRelease, MayTry, Noting, Reassigning, Releasing, Trying

router = page_router("/introductions/{introduction_id}")

KINDS = {"phone": "phone", "email": "email", "address": "letter"}


@router.get("/contact-attempts")
async def ask_about_attempt(
    introduction_id: PathId, _: MayTry, introductions: TheIntroductions, people: ThePeople, show: Show
) -> Response:
    stored = await introductions.read(introduction_id)
    ways = await ask.ways_to_reach(introduction_id, introductions, people)
    return await _attempt(introduction_id, AttemptForm.fresh(version=stored.version), ways, show)


@router.post("/contact-attempts")
async def note_contact_attempt(
    introduction_id: PathId,
    command: Trying,
    form: Annotated[AttemptForm, sent(AttemptForm)],
    introductions: TheIntroductions,
    people: ThePeople,
    promise: ThePromise,
    clock: TheClock,
    show: Show,
) -> Response:
    if form.validate():
        with attempt(form, command):
            await ask.note_contact_attempt(
                introduction_id,
                ContactChannel(form.channel.data),
                ContactOutcome(form.outcome.data),
                introductions,
                people,
                promise,
                clock,
                by=command.caller.subject,
                message=form.message.data or "",
            )
            return show.done(_page(introduction_id), "The attempt is noted.")
    return await _attempt(introduction_id, form, await ask.ways_to_reach(introduction_id, introductions, people), show)


async def _attempt(introduction_id: str, form: Form, ways: Ways, show: Show) -> Response:
    return await show.form(
        form,
        title="Note an attempt to reach the person",
        submit="Note the attempt",
        back=_page(introduction_id),
        lead=safe_ways(ways),
    )


def safe_ways(ways: Ways) -> str:
    """By which ways somebody may be tried, in a sentence."""
    safe = [words for kind, words in KINDS.items() if kind in ways.safe]
    unsafe = [words for kind, words in KINDS.items() if kind in ways.unsafe]
    told = f"Safe to use: {', '.join(safe)}." if safe else "No way to reach them is known to be safe."
    if "phone" in ways.safe:
        told += " A voicemail is fine." if ways.voicemail_ok else " Leave no voicemail."
    if unsafe:
        told += f" Do not use: {', '.join(unsafe)}."
    return f"{told} A message on their status page is always safe."


@router.get("/notes")
async def ask_for_note(introduction_id: PathId, _: MayNote, introductions: TheIntroductions, show: Show) -> Response:
    await introductions.get(introduction_id)
    return await _note(introduction_id, NoteForm.fresh(), show)


@router.post("/notes")
async def note_for_next_shift(
    introduction_id: PathId,
    command: Noting,
    form: Annotated[NoteForm, sent(NoteForm)],
    introductions: TheIntroductions,
    promise: ThePromise,
    clock: TheClock,
    show: Show,
) -> Response:
    if form.validate():
        with attempt(form, command):
            await ask.note_for_next_shift(
                introduction_id, form.text.data, introductions, promise, clock, by=command.caller.subject
            )
            return show.done(_page(introduction_id), "The note is written down.")
    return await _note(introduction_id, form, show)


async def _note(introduction_id: str, form: Form, show: Show) -> Response:
    return await show.form(
        form,
        title="Note for the next shift",
        submit="Write it down",
        back=_page(introduction_id),
        lead="Only staff at the front door read it. It stays as you write it, with your name and the time.",
    )


@router.get("/release")
async def ask_about_releasing(
    introduction_id: PathId, _: MayRelease, introductions: TheIntroductions, show: Show
) -> Response:
    stored = await introductions.read(introduction_id)
    return await _releasing(introduction_id, ReleaseForm.fresh(version=stored.version), show)


@router.post("/release")
async def release(
    introduction_id: PathId,
    command: Releasing,
    form: Annotated[ReleaseForm, sent(ReleaseForm)],
    introductions: TheIntroductions,
    promise: ThePromise,
    clock: TheClock,
    show: Show,
) -> Response:
    if form.validate():
        with attempt(form, command):
            await ask.release_introduction(
                introduction_id,
                introductions,
                promise,
                clock,
                by=command.caller.subject,
                note=form.note.data or "",
                expecting=command.expecting,
            )
            return show.done(_page(introduction_id), "It is given back, and in the queue for somebody to take on.")
    return await _releasing(introduction_id, form, show)


async def _releasing(introduction_id: str, form: Form, show: Show) -> Response:
    return await show.form(
        form,
        title="Give this introduction back",
        submit="Give it back",
        back=_page(introduction_id),
        lead="It goes back into the queue, where whoever is free takes it on.",
    )


@router.get("/reassign")
async def ask_whom_to_give_it(
    introduction_id: PathId, _: MayReassign, introductions: TheIntroductions, show: Show
) -> Response:
    stored = await introductions.read(introduction_id)
    return await _reassigning(introduction_id, ReassignForm.fresh(version=stored.version), show)


@router.post("/reassign")
async def reassign(
    introduction_id: PathId,
    command: Reassigning,
    form: Annotated[ReassignForm, sent(ReassignForm)],
    introductions: TheIntroductions,
    promise: ThePromise,
    clock: TheClock,
    show: Show,
) -> Response:
    if form.validate():
        with attempt(form, command):
            await ask.reassign_introduction(
                introduction_id,
                form.subject.data,
                introductions,
                promise,
                clock,
                by=command.caller.subject,
                note=form.note.data or "",
                expecting=command.expecting,
            )
            return show.done(_page(introduction_id), "Your colleague has it in hand now.")
    return await _reassigning(introduction_id, form, show)


async def _reassigning(introduction_id: str, form: Form, show: Show) -> Response:
    return await show.form(
        form,
        title="Give this introduction to a colleague",
        submit="Give it to them",
        back=_page(introduction_id),
        lead="They become the one who works with this person here, and find it under “Taken on by me”.",
    )


def _page(introduction_id: str) -> str:
    return f"/introductions/{introduction_id}"
