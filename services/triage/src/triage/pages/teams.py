"""Pages of teams: which there are, what each member carries, who is in one, and handing cases on."""

from datetime import date
from typing import Annotated

from starlette.responses import Response

from alliance.access import Access
from alliance.web import PathId
from alliance.web.pages import Show, attempt, page_router, sent
from alliance.web.pages.listing import Cell, Column, Listing, Row
from alliance.web.pages.templating import day
from triage.api.giving import TheCases, TheClock, TheProviders, TheTeams
from triage.application import teams as ask
from triage.domain.codes import TeamType
from triage.pages.allocation_forms import TeamDescriptionForm, TeamForm
from triage.pages.asking import AddingTeam, Caseload, ManagingTeam, MayAddTeam, MayManageTeam, Teams
from triage.pages.words import label, listed

router = page_router()

TEAMS = (
    Column("team", "Team"),
    Column("organisation", "Organisation"),
    Column("kind", "Kind"),
    Column("areas", "Helps with"),
    Column("members", "Members", numeric=True),
)
LOAD = (
    Column("who", "Who"),
    Column("there", "Now"),
    Column("cases", "Cases", numeric=True),
    Column("points", "Carries"),
    Column("missed", "Waits missed", numeric=True),
    Column("risk", "At risk", numeric=True),
    Column("reviews", "Reviews due", numeric=True),
    Column("do", "Do"),
)


@router.get("/teams")
async def teams_page(access: Teams, teams: TheTeams, show: Show) -> Response:
    found = await ask.all_teams(teams)
    sees = {team.id for team in found if access.caller.subject in team.leads} | (
        {team.id for team in found if team.organisation == access.caller.organisation}
        if access.caller.roles & {"triage-worker"}
        else set()
    )
    if access.sees("team.add"):
        sees = {team.id for team in found}
    called = show.shell.organisation_name
    return await show(
        "triage/teams.html",
        title="Teams",
        may_add=access.sees("team.add"),
        teams=Listing(
            caption="Teams of the alliance",
            caption_hidden=True,
            columns=TEAMS,
            rows=[
                [
                    Cell(team.name, href=f"/teams/{team.id}" if team.id in sees else None),
                    called(team.organisation),
                    label(team.team_type),
                    listed(team.areas) if team.areas else "Everything",
                    sum(not member.left for member in team.members.values()),
                ]
                for team in found
            ],
            empty="There are no teams yet. A service administrator adds them.",
        ),
    )


@router.get("/teams/add", dependencies=[MayAddTeam])
async def ask_about_team(providers: TheProviders, show: Show) -> Response:
    return await _adding(TeamForm.fresh(), providers, show)


@router.post("/teams/add")
async def add_team(
    command: AddingTeam,
    form: Annotated[TeamForm, sent(TeamForm)],
    teams: TheTeams,
    providers: TheProviders,
    show: Show,
) -> Response:
    _of_members(form, providers, show)
    if form.validate():
        with attempt(form, command):
            await ask.add_team(
                command.id,
                form.name.data,
                form.organisation.data,
                TeamType(form.team_type.data),
                form.areas.data,
                teams,
            )
            return show.done(f"/teams/{command.id}", "The team is there. Say who is in it.")
    return await _adding(form, providers, show)


def _of_members(form: TeamForm, providers: TheProviders, show: Show) -> None:
    ours = show.shell.service.organisation
    form.organisation.among({ours: show.shell.organisation_name(ours), **providers})


async def _adding(form: TeamForm, providers: TheProviders, show: Show) -> Response:
    _of_members(form, providers, show)
    return await show.form(form, title="Add a team", submit="Add the team", back="/teams")


@router.get("/teams/{team_id}")
async def team_page(
    team_id: PathId, access: Caseload, teams: TheTeams, cases: TheCases, clock: TheClock, show: Show
) -> Response:
    """What everybody in the team carries, and whose cases are to be handed on."""
    now = clock.now()
    stored, carried = await ask.team_with_load(team_id, teams, cases, now)
    team = stored.aggregate
    names = await show.names(team.members)
    rows = [_member(each, team_id, names[each.member.subject], now.date(), access) for each in carried]
    uncovered = [each for each in carried if each.load.cases and not each.member.is_there(now.date())]
    return await show(
        "triage/team.html",
        title=team.name,
        back="/teams",
        team=team,
        organisation=show.shell.organisation_name(team.organisation),
        may_manage=access.sees("team.manage"),
        may_hand_on=access.sees("team.hand-on"),
        uncovered=[(each, names[each.member.subject]) for each in uncovered],
        load=Listing(
            caption="Who carries what",
            columns=LOAD if access.sees("team.manage") else LOAD[:-1],
            rows=rows,
            empty="Nobody is in this team yet.",
        ),
        carried=carried,
        names=names,
    )


def _member(each: ask.Carried, team_id: str, name: str, today: date, access: Access) -> Row:
    member, load = each.member, each.load
    where = "Has left" if member.left else "Here" if member.is_there(today) else f"Away until {day(member.away_until)}"
    full = load.points > member.capacity
    row: Row = [
        Cell(name, href=f"/board?worker={member.subject}"),
        Cell(where, tag=None if member.is_there(today) else "orange"),
        load.cases,
        Cell(f"{load.points} of {member.capacity} points", tag="red" if full else None),
        load.missed,
        load.at_risk,
        load.reviews_due,
    ]
    if not access.sees("team.manage"):
        return row
    return [*row, Cell("Change", href=f"/teams/{team_id}/members/{member.subject}", visually_hidden=f": {name}")]


@router.get("/teams/{team_id}/describe", dependencies=[MayManageTeam])
async def ask_about_describing(team_id: PathId, teams: TheTeams, show: Show) -> Response:
    stored = await teams.read(team_id)
    team = stored.aggregate
    form = TeamDescriptionForm.fresh(
        version=stored.version, name=team.name, team_type=team.team_type.value, areas=team.areas
    )
    return await _describing(form, team_id, show)


@router.post("/teams/{team_id}/describe")
async def describe(
    team_id: PathId,
    command: ManagingTeam,
    form: Annotated[TeamDescriptionForm, sent(TeamDescriptionForm)],
    teams: TheTeams,
    show: Show,
) -> Response:
    if form.validate():
        with attempt(form, command):
            kind = TeamType(form.team_type.data)
            await ask.describe_team(team_id, form.name.data, kind, form.areas.data, teams, expecting=command.expecting)
            return show.done(f"/teams/{team_id}", "The team is described anew.")
    return await _describing(form, team_id, show)


async def _describing(form: TeamDescriptionForm, team_id: str, show: Show) -> Response:
    return await show.form(form, title="Describe the team", submit="Save", back=f"/teams/{team_id}")
