"""Pages on which a review by everybody who works with the person is planned, and recorded when it was held."""

from typing import Annotated

from starlette.responses import Response

from alliance.web.pages import Show, attempt, page_router, sent
from triage.api.giving import TheTeams
from triage.application import transfers as ask
from triage.domain.codes import ReviewOutcome
from triage.domain.refusals import ReviewNotPlanned
from triage.pages.allocation_forms import HoldReviewForm, PlanReviewForm
from triage.pages.asking import MayReview, Reviewing
from triage.pages.desk import OnDesk, Step

router = page_router(prefix="/cases/{case_id}")

PLAN = Step(
    title="Plan a review",
    submit="Plan the review",
    lead="Everybody who works with the person meets, if possible with the person. A review that is planned already "
    "is moved. On its day it shows on the board; when the day is over and nobody has recorded it, it is overdue.",
)
HOLD = Step(title="Record the review", submit="Record the review")


@router.get("/plan-review", dependencies=[MayReview])
async def ask_about_planning(desk: OnDesk, teams: TheTeams, show: Show) -> Response:
    planned = (await desk.cases.get(desk.case_id)).review
    known = {"on": planned.due_on, "attendees": planned.attendees} if planned else {}
    form = await desk.empty(PlanReviewForm, **known)
    await _who_comes(form, desk, teams, show)
    return await desk.page(PLAN, form)


@router.post("/plan-review")
async def plan_review(
    command: Reviewing,
    form: Annotated[PlanReviewForm, sent(PlanReviewForm)],
    desk: OnDesk,
    teams: TheTeams,
    show: Show,
) -> Response:
    await _who_comes(form, desk, teams, show)
    if form.validate():
        with attempt(form, command):
            await ask.plan_review(
                desk.case_id,
                command.id,
                form.on.data,
                desk.cases,
                desk.clock,
                attendees=form.attendees.data,
                by=command.caller.subject,
                expecting=command.expecting,
            )
            return desk.done("The review is planned.")
    return await desk.page(PLAN, form)


async def _who_comes(form: PlanReviewForm, desk: OnDesk, teams: TheTeams, show: Show) -> None:
    case = await desk.cases.get(desk.case_id)
    team = await teams.find(case.team_id) if case.team_id else None
    planned = case.review.attendees if case.review else ()
    found = dict.fromkeys([*case.workers, *sorted(team.leads if team else ()), *planned])
    form.attendees.among(await show.names(found))


@router.get("/hold-review", dependencies=[MayReview])
async def ask_about_holding(desk: OnDesk) -> Response:
    return await desk.page(HOLD, await desk.empty(HoldReviewForm))


@router.post("/hold-review")
async def hold_review(
    command: Reviewing, form: Annotated[HoldReviewForm, sent(HoldReviewForm)], desk: OnDesk
) -> Response:
    if form.validate():
        with attempt(form, command):
            review = (await desk.cases.get(desk.case_id)).review
            if review is None:
                raise ReviewNotPlanned("No review is planned. Plan one for the day on which you meet.")
            await ask.hold_review(
                desk.case_id,
                review.id,
                ReviewOutcome(form.outcome.data),
                desk.cases,
                desk.clock,
                held_on=form.on.data,
                next_on=form.next_on.data,
                next_id=command.derived("next"),
                by=command.caller.subject,
                expecting=command.expecting,
            )
            return desk.done("The review is recorded.")
    return await desk.page(HOLD, form)
