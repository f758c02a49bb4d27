"""Transfers of a case to another organisation, and reviews by everybody who works with the person."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from alliance.web import PathId, tag
from alliance.web.problems import ProblemRaised
from triage.api.allocation_answers import ReviewId, TransferAnswer, TransferId, TransferredCase, Transfers
from triage.api.answers import CaseId, InQueue
from triage.api.bodies import AcceptTransferBody, HeldReviewBody, ReturnBody, ReviewBody, RevokeBody, TransferBody
from triage.api.giving import (
    AnsweringTransfer,
    Asking,
    ListingTransfers,
    ReadingTransfer,
    Reviewing,
    Revoking,
    TheCases,
    TheClock,
    TheKnown,
    TheTeams,
)
from triage.application import transfers as ask
from triage.application.teams import colleague, named_colleague
from triage.domain.allocating import Colleague

router = APIRouter(prefix="/api/v1", tags=["transfers"])

After = Annotated[str | None, Query(pattern=r"^[0-9A-Za-z:. -]{1,200}$")]
Limit = Annotated[int, Query(ge=1, le=200)]


@router.get("/transfers")
async def pending(
    access: ListingTransfers,
    cases: TheCases,
    side: Literal["to-us", "from-us"] = "to-us",
    after: After = None,
    limit: Limit = 50,
) -> Transfers:
    """What the caller's organisation is asked to take over, or has asked others; whoever must answer first, first."""
    read = ask.transfers_to if side == "to-us" else ask.transfers_from
    page = await read(access.caller.organisation, cases, after=after, limit=limit)
    items = [TransferAnswer.of(case, live) for case in page.items if (live := case.live_transfer)]
    return Transfers(items=items, next=page.next)


@router.get("/transfers/{transfer_id}")
async def record(
    transfer_id: PathId, _: ReadingTransfer, cases: TheCases, known: TheKnown, response: Response
) -> TransferredCase:
    """For the organisation that is asked: enough to decide by, without name and notes."""
    stored = await cases.read((await ask.case_of_transfer(transfer_id, cases)).id)
    case = stored.aggregate
    tag(response, stored.version)
    deaths = await known.deaths([case.person_id])
    transfer = TransferAnswer.of(case, case.transfer_by(transfer_id))
    return TransferredCase(transfer=transfer, case=InQueue.of(case, deaths))


@router.post("/transfers/{transfer_id}/accept")
async def accept(
    transfer_id: PathId,
    body: AcceptTransferBody,
    command: AnsweringTransfer,
    cases: TheCases,
    teams: TheTeams,
    clock: TheClock,
) -> CaseId:
    """The case is the caller's organisation's from now on."""
    by = await colleague(command.caller.subject, command.caller.organisation, teams)
    named: Colleague | None = None
    if body.key_worker is not None:
        named = by if body.team_id is None else await named_colleague(body.key_worker, body.team_id, teams)
        if named.subject != body.key_worker:
            raise ProblemRaised(422)
    case_id = await ask.accept_transfer(transfer_id, cases, clock, by=by, key_worker=named, expecting=command.expecting)
    return CaseId(case_id=case_id)


@router.post("/transfers/{transfer_id}/return")
async def return_(
    transfer_id: PathId, body: ReturnBody, command: AnsweringTransfer, cases: TheCases, clock: TheClock
) -> TransferId:
    """The caller's organisation does not take it over: the case has stayed with the sender."""
    by = Colleague(subject=command.caller.subject, organisation=command.caller.organisation)
    await ask.return_transfer(transfer_id, body.reason_code, cases, clock, by=by, expecting=command.expecting)
    return TransferId(case_id=(await ask.case_of_transfer(transfer_id, cases)).id, transfer_id=transfer_id)


@router.post("/cases/{case_id}/ask-transfer", status_code=201)
async def ask_transfer(
    case_id: PathId, body: TransferBody, command: Asking, cases: TheCases, clock: TheClock
) -> TransferId:
    """Ask another organisation to take the case over; without the person's agreement only some may."""
    if not body.agreed and not (command.access and command.access.sees("case.transfer-without-agreement")):
        raise ProblemRaised(403)
    await ask.ask_transfer(
        case_id, command.id, body.request(), cases, clock, by=command.caller.subject, expecting=command.expecting
    )
    return TransferId(case_id=case_id, transfer_id=command.id)


@router.post("/cases/{case_id}/revoke-transfer")
async def revoke(case_id: PathId, body: RevokeBody, command: Revoking, cases: TheCases, clock: TheClock) -> TransferId:
    """Take it back before it is answered."""
    by = await ask.on_behalf_of_holder(case_id, command.caller.subject, cases)
    await ask.revoke_transfer(
        case_id, body.transfer_id, body.reason_code, cases, clock, by=by, expecting=command.expecting
    )
    return TransferId(case_id=case_id, transfer_id=body.transfer_id)


@router.post("/cases/{case_id}/note-return")
async def note_return(case_id: PathId, command: Asking, cases: TheCases, clock: TheClock) -> CaseId:
    """The sender has seen that the case is back with them."""
    await ask.note_return(case_id, cases, clock, expecting=command.expecting)
    return CaseId(case_id=case_id)


@router.post("/cases/{case_id}/plan-review")
async def plan_review(
    case_id: PathId, body: ReviewBody, command: Reviewing, cases: TheCases, clock: TheClock
) -> CaseId:
    """Plan the next review by everybody who works with the person, or move it."""
    await ask.plan_review(
        case_id,
        command.id,
        body.due_on,
        cases,
        clock,
        attendees=tuple(body.attendees),
        by=command.caller.subject,
        expecting=command.expecting,
    )
    return CaseId(case_id=case_id)


@router.post("/cases/{case_id}/hold-review")
async def hold_review(
    case_id: PathId, body: HeldReviewBody, command: Reviewing, cases: TheCases, clock: TheClock
) -> ReviewId:
    """They have met."""
    await ask.hold_review(
        case_id,
        body.review_id,
        body.outcome,
        cases,
        clock,
        held_on=body.held_on,
        next_on=body.next_on,
        next_id=command.derived("next"),
        by=command.caller.subject,
        expecting=command.expecting,
    )
    return ReviewId(case_id=case_id, review_id=body.review_id)
