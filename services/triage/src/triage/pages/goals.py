"""Pages of goals and risks: set, followed and ended; written down, looked at again and closed."""

from typing import Annotated

from starlette.responses import Response

from alliance.web import PathId
from alliance.web.pages import Show, attempt, page_router, sent
from triage.application import goals_and_risks as ask
from triage.application.talk_queries import series_of
from triage.domain.case_file import State
from triage.domain.codes import Goal
from triage.domain.talk_codes import GoalState
from triage.pages.asking import MayPlan, Planning, SeeingPlan
from triage.pages.desk import OnDesk, Step
from triage.pages.measure_picture import series_chart
from triage.pages.shelf import TheShelf
from triage.pages.talk_forms import GoalForm, LookForm, ProgressForm, RiskForm, risk_known
from triage.pages.talk_words import GOAL_COLOURS
from triage.pages.telling import reference

router = page_router(prefix="/cases/{case_id}")

RECORD = "/conversation"
SET = Step(title="Set a goal", submit="Set the goal", lead="The person’s own words, as they say it.")
PROGRESS = Step(
    title="How it goes with this goal",
    submit="Record it",
    lead="A goal that is met or let go has come to its end; everything written about it stays.",
)
RISK = Step(
    title="Write down a risk",
    submit="Write it down",
    lead="Who, what and when, in plain words that the person may read. If somebody is in danger now, call 999 first, "
    "and raise the priority of the case.",
)
LOOK = Step(title="Look at this risk again", submit="Save", lead="What was written before stays to be seen.")


@router.get("/goals/new", dependencies=[MayPlan])
async def ask_about_goal(desk: OnDesk) -> Response:
    return await desk.page(SET, GoalForm.fresh(), back=RECORD)


@router.post("/goals/new")
async def set_goal(
    command: Planning, form: Annotated[GoalForm, sent(GoalForm)], desk: OnDesk, shelf: TheShelf
) -> Response:
    if form.validate():
        with attempt(form, command):
            await ask.set_goal(
                desk.case_id,
                command.id,
                form.words.data,
                Goal(form.tag.data),
                form.how_we_know.data or "",
                shelf.cases,
                shelf.goals,
                desk.clock,
                by=command.caller.subject,
            )
            return desk.done("The goal is set.", to=f"/cases/{desk.case_id}{RECORD}")
    return await desk.page(SET, form, back=RECORD)


@router.get("/goals/{goal_id}")
async def goal(case_id: PathId, goal_id: PathId, access: SeeingPlan, shelf: TheShelf, show: Show) -> Response:
    """One goal: the person's words, how it went, and its scores over time."""
    case = await shelf.cases.get(case_id)
    found = await ask.goal_of(case_id, goal_id, shelf.goals)
    _, series = await series_of(case_id, shelf.measurements)
    own = next((each for each in series if each.latest.goal_id == goal_id), None)
    working = case.state is State.OPEN and found.state is GoalState.WORKING
    return await show(
        "triage/goal.html",
        title="A goal",
        back=f"/cases/{case_id}{RECORD}",
        case_reference=reference(case_id),
        case_id=case_id,
        goal=found,
        names=await show.names([found.set_by, *(told.by for told in found.progress)]),
        colour=GOAL_COLOURS[found.state],
        chart=series_chart(own) if own and access.sees("case.see-measures") else None,
        may_write=working and access.sees("case.write-plan"),
        may_measure=working and access.sees("case.measure"),
    )


@router.get("/goals/{goal_id}/progress", dependencies=[MayPlan])
async def ask_about_progress(goal_id: PathId, desk: OnDesk, shelf: TheShelf) -> Response:
    await ask.goal_of(desk.case_id, goal_id, shelf.goals)
    version = (await shelf.goals.read(goal_id)).version
    return await desk.page(PROGRESS, ProgressForm.fresh(version=version), back=f"/goals/{goal_id}")


@router.post("/goals/{goal_id}/progress")
async def note_progress(
    goal_id: PathId,
    command: Planning,
    form: Annotated[ProgressForm, sent(ProgressForm)],
    desk: OnDesk,
    shelf: TheShelf,
) -> Response:
    if form.validate():
        with attempt(form, command):
            await ask.note_progress(
                desk.case_id,
                goal_id,
                form.words.data,
                form.told_state,
                shelf.cases,
                shelf.goals,
                desk.clock,
                by=command.caller.subject,
                expecting=command.expecting,
            )
            return desk.done("How it goes is recorded.", to=f"/cases/{desk.case_id}/goals/{goal_id}")
    return await desk.page(PROGRESS, form, back=f"/goals/{goal_id}")


@router.get("/risks/new", dependencies=[MayPlan])
async def ask_about_risk(desk: OnDesk) -> Response:
    return await desk.page(RISK, RiskForm.fresh(), back=RECORD)


@router.post("/risks/new")
async def record_risk(
    command: Planning, form: Annotated[RiskForm, sent(RiskForm)], desk: OnDesk, shelf: TheShelf
) -> Response:
    if form.validate():
        with attempt(form, command):
            await ask.record_risk(
                desk.case_id,
                command.id,
                form.particulars(),
                shelf.cases,
                shelf.risks,
                desk.clock,
                by=command.caller.subject,
            )
            return desk.done("The risk is written down.", to=f"/cases/{desk.case_id}{RECORD}")
    return await desk.page(RISK, form, back=RECORD)


@router.get("/risks/{risk_id}/review", dependencies=[MayPlan])
async def ask_about_review(risk_id: PathId, desk: OnDesk, shelf: TheShelf) -> Response:
    risk = await ask.risk_of(desk.case_id, risk_id, shelf.risks)
    version = (await shelf.risks.read(risk_id)).version
    return await desk.page(LOOK, risk_known(risk.now, version), back=RECORD)


@router.post("/risks/{risk_id}/review")
async def review_risk(
    risk_id: PathId,
    command: Planning,
    form: Annotated[LookForm, sent(LookForm)],
    desk: OnDesk,
    shelf: TheShelf,
) -> Response:
    if form.validate():
        with attempt(form, command):
            await ask.review_risk(
                desk.case_id,
                risk_id,
                form.particulars(),
                form.words.data,
                shelf.risks,
                desk.clock,
                by=command.caller.subject,
                close=form.still.data == "no",
                expecting=command.expecting,
            )
            return desk.done("The risk has been looked at.", to=f"/cases/{desk.case_id}{RECORD}")
    return await desk.page(LOOK, form, back=RECORD)
