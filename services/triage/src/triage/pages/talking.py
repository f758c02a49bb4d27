"""Pages of the conversation record: strengths, people and places that matter, and needs, each saved on its own."""

from typing import Annotated, Any

from starlette.responses import Response

from alliance.web import PathId
from alliance.web.pages import Show, attempt, page_router, sent
from triage.application import plans as ask
from triage.application.talk_queries import TalkRecord
from triage.domain.case_file import State
from triage.pages.asking import MayPlan, Planning, SeeingPlan
from triage.pages.desk import OnDesk, Step
from triage.pages.needs_picture import needs_chart
from triage.pages.shelf import TheShelf
from triage.pages.talk_forms import ConnectionForm, NeedsForm, RemoveForm, StrengthsForm, strengths_known
from triage.pages.telling import reference

router = page_router(prefix="/cases/{case_id}")

RECORD = "/conversation"
STRENGTHS = Step(title="Strengths and interests", submit="Save")
CONNECT = Step(title="A person, place or group that matters", submit="Add")
NEEDS = Step(
    title="Needs, area by area",
    submit="Save",
    lead="How does the person get on in each area of life? Leave out what was not talked about.",
)
REMOVE = Step(
    title="Remove this from the people and places that matter",
    submit="Remove it",
    warning="What was written about it goes with it.",
)


@router.get("/conversation")
async def record(case_id: PathId, access: SeeingPlan, shelf: TheShelf, show: Show) -> Response:
    """What has been talked about, and what has not yet: every part is a page of its own."""
    case = await shelf.cases.get(case_id)
    found = await shelf.talk(case)
    may_write = case.state is State.OPEN and access.sees("case.write-plan")
    return await show(
        "triage/conversation.html",
        title="The conversation",
        back=f"/cases/{case_id}",
        case=case,
        case_reference=reference(case_id),
        talk=found,
        parts=_parts(case_id, found) if may_write else [],
        needs_chart=needs_chart(found.plan.needs),
        may_write=may_write,
        unfinished=await shelf.notes(case, access.caller.subject) is not None,
        may_hold=case.state is State.OPEN and access.sees("case.hold-conversation"),
    )


@router.get("/conversation/strengths", dependencies=[MayPlan])
async def ask_about_strengths(desk: OnDesk, shelf: TheShelf) -> Response:
    found = await shelf.talk(await desk.cases.get(desk.case_id))
    return await desk.page(STRENGTHS, strengths_known(found.plan, found.version), back=RECORD)


@router.post("/conversation/strengths")
async def tell_strengths(
    command: Planning, form: Annotated[StrengthsForm, sent(StrengthsForm)], desk: OnDesk, shelf: TheShelf
) -> Response:
    if form.validate():
        with attempt(form, command):
            await ask.tell_strengths(desk.case_id, form.told(), shelf.cases, shelf.plans, expecting=command.expecting)
            return desk.done("Strengths and interests are saved.", to=_record(desk))
    return await desk.page(STRENGTHS, form, back=RECORD)


@router.get("/conversation/connections", dependencies=[MayPlan])
async def ask_about_connection(desk: OnDesk) -> Response:
    return await desk.page(CONNECT, ConnectionForm.fresh(), back=RECORD)


@router.post("/conversation/connections")
async def connect(
    command: Planning, form: Annotated[ConnectionForm, sent(ConnectionForm)], desk: OnDesk, shelf: TheShelf
) -> Response:
    if form.validate():
        with attempt(form, command):
            await ask.add_connection(desk.case_id, form.connection(command.id), shelf.cases, shelf.plans)
            return desk.done("It is added.", to=_record(desk))
    return await desk.page(CONNECT, form, back=RECORD)


@router.get("/conversation/connections/{connection_id}/remove", dependencies=[MayPlan])
async def ask_about_removing(connection_id: PathId, desk: OnDesk) -> Response:
    return await desk.page(REMOVE, RemoveForm.fresh(), back=RECORD)


@router.post("/conversation/connections/{connection_id}/remove")
async def remove(
    connection_id: PathId,
    command: Planning,
    form: Annotated[RemoveForm, sent(RemoveForm)],
    desk: OnDesk,
    shelf: TheShelf,
) -> Response:
    with attempt(form, command):
        await ask.remove_connection(desk.case_id, connection_id, shelf.cases, shelf.plans)
        return desk.done("It is removed.", to=_record(desk))
    return await desk.page(REMOVE, form, back=RECORD)


@router.get("/conversation/needs", dependencies=[MayPlan])
async def ask_about_needs(desk: OnDesk, shelf: TheShelf) -> Response:
    found = await shelf.talk(await desk.cases.get(desk.case_id))
    return await desk.page(NEEDS, NeedsForm.known(found.plan.needs, found.version), back=RECORD)


@router.post("/conversation/needs")
async def tell_needs(
    command: Planning, form: Annotated[NeedsForm, sent(NeedsForm)], desk: OnDesk, shelf: TheShelf
) -> Response:
    if form.validate():
        with attempt(form, command):
            await ask.tell_needs(desk.case_id, form.told(), shelf.cases, shelf.plans, expecting=command.expecting)
            return desk.done("Needs are saved.", to=_record(desk))
    return await desk.page(NEEDS, form, back=RECORD)


def _record(desk: OnDesk) -> str:
    return f"/cases/{desk.case_id}{RECORD}"


def _parts(case_id: str, found: TalkRecord) -> list[dict[str, Any]]:
    """What can be talked about, and whether something of it is written."""
    plan, strengths = found.plan, found.plan.strengths
    known = bool(strengths.strengths or strengths.words or strengths.interests)
    parts = (
        ("Strengths and interests", "conversation/strengths", known),
        ("People and places that matter", "conversation/connections", bool(plan.connections)),
        ("Needs, area by area", "conversation/needs", bool(plan.needs)),
        ("A goal", "goals/new", bool(found.goals)),
        ("A risk", "risks/new", bool(found.risks)),
        ("The plan", "plan/write", plan.agreed is not None and plan.draft is None),
    )
    return [
        {"text": text, "href": f"/cases/{case_id}/{path}", "status": "completed" if done else "incomplete"}
        for text, path, done in parts
    ]
