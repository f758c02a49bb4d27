"""Who works with a person: taking on, naming a key worker of any organisation, and who could be asked."""

from fastapi import APIRouter

from alliance.web import PathId
from triage.api.allocation_answers import Named, SuggestionAnswer, Suggestions
from triage.api.answers import CaseId
from triage.api.bodies import NamingBody
from triage.api.giving import (
    AnsweringNaming,
    Naming,
    SteppingBack,
    Suggesting,
    TakingOn,
    TheCases,
    TheClock,
    TheKnown,
    TheTeams,
)
from triage.application import allocation as ask
from triage.application.teams import colleague, named_colleague

router = APIRouter(prefix="/api/v1", tags=["allocation"])


@router.post("/cases/{case_id}/take-on")
async def take_on(case_id: PathId, command: TakingOn, cases: TheCases, teams: TheTeams, clock: TheClock) -> CaseId:
    """Become a named worker of this person; the first one is the key worker."""
    who = await colleague(command.caller.subject, command.caller.organisation, teams)
    await ask.take_on(case_id, who, cases, clock, expecting=command.expecting)
    return CaseId(case_id=case_id)


@router.post("/cases/{case_id}/step-back")
async def step_back(case_id: PathId, command: SteppingBack, cases: TheCases, clock: TheClock) -> CaseId:
    """Work with this person no longer."""
    await ask.step_back(case_id, cases, clock, by=command.caller.subject, expecting=command.expecting)
    return CaseId(case_id=case_id)


@router.get("/cases/{case_id}/suggestions")
async def suggestions(
    case_id: PathId, access: Suggesting, cases: TheCases, teams: TheTeams, known: TheKnown, clock: TheClock
) -> Suggestions:
    """Who could be key worker and why, the best first; nothing follows by itself."""
    case, reader = await cases.get(case_id), access.caller.organisation
    found = await ask.suggestions(case, cases, teams, known, clock.now(), reader=reader)
    return Suggestions(items=[SuggestionAnswer.of(each) for each in found])


@router.post("/cases/{case_id}/name-key-worker")
async def name_key_worker(
    case_id: PathId, body: NamingBody, command: Naming, cases: TheCases, teams: TheTeams, clock: TheClock
) -> Named:
    """Name a member of a team; one of another organisation who is not named yet is asked first."""
    who = await named_colleague(body.subject, body.team_id, teams)
    case = await ask.name_key_worker(case_id, who, cases, clock, by=command.caller.subject, expecting=command.expecting)
    return Named(case_id=case_id, asked=case.naming is not None and case.naming.subject == body.subject)


@router.post("/namings/{naming_id}/accept")
async def accept_naming(naming_id: PathId, command: AnsweringNaming, cases: TheCases, clock: TheClock) -> CaseId:
    """Whoever was asked, or a lead of their team, says yes. The id is that of the case."""
    await ask.accept_naming(naming_id, cases, clock, expecting=command.expecting)
    return CaseId(case_id=naming_id)


@router.post("/namings/{naming_id}/decline")
async def decline_naming(naming_id: PathId, command: AnsweringNaming, cases: TheCases) -> CaseId:
    """They say no: all stays as it was."""
    await ask.decline_naming(naming_id, cases, expecting=command.expecting)
    return CaseId(case_id=naming_id)
