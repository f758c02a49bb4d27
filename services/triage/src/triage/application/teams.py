"""What may be asked of teams: who is in them, with how much room, and what each member carries."""

from dataclasses import dataclass
from datetime import datetime

from alliance.store import Stored
from triage.application.collections import Cases, Teams
from triage.domain.allocating import Colleague
from triage.domain.case import Case
from triage.domain.caseload import Caseload, caseload_of
from triage.domain.codes import HelpArea, TeamType
from triage.domain.team import Member, Team

MOST_TEAMS = 200
MOST_CASES = 100
"""Of one key worker; whoever carried more would not be counted exactly."""


@dataclass(frozen=True, kw_only=True)
class Carried:
    """A member and what they carry."""

    member: Member
    load: Caseload


async def add_team(
    id_: str, name: str, organisation: str, team_type: TeamType, areas: tuple[HelpArea, ...], teams: Teams
) -> None:
    await teams.add(Team(id=id_, name=name, organisation=organisation, team_type=team_type, areas=areas))


async def describe_team(
    id_: str,
    name: str,
    team_type: TeamType,
    areas: tuple[HelpArea, ...],
    teams: Teams,
    *,
    expecting: int | None = None,
) -> None:
    await teams.change(id_, lambda team: team.describe(name, team_type, areas), expecting=expecting, remember=False)


async def put_member(id_: str, member: Member, teams: Teams, *, expecting: int | None = None) -> None:
    await teams.change(id_, lambda team: team.put_member(member), expecting=expecting, remember=False)


async def note_leaving(id_: str, subject: str, teams: Teams, *, expecting: int | None = None) -> None:
    await teams.change(id_, lambda team: team.note_leaving(subject), expecting=expecting, remember=False)


async def close_team(id_: str, teams: Teams, *, expecting: int | None = None) -> None:
    await teams.change(id_, lambda team: team.close(), expecting=expecting, remember=False)


async def all_teams(teams: Teams, organisation: str | None = None) -> list[Team]:
    """The teams that take cases on, by organisation and name."""
    prefix = "" if organisation is None else f"{organisation} "
    return (await teams.page("listed", prefix, limit=MOST_TEAMS)).items


async def colleague(subject: str, organisation: str, teams: Teams) -> Colleague:
    """Somebody with the team of their organisation that they are in, if there is one."""
    for team in await all_teams(teams, organisation):
        if subject in team.members and not team.members[subject].left:
            return team.colleague(subject)
    return Colleague(subject=subject, organisation=organisation)


async def named_colleague(subject: str, team_id: str, teams: Teams) -> Colleague:
    """A member of that team, of whichever organisation. Raises `Unknown`, `NotInTheTeam`."""
    return (await teams.get(team_id)).colleague(subject)


async def cases_answered_for(subject: str, cases: Cases) -> list[Case]:
    """The open cases of a key worker, by stage and in the order of the board."""
    return (await cases.page("board_of_key_worker", f"{subject} ", limit=MOST_CASES)).items


async def carried(team: Team, cases: Cases, now: datetime) -> list[Carried]:
    """What every member carries; those who have left only as long as they hold something."""
    found = []
    for member in team.members.values():
        load = caseload_of(await cases_answered_for(member.subject, cases), now)
        if load.cases or not member.left:
            found.append(Carried(member=member, load=load))
    return found


async def team_with_load(id_: str, teams: Teams, cases: Cases, now: datetime) -> tuple[Stored[Team], list[Carried]]:
    """Raises `Unknown`."""
    stored = await teams.read(id_)
    return stored, await carried(stored.aggregate, cases, now)
