"""Teams, what their members carry, and handing cases on when somebody leaves or is away."""

from fastapi import APIRouter, Request, Response

from alliance.web import PathId, tag
from triage.api.allocation_answers import (
    HandedOnAnswer,
    MemberAnswer,
    TeamAnswer,
    TeamId,
    TeamsAnswer,
    WholeTeam,
)
from triage.api.allocation_answers import (
    HandingOn as HandingOnAnswer,
)
from triage.api.bodies import HandOnBody, LeavingBody, MemberBody, TeamBody, TeamDescription
from triage.api.giving import (
    AddingTeam,
    HandingOn,
    ListingTeams,
    ManagingTeam,
    SeeingCaseload,
    TheCases,
    TheClock,
    TheTeams,
    note_handed_on,
)
from triage.application import teams as ask
from triage.application.allocation import hand_on as hand_on_cases

router = APIRouter(prefix="/api/v1/teams", tags=["teams"])


@router.get("")
async def listed(_: ListingTeams, teams: TheTeams) -> TeamsAnswer:
    """All teams, by organisation and name."""
    return TeamsAnswer(items=[TeamAnswer.of(team) for team in await ask.all_teams(teams)])


@router.get("/{team_id}")
async def record(
    team_id: PathId, _: SeeingCaseload, teams: TheTeams, cases: TheCases, clock: TheClock, response: Response
) -> WholeTeam:
    """One team with what its members carry."""
    stored, carried = await ask.team_with_load(team_id, teams, cases, clock.now())
    tag(response, stored.version)
    told = TeamAnswer.of(stored.aggregate).model_dump()
    return WholeTeam(**told, version=stored.version, members=[MemberAnswer.of(each) for each in carried])


@router.post("", status_code=201)
async def add(body: TeamBody, command: AddingTeam, teams: TheTeams) -> TeamId:
    await ask.add_team(command.id, body.name, body.organisation, body.team_type, tuple(body.areas), teams)
    return TeamId(team_id=command.id)


@router.post("/{team_id}/describe")
async def describe(team_id: PathId, body: TeamDescription, command: ManagingTeam, teams: TheTeams) -> TeamId:
    await ask.describe_team(team_id, body.name, body.team_type, tuple(body.areas), teams, expecting=command.expecting)
    return TeamId(team_id=team_id)


@router.post("/{team_id}/members")
async def put_member(team_id: PathId, body: MemberBody, command: ManagingTeam, teams: TheTeams) -> TeamId:
    """Take somebody in, or say anew how much room they have and whether they are away."""
    await ask.put_member(team_id, body.member(), teams, expecting=command.expecting)
    return TeamId(team_id=team_id)


@router.post("/{team_id}/note-leaving")
async def note_leaving(team_id: PathId, body: LeavingBody, command: ManagingTeam, teams: TheTeams) -> TeamId:
    """They take nothing on any more; what they hold is to be handed on."""
    await ask.note_leaving(team_id, body.subject, teams, expecting=command.expecting)
    return TeamId(team_id=team_id)


@router.post("/{team_id}/close")
async def close(team_id: PathId, command: ManagingTeam, teams: TheTeams) -> TeamId:
    await ask.close_team(team_id, teams, expecting=command.expecting)
    return TeamId(team_id=team_id)


@router.post("/{team_id}/hand-on")
async def hand_on(
    team_id: PathId,
    body: HandOnBody,
    command: HandingOn,
    teams: TheTeams,
    cases: TheCases,
    clock: TheClock,
    request: Request,
) -> HandingOnAnswer:
    """Each case by itself: what became of it is said for each."""
    to = await ask.named_colleague(body.to, team_id, teams)
    done = await hand_on_cases(body.case_ids, to, cases, clock, of=body.of, team_id=team_id)
    await note_handed_on(request.app.state.control, command, done)
    return HandingOnAnswer(
        items=[
            HandedOnAnswer(
                case_id=each.case_id,
                refusal=each.refusal.name if each.refusal else None,
                detail=str(each.refusal) if each.refusal else None,
            )
            for each in done
        ]
    )
