"""Pages of cases: what needs me now, the queue, a case, and what is done with it."""

from datetime import datetime, time
from typing import Annotated

from starlette.responses import Response

from alliance.access import Access
from alliance.web import PathId
from alliance.web.pages import Command, Show, attempt, may, page_doing, page_router, sent
from alliance.web.pages.templating import LONDON
from triage.api.giving import TheCases, TheClock, TheDetails, TheHomeSearches
from triage.application import cases as ask
from triage.application.queries import case_record, why_here, work_queue
from triage.domain.records import Conversation
from triage.pages.forms import CloseForm, ConversationForm, TakeOnForm

router = page_router()

Home = Annotated[Access, may("home.see")]
Listing = Annotated[Access, may("case.list")]
Reading = Annotated[Access, may("case.read")]
MayHold = Annotated[Access, may("case.hold-conversation")]
MayClose = Annotated[Access, may("case.close")]
Holding = Annotated[Command, page_doing("case.hold-conversation")]
Closing = Annotated[Command, page_doing("case.close")]
TakingOn = Annotated[Command, page_doing("case.take-on")]


@router.get("/")
async def home(access: Home, cases: TheCases, show: Show) -> Response:
    page = await work_queue(cases, after=None, limit=50)
    mine = [case for case in page.items if access.caller.subject in case.workers]
    return await show("triage/home.html", title="What needs me now", mine=mine, waiting=page.items[:10])


@router.get("/cases")
async def queue(access: Listing, cases: TheCases, show: Show, after: str | None = None) -> Response:
    page = await work_queue(cases, after=after, limit=50)
    return await show("triage/queue.html", title="Queue", page=page)


@router.get("/cases/{case_id}")
async def record(
    case_id: PathId, access: Reading, cases: TheCases, details: TheDetails, searches: TheHomeSearches, show: Show
) -> Response:
    found = await case_record(case_id, cases, details, searches)
    case = found.stored.aggregate
    return await show(
        "triage/case.html",
        title="Case",
        back="/cases",
        case=case,
        details=found.details if access.sees("case.see-details") else None,
        why=why_here(case),
        names=await show.names(case.workers),
        take_on=TakeOnForm.fresh(version=found.stored.version),
    )


@router.post("/cases/{case_id}/take-on")
async def take_on(case_id: PathId, command: TakingOn, cases: TheCases, show: Show) -> Response:
    await ask.take_on(case_id, cases, by=command.caller.subject, expecting=command.expecting)
    return show.done(f"/cases/{case_id}", "You are now a named worker on this case.")


@router.get("/cases/{case_id}/hold-conversation")
async def ask_about_conversation(case_id: PathId, _: MayHold, cases: TheCases, show: Show) -> Response:
    stored = await cases.read(case_id)
    return await _conversation(case_id, ConversationForm.fresh(version=stored.version), show)


@router.post("/cases/{case_id}/hold-conversation")
async def hold_conversation(
    case_id: PathId,
    command: Holding,
    form: Annotated[ConversationForm, sent(ConversationForm)],
    cases: TheCases,
    clock: TheClock,
    show: Show,
) -> Response:
    if form.validate():
        with attempt(form, command):
            noon = datetime.combine(form.held_on.data, time(12), tzinfo=LONDON)
            conversation = Conversation(
                held_at=min(noon, clock.now()),
                strengths=form.strengths.data,
                goals=form.goals.data,
                needs=form.needs.data,
                notes=form.notes.data or "",
            )
            await ask.hold_conversation(case_id, conversation, cases, clock, expecting=command.expecting)
            return show.done(f"/cases/{case_id}", "The conversation is recorded.")
    return await _conversation(case_id, form, show)


async def _conversation(case_id: str, form: ConversationForm, show: Show) -> Response:
    return await show.form(
        form, title="Record a conversation", submit="Record the conversation", back=f"/cases/{case_id}"
    )


@router.get("/cases/{case_id}/close")
async def ask_about_closing(case_id: PathId, _: MayClose, cases: TheCases, show: Show) -> Response:
    stored = await cases.read(case_id)
    return await _closing(case_id, CloseForm.fresh(version=stored.version), show)


@router.post("/cases/{case_id}/close")
async def close(
    case_id: PathId,
    command: Closing,
    form: Annotated[CloseForm, sent(CloseForm)],
    cases: TheCases,
    clock: TheClock,
    show: Show,
) -> Response:
    if form.validate():
        with attempt(form, command):
            await ask.close_case(case_id, form.outcome.data, cases, clock, expecting=command.expecting)
            return show.done("/cases", "The case is closed.")
    return await _closing(case_id, form, show)


async def _closing(case_id: str, form: CloseForm, show: Show) -> Response:
    return await show.form(
        form,
        title="Close this case",
        submit="Close the case",
        back=f"/cases/{case_id}",
        warning="A closed case leaves the queue. Support that is still offered or running is ended.",
    )
