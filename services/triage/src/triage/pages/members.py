"""Pages on which somebody joins a team, is away, leaves it, and hands cases on."""

from typing import Annotated

from fastapi import Path, Request
from starlette.responses import Response

from alliance.web import PathId
from alliance.web.pages import Show, attempt, page_router, sent
from triage.api.giving import TheCases, TheClock, TheTeams, note_handed_on
from triage.application import teams as ask
from triage.application.allocation import hand_on as hand_on_cases
from triage.domain.team import Member, Team
from triage.pages.allocation_forms import HandOnForm, MemberForm, NothingForm
from triage.pages.asking import HandingOn, ManagingTeam, MayHandOn, MayManageTeam
from triage.pages.telling import reference
from triage.pages.words import label

router = page_router(prefix="/teams/{team_id}")

StaffId = Annotated[str, Path(pattern=r"^[A-Za-z0-9][A-Za-z0-9:._-]{0,63}$")]


@router.get("/members/add", dependencies=[MayManageTeam])
async def ask_who_joins(team_id: PathId, teams: TheTeams, show: Show) -> Response:
    stored = await teams.read(team_id)
    return await _member_page(MemberForm.fresh(version=stored.version, lead="no"), stored.aggregate, show)


@router.post("/members/add")
async def add_member(
    team_id: PathId,
    command: ManagingTeam,
    form: Annotated[MemberForm, sent(MemberForm)],
    teams: TheTeams,
    show: Show,
) -> Response:
    return await _put(team_id, command, form, teams, show)


@router.get("/members/{subject}", dependencies=[MayManageTeam])
async def ask_about_member(team_id: PathId, subject: StaffId, teams: TheTeams, show: Show) -> Response:
    stored = await teams.read(team_id)
    member = stored.aggregate.member(subject)
    form = MemberForm.fresh(
        version=stored.version,
        subject=member.subject,
        capacity=member.capacity,
        languages=member.languages,
        lead="yes" if member.lead else "no",
        away_until=member.away_until,
    )
    return await _member_page(form, stored.aggregate, show, member)


@router.post("/members/{subject}")
async def change_member(
    team_id: PathId,
    subject: StaffId,
    command: ManagingTeam,
    form: Annotated[MemberForm, sent(MemberForm)],
    teams: TheTeams,
    show: Show,
) -> Response:
    return await _put(team_id, command, form, teams, show)


async def _put(team_id: str, command: ManagingTeam, form: MemberForm, teams: TheTeams, show: Show) -> Response:
    if form.validate():
        member = Member(
            subject=form.subject.data,
            capacity=form.capacity.data,
            languages=form.languages.data,
            lead=form.lead.data == "yes",
            away_until=form.away_until.data,
        )
        with attempt(form, command):
            await ask.put_member(team_id, member, teams, expecting=command.expecting)
            return show.done(f"/teams/{team_id}", "The team knows of it.")
    return await _member_page(form, await teams.get(team_id), show)


async def _member_page(form: MemberForm, team: Team, show: Show, member: Member | None = None) -> Response:
    return await show.form(
        form,
        title="Change a member" if member else "Somebody joins the team",
        submit="Save",
        back=f"/teams/{team.id}",
        template="triage/member.html",
        lead=f"Of {team.name}.",
        leaving=f"/teams/{team.id}/leaving/{member.subject}" if member and not member.left else None,
    )


@router.get("/leaving/{subject}", dependencies=[MayManageTeam])
async def ask_about_leaving(team_id: PathId, subject: StaffId, teams: TheTeams, show: Show) -> Response:
    stored = await teams.read(team_id)
    stored.aggregate.member(subject)
    return await _leaving(NothingForm.fresh(version=stored.version), team_id, subject, show)


@router.post("/leaving/{subject}")
async def note_leaving(
    team_id: PathId,
    subject: StaffId,
    command: ManagingTeam,
    form: Annotated[NothingForm, sent(NothingForm)],
    teams: TheTeams,
    show: Show,
) -> Response:
    with attempt(form, command):
        await ask.note_leaving(team_id, subject, teams, expecting=command.expecting)
        return show.done(f"/teams/{team_id}", "They have left the team. Hand on what they carry.")
    return await _leaving(form, team_id, subject, show)


async def _leaving(form: NothingForm, team_id: str, subject: str, show: Show) -> Response:
    names = await show.names([subject])
    return await show.form(
        form,
        title=f"{names[subject]} leaves the team",
        submit="They have left",
        back=f"/teams/{team_id}",
        warning="They are suggested for nothing any more. Their cases stay theirs until somebody hands them on; the "
        "page of the team shows them until then.",
    )


@router.get("/hand-on/{subject}", dependencies=[MayHandOn])
async def ask_to_whom(team_id: PathId, subject: StaffId, teams: TheTeams, cases: TheCases, show: Show) -> Response:
    form = HandOnForm.fresh()
    await _choose(form, team_id, subject, teams, cases, show)
    return await _handing_on(form, team_id, subject, show)


@router.post("/hand-on/{subject}")
async def hand_on(
    team_id: PathId,
    subject: StaffId,
    command: HandingOn,
    form: Annotated[HandOnForm, sent(HandOnForm)],
    teams: TheTeams,
    cases: TheCases,
    clock: TheClock,
    show: Show,
    request: Request,
) -> Response:
    await _choose(form, team_id, subject, teams, cases, show)
    if form.validate():
        with attempt(form, command):
            to = await ask.named_colleague(form.to.data, team_id, teams)
            done = await hand_on_cases(form.cases.data, to, cases, clock, of=subject, team_id=team_id)
            await note_handed_on(request.app.state.control, command, done)
            names = await show.names([to.subject, subject])
            return await show(
                "triage/handed-on.html",
                title="What became of each case",
                back=f"/teams/{team_id}",
                to=names[to.subject],
                done=[(reference(each.case_id), each.refusal and str(each.refusal)) for each in done],
            )
    return await _handing_on(form, team_id, subject, show)


async def _choose(form: HandOnForm, team_id: str, subject: str, teams: TheTeams, cases: TheCases, show: Show) -> None:
    """Their cases, also those sent that are not theirs any more: what became of each is said for each."""
    held = await ask.cases_answered_for(subject, cases)
    sent_too = {case_id: f"Case {reference(case_id)}" for case_id in form.cases.sent if len(case_id) == 36}
    form.cases.among(
        sent_too | {case.id: f"Case {reference(case.id)}, {label(case.priority).lower()}" for case in held}
    )
    team = await teams.get(team_id)
    names = await show.names(team.members)
    form.to.among({each: names[each] for each, member in team.members.items() if each != subject and not member.left})


async def _handing_on(form: HandOnForm, team_id: str, subject: str, show: Show) -> Response:
    names = await show.names([subject])
    return await show.form(
        form,
        title=f"Hand on the cases of {names[subject]}",
        submit="Hand them on",
        back=f"/teams/{team_id}",
        lead="Each case by itself: where one cannot be handed on, the others are all the same.",
    )
