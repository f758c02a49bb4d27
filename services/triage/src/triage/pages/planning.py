"""Pages of the plan: written, gone through with the person, and read by them on screen and on paper."""

from typing import Annotated, Any

from fastapi import Path
from starlette.responses import Response

from alliance.kernel import LONDON, Unknown
from alliance.web import PathId
from alliance.web.pages import Show, attempt, page_router, sent
from triage.application import plans as ask
from triage.domain.case import Case
from triage.domain.case_file import State
from triage.domain.plan import Plan, Version
from triage.domain.talk_codes import CopyGiven, DoneBy
from triage.pages.asking import MayPlan, Planning, SeeingPlan
from triage.pages.desk import Desk, OnDesk, Step
from triage.pages.needs_picture import needs_chart
from triage.pages.shelf import Shelf, TheShelf
from triage.pages.talk_forms import CopyForm, PlanForm
from triage.pages.telling import reference

router = page_router(prefix="/cases/{case_id}")

Number = Annotated[int, Path(ge=1, le=10_000)]

WRITE = Step(
    title="Write the plan together",
    submit="Record what they said",
    lead="It is the person’s plan, in words that they would use. You can save it and go on later; once you have gone "
    "through it together, record whether they agree. What was agreed never changes: a changed plan is a new version.",
)
COPY = Step(title="The person has their own copy", submit="Record it")
WHO = {DoneBy.PERSON: "What I will do", DoneBy.TEAM: "What my workers will do", DoneBy.OTHERS: "What others will do"}


@router.get("/plan")
async def plan(case_id: PathId, access: SeeingPlan, shelf: TheShelf, show: Show) -> Response:
    """The plan that holds now."""
    case = await shelf.cases.get(case_id)
    found = (await shelf.talk(case)).plan
    may_write = case.state is State.OPEN and access.sees("case.write-plan")
    return await show("triage/plan.html", **await _read(case, found, found.agreed, show), may_write=may_write)


@router.get("/plan/versions/{number}")
async def version(case_id: PathId, number: Number, _: SeeingPlan, shelf: TheShelf, show: Show) -> Response:
    """One version, whatever became of it."""
    case = await shelf.cases.get(case_id)
    found = (await shelf.talk(case)).plan
    if number > len(found.versions):
        raise Unknown("There is no such version of the plan.")
    return await show("triage/plan.html", **await _read(case, found, found.versions[number - 1], show))


@router.get("/plan/write", dependencies=[MayPlan])
async def ask_about_plan(desk: OnDesk, shelf: TheShelf) -> Response:
    found = await shelf.talk(await desk.cases.get(desk.case_id))
    known = found.plan.draft or (found.plan.agreed.proposal if found.plan.agreed else None)
    today = desk.clock.now().astimezone(LONDON).date()
    draft = found.plan.draft
    form = PlanForm.known(
        known,
        found.open_goals,
        version=found.version,
        on=today,
        review_on=draft.review_on if draft else None,
        copy_given=draft.copy_given.value if draft else None,
    )
    return await _page(desk, form, found.plan)


@router.post("/plan/write")
async def write(
    command: Planning, form: Annotated[PlanForm, sent(PlanForm)], desk: OnDesk, shelf: TheShelf
) -> Response:
    found = await shelf.talk(await desk.cases.get(desk.case_id))
    form.goals.among(found.open_goals)
    if form.validate():
        with attempt(form, command):
            return await _written(form, command, desk, shelf)
    return await _page(desk, form, found.plan)


@router.get("/plan/copy", dependencies=[MayPlan])
async def ask_about_copy(desk: OnDesk, shelf: TheShelf) -> Response:
    version = (await shelf.talk(await desk.cases.get(desk.case_id))).version
    return await desk.page(COPY, CopyForm.fresh(version=version), back="/plan")


@router.post("/plan/copy")
async def give_copy(
    command: Planning, form: Annotated[CopyForm, sent(CopyForm)], desk: OnDesk, shelf: TheShelf
) -> Response:
    if form.validate():
        with attempt(form, command):
            how = CopyGiven(form.copy_given.data)
            await ask.give_copy(desk.case_id, how, shelf.cases, shelf.plans, expecting=command.expecting)
            return desk.done("It is recorded that they have their copy.", to=f"/cases/{desk.case_id}/plan")
    return await desk.page(COPY, form, back="/plan")


async def _written(form: PlanForm, command: Planning, desk: Desk, shelf: Shelf) -> Response:
    goals = (await shelf.talk(await desk.cases.get(desk.case_id))).open_goals
    proposal = form.proposal(goals)
    if form.later.data:
        await ask.save_plan(desk.case_id, proposal, shelf.cases, shelf.plans, desk.clock, expecting=command.expecting)
        return desk.done(
            "The plan is saved as far as it is written. Go on whenever you like.",
            to=f"/cases/{desk.case_id}/conversation",
        )
    agreed = form.agreed.data == "yes"
    await ask.put_to_person(
        desk.case_id,
        proposal,
        shelf.cases,
        shelf.plans,
        desk.clock,
        agreed=agreed,
        because=form.because.data or "",
        by=command.caller.subject,
        at=form.happened_at(desk.clock.now()),
        expecting=command.expecting,
    )
    if agreed:
        return desk.done("The plan is agreed with the person.", to=f"/cases/{desk.case_id}/plan")
    return desk.done(
        "It is recorded that the person does not agree. Change it together, and go through it again.",
        to=f"/cases/{desk.case_id}/conversation",
    )


async def _page(desk: Desk, form: PlanForm, found: Plan) -> Response:
    return await desk.page(
        WRITE, form, back="/conversation", template="triage/later.html", saved_at=found.draft_saved_at
    )


async def _read(case: Case, found: Plan, shown: Version | None, show: Show) -> dict[str, Any]:
    steps = shown.proposal.steps if shown else ()
    return {
        "title": "My plan",
        "back": f"/cases/{case.id}/conversation",
        "case": case,
        "case_reference": reference(case.id),
        "plan": found,
        "shown": shown,
        "by": (await show.names([shown.by]))[shown.by] if shown else None,
        "steps": [(words, [step.what for step in steps if step.who is who]) for who, words in WHO.items()],
        "needs_chart": needs_chart(shown.needs) if shown and shown.needs else None,
    }
