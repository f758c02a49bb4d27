"""What may be asked of a transfer between organisations. The case is the lock: one live transfer at a time."""

from datetime import date, timedelta

from alliance.kernel import Clock, Unknown
from alliance.store import Page
from triage.application.collections import Cases
from triage.domain.allocating import Colleague
from triage.domain.case import Case
from triage.domain.codes import ReviewOutcome
from triage.domain.transfer import ReturnReason, RevokeReason
from triage.domain.transferring import Request

ANSWER_WITHIN = timedelta(days=7)
"""Then it lapses, and the sender goes on (the alliance's own)."""


async def ask_transfer(
    id_: str, transfer_id: str, request: Request, cases: Cases, clock: Clock, *, by: str, expecting: int | None = None
) -> None:
    at = clock.now()
    await cases.change(
        id_,
        lambda case: case.ask_transfer(transfer_id, request, by=by, at=at, answer_by=at + ANSWER_WITHIN),
        expecting=expecting,
    )


async def accept_transfer(
    transfer_id: str,
    cases: Cases,
    clock: Clock,
    *,
    by: Colleague,
    key_worker: Colleague | None = None,
    expecting: int | None = None,
) -> str:
    """The id of the case, which is theirs now. Raises `Unknown`."""
    at, case = clock.now(), await case_of_transfer(transfer_id, cases)
    await cases.change(
        case.id,
        lambda case: case.accept_transfer(transfer_id, by=by, key_worker=key_worker, at=at),
        expecting=expecting,
    )
    return case.id


async def return_transfer(
    transfer_id: str, reason: ReturnReason, cases: Cases, clock: Clock, *, by: Colleague, expecting: int | None = None
) -> None:
    at, case = clock.now(), await case_of_transfer(transfer_id, cases)
    await cases.change(
        case.id, lambda case: case.return_transfer(transfer_id, reason, by=by, at=at), expecting=expecting
    )


async def revoke_transfer(
    id_: str,
    transfer_id: str,
    reason: RevokeReason,
    cases: Cases,
    clock: Clock,
    *,
    by: Colleague,
    expecting: int | None = None,
) -> None:
    at = clock.now()
    await cases.change(id_, lambda case: case.revoke_transfer(transfer_id, reason, by=by, at=at), expecting=expecting)


async def on_behalf_of_holder(id_: str, subject: str, cases: Cases) -> Colleague:
    """Somebody who may act for whoever holds the case, be they of another organisation: a named worker, say."""
    return Colleague(subject=subject, organisation=(await cases.get(id_)).organisation)


async def note_return(id_: str, cases: Cases, clock: Clock, *, expecting: int | None = None) -> None:
    at = clock.now()
    await cases.change(id_, lambda case: case.note_return(at=at), expecting=expecting)


async def case_of_transfer(transfer_id: str, cases: Cases) -> Case:
    """The case whose last transfer it is. Raises `Unknown`."""
    found = await cases.with_key("transfer", transfer_id, limit=1)
    if not found:
        raise Unknown("There is nothing by that id here.")
    return found[0]


async def transfers_to(organisation: str, cases: Cases, *, after: str | None = None, limit: int) -> Page[Case]:
    """What others ask an organisation to take over; whoever must be answered first comes first."""
    return await cases.page("transfer_to", f"{organisation} ", after=after, limit=limit)


async def transfers_from(organisation: str, cases: Cases, *, after: str | None = None, limit: int) -> Page[Case]:
    return await cases.page("transfer_from", f"{organisation} ", after=after, limit=limit)


async def back_with(organisation: str, cases: Cases, *, limit: int) -> list[Case]:
    """What an organisation has back and has not taken note of, the oldest first."""
    return (await cases.page("back_with_sender", f"{organisation} ", limit=limit)).items


async def unallocated(organisation: str, cases: Cases, *, limit: int) -> list[Case]:
    """The cases of an organisation for which nobody answers, in the order of the queue."""
    return (await cases.page("unallocated", f"{organisation} ", limit=limit)).items


async def plan_review(
    id_: str,
    review_id: str,
    due_on: date,
    cases: Cases,
    clock: Clock,
    *,
    attendees: tuple[str, ...],
    by: str,
    expecting: int | None = None,
) -> None:
    at = clock.now()
    await cases.change(
        id_,
        lambda case: case.plan_review(review_id, due_on, attendees=attendees, by=by, at=at),
        expecting=expecting,
    )


async def hold_review(
    id_: str,
    review_id: str,
    outcome: ReviewOutcome,
    cases: Cases,
    clock: Clock,
    *,
    held_on: date,
    next_on: date | None,
    next_id: str,
    by: str,
    expecting: int | None = None,
) -> None:
    now = clock.now()
    await cases.change(
        id_,
        lambda case: case.hold_review(
            review_id, outcome, held_on=held_on, next_on=next_on, next_id=next_id, by=by, now=now
        ),
        expecting=expecting,
    )
