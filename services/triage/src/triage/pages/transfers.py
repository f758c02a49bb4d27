"""Pages of transfers for the organisation that is asked: what there is, one of them, taking it over, returning it."""

from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from alliance.web import PathId
from alliance.web.pages import Show, attempt, page_router, sent
from triage.api.giving import TheCases, TheClock, TheProviders, TheTeams
from triage.application import transfers as ask
from triage.application.teams import all_teams, colleague, named_colleague
from triage.domain.allocating import Colleague
from triage.domain.transfer import ReturnReason
from triage.pages.allocation_forms import AcceptTransferForm, ReturnForm
from triage.pages.asking import AnsweringTransfer, MayAnswerTransfer, ReadingTransfer, Transfers
from triage.pages.telling import reference, running, why
from triage.pages.transfer_lists import back_list, counted, pending_list

router = page_router()

PAGE = 25
After = Annotated[str | None, Query(pattern=r"^[0-9A-Za-z:. -]{1,200}$")]


@router.get("/transfers")
async def transfers(
    access: Transfers, cases: TheCases, clock: TheClock, show: Show, to: After = None, out: After = None
) -> Response:
    ours, now = access.caller.organisation, clock.now()
    asked = await ask.transfers_to(ours, cases, after=to, limit=PAGE)
    asking = await ask.transfers_from(ours, cases, after=out, limit=PAGE)
    back = await ask.back_with(ours, cases, limit=PAGE)
    called = show.shell.organisation_name
    return await show(
        "triage/transfers.html",
        title="Transfers",
        organisation=called(ours),
        figures=[
            counted(
                asked.items, "we are asked to take over", "#asked", more=bool(asked.next), concern=bool(asked.items)
            ),
            counted(asking.items, "we have asked others", "#asking", more=bool(asking.next)),
            counted(back, "are back with us", "#back", concern=bool(back)),
        ],
        asked=pending_list("We are asked to take over", asked.items, called, now, theirs=True),
        asking=pending_list("We have asked others", asking.items, called, now, theirs=False),
        back=back_list("Back with us, and nobody has said yet that they have seen it", back, called, now),
        asked_next=asked.next,
        asking_next=asking.next,
    )


@router.get("/transfers/{transfer_id}")
async def transfer(
    transfer_id: PathId,
    access: ReadingTransfer,
    cases: TheCases,
    providers: TheProviders,
    clock: TheClock,
    show: Show,
) -> Response:
    """Enough to decide by, without name and notes."""
    case = await ask.case_of_transfer(transfer_id, cases)
    found, now = case.transfer_by(transfer_id), clock.now()
    names = await show.names([found.asked_by, *(word.by for word in case.decisions)])
    return await show(
        "triage/transfer.html",
        title=f"Transfer of case {reference(case.id)}",
        back="/transfers",
        case=case,
        case_reference=reference(case.id),
        transfer=found,
        names=names,
        called=show.shell.organisation_name,
        why=why(case, now, names, providers),
        waits=[f"{each.clock}: {each.short.lower()}" for each in (running(wait, now) for wait in case.waiting)],
        may_answer=found.live and access.sees("transfer.answer"),
        needs=sorted({need for talk in case.conversations for need in talk.needs} | set(case.help_areas)),
        goals=sorted({goal for talk in case.conversations for goal in talk.goals}),
        support=[offer for offer in case.offers if offer.live],
    )


@router.get("/transfers/{transfer_id}/accept", dependencies=[MayAnswerTransfer])
async def ask_about_accepting(transfer_id: PathId, cases: TheCases, teams: TheTeams, show: Show) -> Response:
    case = await ask.case_of_transfer(transfer_id, cases)
    form = AcceptTransferForm.fresh(version=(await cases.read(case.id)).version)
    return await _accepting(form, transfer_id, teams, show)


@router.post("/transfers/{transfer_id}/accept")
async def accept(
    transfer_id: PathId,
    command: AnsweringTransfer,
    form: Annotated[AcceptTransferForm, sent(AcceptTransferForm)],
    cases: TheCases,
    teams: TheTeams,
    clock: TheClock,
    show: Show,
) -> Response:
    await _among_ours(form, teams, show)
    if form.validate():
        with attempt(form, command):
            by = await colleague(command.caller.subject, command.caller.organisation, teams)
            named = await _chosen(form.key_worker.data, by, teams)
            case_id = await ask.accept_transfer(
                transfer_id, cases, clock, by=by, key_worker=named, expecting=command.expecting
            )
            opens = named is not None and named.subject == by.subject
            return show.done(f"/cases/{case_id}" if opens else "/transfers", "The case is with us now.")
    return await _accepting(form, transfer_id, teams, show)


async def _chosen(who: str | None, by: Colleague, teams: TheTeams) -> Colleague | None:
    if not who:
        return None
    team_id, _, subject = who.partition(" ")
    return by if subject == by.subject else await named_colleague(subject, team_id, teams)


async def _among_ours(form: AcceptTransferForm, teams: TheTeams, show: Show) -> None:
    caller = show.access.caller if show.access else None
    ours = await all_teams(teams, caller.organisation) if caller else []
    found = {
        f"{team.id} {member.subject}": (member.subject, team.name)
        for team in ours
        for member in team.members.values()
        if not member.left
    }
    if caller and caller.subject not in {subject for subject, _ in found.values()}:
        found = {f"- {caller.subject}": (caller.subject, "you"), **found}
    names = await show.names([subject for subject, _ in found.values()])
    form.key_worker.among({value: f"{names[subject]} ({team})" for value, (subject, team) in found.items()})


async def _accepting(form: AcceptTransferForm, transfer_id: str, teams: TheTeams, show: Show) -> Response:
    await _among_ours(form, teams, show)
    return await show.form(
        form,
        title="Take this case over",
        submit="Take it over",
        back=f"/transfers/{transfer_id}",
        warning="From now on your organisation holds the case and answers for its waits. Whoever worked with the "
        "person at the other organisation steps back.",
    )


@router.get("/transfers/{transfer_id}/return", dependencies=[MayAnswerTransfer])
async def ask_about_returning(transfer_id: PathId, cases: TheCases, show: Show) -> Response:
    case = await ask.case_of_transfer(transfer_id, cases)
    return await _returning(ReturnForm.fresh(version=(await cases.read(case.id)).version), transfer_id, show)


@router.post("/transfers/{transfer_id}/return")
async def return_(
    transfer_id: PathId,
    command: AnsweringTransfer,
    form: Annotated[ReturnForm, sent(ReturnForm)],
    cases: TheCases,
    clock: TheClock,
    show: Show,
) -> Response:
    if form.validate():
        with attempt(form, command):
            by = Colleague(subject=command.caller.subject, organisation=command.caller.organisation)
            reason = ReturnReason(form.reason.data)
            await ask.return_transfer(transfer_id, reason, cases, clock, by=by, expecting=command.expecting)
            return show.done("/transfers", "The case is back with them, and they see why.")
    return await _returning(form, transfer_id, show)


async def _returning(form: ReturnForm, transfer_id: str, show: Show) -> Response:
    return await show.form(
        form,
        title="Return this case",
        submit="Return it",
        back=f"/transfers/{transfer_id}",
        warning="The other organisation is told at once and goes on with the person. You see the case no longer.",
    )
