"""A case's plan and what it is made of: strengths, connections, needs, goals, risks, and what was agreed."""

from fastapi import APIRouter, Response

from alliance.web import PathId, tag
from triage.api.answers import CaseId
from triage.api.giving import Planning, SeeingPlan, TheCases, TheClock, TheGoals, ThePlans, TheRisks
from triage.api.talk_answers import GoalId, PlanAnswer, RiskId
from triage.api.talk_bodies import (
    ConnectionBody,
    CopyBody,
    GoalBody,
    LookBody,
    NeedsBody,
    PlanBody,
    ProgressBody,
    RiskBody,
    StrengthsBody,
)
from triage.application import goals_and_risks, plans
from triage.application.talk_queries import talk_record

router = APIRouter(prefix="/api/v1/cases/{case_id}", tags=["plans"])


@router.get("/plan")
async def plan(
    case_id: PathId,
    _: SeeingPlan,
    cases: TheCases,
    kept: ThePlans,
    goals: TheGoals,
    risks: TheRisks,
    response: Response,
) -> PlanAnswer:
    """What is known for the plan, every version of it, the goals and the risks."""
    case = await cases.get(case_id)
    found = await talk_record(case_id, case.person_id, kept, goals, risks)
    tag(response, found.version)
    return PlanAnswer.of(found)


@router.post("/plan/strengths")
async def strengths(case_id: PathId, body: StrengthsBody, command: Planning, cases: TheCases, kept: ThePlans) -> CaseId:
    """What the person is good at, likes and can lean on; it takes the place of what was told before."""
    await plans.tell_strengths(case_id, body.told(), cases, kept, expecting=command.expecting)
    return CaseId(case_id=case_id)


@router.post("/plan/connections", status_code=201)
async def connect(case_id: PathId, body: ConnectionBody, command: Planning, cases: TheCases, kept: ThePlans) -> CaseId:
    """A person, a place or a group that matters."""
    await plans.add_connection(case_id, body.connection(command.id), cases, kept, expecting=command.expecting)
    return CaseId(case_id=case_id)


@router.post("/plan/connections/{connection_id}/remove")
async def disconnect(
    case_id: PathId, connection_id: PathId, command: Planning, cases: TheCases, kept: ThePlans
) -> CaseId:
    """It does not matter any more, or should not have been written down."""
    await plans.remove_connection(case_id, connection_id, cases, kept, expecting=command.expecting)
    return CaseId(case_id=case_id)


@router.post("/plan/needs")
async def needs(case_id: PathId, body: NeedsBody, command: Planning, cases: TheCases, kept: ThePlans) -> CaseId:
    """How the person gets on in each area of life."""
    await plans.tell_needs(case_id, body.told(), cases, kept, expecting=command.expecting)
    return CaseId(case_id=case_id)


@router.post("/plan/versions", status_code=201)
async def agree(
    case_id: PathId,
    body: PlanBody,
    command: Planning,
    cases: TheCases,
    kept: ThePlans,
    goals: TheGoals,
    clock: TheClock,
) -> CaseId:
    """The plan was gone through with the person: a new version, with whether they agree."""
    known = {goal.id: (goal.words, goal.tag) for goal in await goals.with_key("case_id", case_id)}
    await plans.put_to_person(
        case_id,
        body.proposal(known),
        cases,
        kept,
        clock,
        agreed=body.agreed,
        because=body.not_agreed_because or "",
        by=command.caller.subject,
        at=body.at,
        expecting=command.expecting,
    )
    return CaseId(case_id=case_id)


@router.post("/plan/give-copy")
async def give_copy(case_id: PathId, body: CopyBody, command: Planning, cases: TheCases, kept: ThePlans) -> CaseId:
    """The person has their own copy of what was agreed."""
    await plans.give_copy(case_id, body.copy_given, cases, kept, expecting=command.expecting)
    return CaseId(case_id=case_id)


@router.post("/goals", status_code=201)
async def set_goal(
    case_id: PathId, body: GoalBody, command: Planning, cases: TheCases, goals: TheGoals, clock: TheClock
) -> GoalId:
    """A goal in the person's own words."""
    await goals_and_risks.set_goal(
        case_id,
        command.id,
        body.words,
        body.tag,
        body.how_we_know or "",
        cases,
        goals,
        clock,
        by=command.caller.subject,
    )
    return GoalId(case_id=case_id, goal_id=command.id)


@router.post("/goals/{goal_id}/progress")
async def progress(
    case_id: PathId,
    goal_id: PathId,
    body: ProgressBody,
    command: Planning,
    cases: TheCases,
    goals: TheGoals,
    clock: TheClock,
) -> GoalId:
    """How it goes; `met` and `let-go` are the end of a goal."""
    await goals_and_risks.note_progress(
        case_id,
        goal_id,
        body.words,
        body.state,
        cases,
        goals,
        clock,
        by=command.caller.subject,
        expecting=command.expecting,
    )
    return GoalId(case_id=case_id, goal_id=goal_id)


@router.post("/risks", status_code=201)
async def record_risk(
    case_id: PathId, body: RiskBody, command: Planning, cases: TheCases, risks: TheRisks, clock: TheClock
) -> RiskId:
    """Who may come to what harm, and when."""
    await goals_and_risks.record_risk(
        case_id, command.id, body.particulars(), cases, risks, clock, by=command.caller.subject
    )
    return RiskId(case_id=case_id, risk_id=command.id)


@router.post("/risks/{risk_id}/review")
async def review_risk(
    case_id: PathId, risk_id: PathId, body: LookBody, command: Planning, risks: TheRisks, clock: TheClock
) -> RiskId:
    """Somebody looked at it again; `close` when it is a risk no longer."""
    await goals_and_risks.review_risk(
        case_id,
        risk_id,
        body.particulars(),
        body.words,
        risks,
        clock,
        by=command.caller.subject,
        close=body.close,
        expecting=command.expecting,
    )
    return RiskId(case_id=case_id, risk_id=risk_id)
