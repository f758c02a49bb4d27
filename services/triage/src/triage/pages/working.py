"""Pages on which a worker does something with a case: talk, decide how pressing it is, close."""

from dataclasses import asdict
from datetime import time
from typing import Annotated

from starlette.responses import Response

from alliance.kernel import LONDON
from alliance.web.pages import Show, attempt, page_router, sent
from triage.application import cases as ask
from triage.application.plans import save_talk
from triage.domain.codes import CaseOutcome, Goal, Priority
from triage.domain.records import Conversation
from triage.domain.unfinished import Notes
from triage.pages.asking import (
    Closing,
    Holding,
    MayClose,
    MayHold,
    MayPrioritise,
    Prioritising,
)
from triage.pages.desk import Desk, OnDesk, Step
from triage.pages.forms import CloseForm, ConversationForm, PriorityForm
from triage.pages.shelf import TheShelf

router = page_router(prefix="/cases/{case_id}")

TALK = Step(title="Record a conversation", submit="Record the conversation")
PRIORITISE = Step(title="Change the priority", submit="Change the priority", answers_concerns=True)
CLOSE = Step(
    title="Close this case",
    submit="Close the case",
    warning="A closed case leaves the queue. Support that is still offered is declined, and support that is running "
    "ends. Within five days the case can be opened again; later, a new one is opened.",
    ends_all=True,
)


@router.get("/hold-conversation", dependencies=[MayHold])
async def ask_about_conversation(desk: OnDesk, show: Show, shelf: TheShelf) -> Response:
    """Empty, or with what the worker had saved to go on later."""
    today = desk.clock.now().astimezone(LONDON).date()
    case = await desk.cases.get(desk.case_id)
    kept = await shelf.notes(case, show.access.caller.subject) if show.access else None
    known = asdict(kept) if kept else {}
    goals = tuple(goal.value for goal in kept.goals) if kept else ()
    on = kept.on if kept and kept.on else today
    form = await desk.empty(ConversationForm, **{**known, "on": on, "at_time": _time(kept), "goals": goals})
    return await desk.page(TALK, form, template="triage/later.html")


@router.post("/hold-conversation")
async def hold_conversation(
    command: Holding, form: Annotated[ConversationForm, sent(ConversationForm)], desk: OnDesk, shelf: TheShelf
) -> Response:
    if form.validate():
        if form.later.data:
            with attempt(form, command):
                await save_talk(
                    desk.case_id, form.kept(), shelf.cases, shelf.unfinished, desk.clock, by=command.caller.subject
                )
                return desk.done("What you have written is saved. Go on whenever you like: only you see it.")
            return await desk.page(TALK, form, template="triage/later.html")
        conversation = Conversation(
            id=command.id,
            held_at=form.happened_at(desk.clock.now()),
            strengths=form.strengths.data,
            goals=tuple(Goal(goal) for goal in form.goals.data),
            needs=form.needs.data,
            notes=form.notes.data or "",
        )
        with attempt(form, command):
            await ask.hold_conversation(desk.case_id, conversation, desk.cases, desk.clock, expecting=command.expecting)
            return desk.done("The conversation is recorded.")
    return await desk.page(TALK, form, template="triage/later.html")


@router.get("/change-priority", dependencies=[MayPrioritise])
async def ask_about_priority(desk: OnDesk) -> Response:
    return await desk.page(PRIORITISE, await desk.empty(PriorityForm))


@router.post("/change-priority")
async def change_priority(
    command: Prioritising, form: Annotated[PriorityForm, sent(PriorityForm)], desk: OnDesk
) -> Response:
    if form.validate():
        with attempt(form, command):
            await ask.change_priority(
                desk.case_id,
                Priority(form.priority.data),
                desk.cases,
                desk.clock,
                reason_code=form.reason.data,
                by=command.caller.subject,
                expecting=command.expecting,
            )
            return desk.done("The priority is decided.")
    return await desk.page(PRIORITISE, form)


@router.get("/close", dependencies=[MayClose])
async def ask_about_closing(desk: OnDesk) -> Response:
    return await desk.page(CLOSE, await desk.empty(CloseForm))


@router.post("/close")
async def close(command: Closing, form: Annotated[CloseForm, sent(CloseForm)], desk: OnDesk) -> Response:
    if form.validate():
        outcome = CaseOutcome(form.outcome.data)
        with attempt(form, command):
            await ask.close_case(
                desk.case_id,
                outcome,
                desk.cases,
                desk.clock,
                by=command.caller.subject,
                reason_code=form.reason.data,
                expecting=command.expecting,
            )
            return desk.done(await _closed(desk, outcome))
    return await desk.page(CLOSE, form)


async def _closed(desk: Desk, outcome: CaseOutcome) -> str:
    """A home is not lost because a case met its goals: what becomes of the search is said plainly."""
    if not await desk.looks_for_home(await desk.cases.get(desk.case_id)):
        return "The case is closed."
    if outcome.ends_search:
        return "The case is closed, and housing stops looking for a home."
    return "The case is closed. Housing goes on looking for a home for the person."


def _time(kept: Notes | None) -> time | None:
    return time.fromisoformat(kept.at_time) if kept and kept.at_time else None
