"""Pages of transfers for the organisation that holds a case: asking another one, taking it back, having it back."""

from typing import Annotated

from starlette.responses import Response

from alliance.access import Access
from alliance.web.pages import Show, attempt, page_router, sent
from triage.api.giving import TheProviders, TheTeams
from triage.application import transfers as ask
from triage.application.teams import all_teams
from triage.domain.refusals import AgreementNeeded
from triage.domain.transfer import Agreement, HandedOver, Override, RevokeReason, TransferReason
from triage.domain.transferring import Request
from triage.pages.allocation_forms import AskTransferForm, NothingForm, RevokeForm
from triage.pages.asking import MayRevoke, MayTransfer, Revoking, Transferring
from triage.pages.desk import OnDesk, Step

router = page_router(prefix="/cases/{case_id}")

ASK = Step(
    title="Ask another organisation to take this case over",
    submit="Ask them",
    lead="Nothing moves before they have accepted. Until then you hold the case and answer for it; they have a week.",
)
REVOKE = Step(
    title="Take the transfer back", submit="Take it back", lead="The other organisation sees the case no longer."
)
NOTE_RETURN = Step(
    title="The case is back with us",
    submit="We go on with it",
    lead="The other organisation has not taken the case over. It stays where it is: say that you have seen it.",
)


@router.get("/ask-transfer", dependencies=[MayTransfer])
async def ask_to_whom(desk: OnDesk, teams: TheTeams, providers: TheProviders, show: Show) -> Response:
    form = await desk.empty(AskTransferForm)
    await _among_others(form, desk, teams, providers, show)
    return await desk.page(ASK, form)


@router.post("/ask-transfer")
async def ask_transfer(
    command: Transferring,
    form: Annotated[AskTransferForm, sent(AskTransferForm)],
    desk: OnDesk,
    teams: TheTeams,
    providers: TheProviders,
    show: Show,
) -> Response:
    await _among_others(form, desk, teams, providers, show)
    if form.validate():
        with attempt(form, command):
            await ask.ask_transfer(
                desk.case_id,
                command.id,
                await _requested(form, command.access, teams),
                desk.cases,
                desk.clock,
                by=command.caller.subject,
                expecting=command.expecting,
            )
            return desk.done("They are asked. The case stays with you until they have accepted.")
    return await desk.page(ASK, form)


async def _requested(form: AskTransferForm, access: Access | None, teams: TheTeams) -> Request:
    """Raises `AgreementNeeded` where the role may not go on without."""
    agreed = form.agreed.data == "yes"
    if not agreed and not (access and access.sees("case.transfer-without-agreement")):
        raise AgreementNeeded("Your role does not move a case without the person's agreement. Ask a triage worker.")
    team = await teams.find(form.team.data) if form.team.data else None
    return Request(
        to_organisation=form.to.data,
        to_team=team.id if team and team.organisation == form.to.data else None,
        reason_code=TransferReason(form.reason.data),
        handed_over=tuple(HandedOver(each) for each in form.handed_over.data),
        note=form.note.data or "",
        agreement=Agreement(
            given=agreed, override=Override(form.override.data) if form.override.data and not agreed else None
        ),
    )


async def _among_others(
    form: AskTransferForm, desk: OnDesk, teams: TheTeams, providers: TheProviders, show: Show
) -> None:
    holder = (await desk.cases.get(desk.case_id)).organisation
    others = {each: name for each, name in providers.items() if each != holder}
    form.to.among(others)
    form.team.among(
        {
            team.id: f"{team.name} ({show.shell.organisation_name(team.organisation)})"
            for team in await all_teams(teams)
            if team.organisation in others
        }
    )


@router.get("/revoke-transfer", dependencies=[MayRevoke])
async def ask_about_revoking(desk: OnDesk) -> Response:
    return await desk.page(REVOKE, await desk.empty(RevokeForm))


@router.post("/revoke-transfer")
async def revoke(command: Revoking, form: Annotated[RevokeForm, sent(RevokeForm)], desk: OnDesk) -> Response:
    if form.validate():
        with attempt(form, command):
            case = await desk.cases.get(desk.case_id)
            await ask.revoke_transfer(
                desk.case_id,
                case.transfer or "",
                RevokeReason(form.reason.data),
                desk.cases,
                desk.clock,
                by=await ask.on_behalf_of_holder(desk.case_id, command.caller.subject, desk.cases),
                expecting=command.expecting,
            )
            return desk.done("The transfer is taken back.")
    return await desk.page(REVOKE, form)


@router.get("/note-return", dependencies=[MayTransfer])
async def ask_about_return(desk: OnDesk) -> Response:
    return await desk.page(NOTE_RETURN, await desk.empty(NothingForm))


@router.post("/note-return")
async def note_return(command: Transferring, form: Annotated[NothingForm, sent(NothingForm)], desk: OnDesk) -> Response:
    with attempt(form, command):
        await ask.note_return(desk.case_id, desk.cases, desk.clock, expecting=command.expecting)
        return desk.done("You go on with the case.")
    return await desk.page(NOTE_RETURN, form)
