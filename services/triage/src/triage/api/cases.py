"""Cases, as the people who hold the conversation work with them."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from alliance.store import Page
from alliance.web import PathId, tag
from alliance.web.fields import UUID_PATTERN
from triage.api.answers import CaseId, InQueue, Queue, WholeCase
from triage.api.bodies import Closing as ClosingBody
from triage.api.bodies import ConversationBody, IpsaBody, PriorityBody, SecondaryCareBody
from triage.api.giving import (
    Closing,
    Holding,
    Introducing,
    Listing,
    Prioritising,
    Reading,
    TheCases,
    TheClock,
    TheHomeSearches,
    TheKnown,
)
from triage.application import cases as ask
from triage.application.queries import case_record, work_queue

router = APIRouter(prefix="/api/v1/cases", tags=["cases"])

After = Annotated[str | None, Query(pattern=r"^open:[0-9A-Za-z:.-]{1,150}$")]
Limit = Annotated[int, Query(ge=1, le=200)]
OfIntroduction = Annotated[str | None, Query(pattern=UUID_PATTERN)]


@router.get("")
async def queue(
    _: Listing,
    cases: TheCases,
    known: TheKnown,
    introduction_id: OfIntroduction = None,
    after: After = None,
    limit: Limit = 50,
) -> Queue:
    """The work queue, or the cases of one introduction whether in the queue or not."""
    if introduction_id is not None:
        page = Page(await cases.with_key("introduction_id", introduction_id), None)
    else:
        page = await work_queue(cases, after=after, limit=limit)
    deaths = await known.deaths([case.person_id for case in page.items])
    return Queue(items=[InQueue.of(case, deaths) for case in page.items], next=page.next)


@router.get("/{case_id}")
async def record(
    case_id: PathId,
    access: Reading,
    cases: TheCases,
    known: TheKnown,
    searches: TheHomeSearches,
    response: Response,
) -> WholeCase:
    """All that is known of one case."""
    found = await case_record(case_id, cases, known, searches, reader=access.caller.organisation)
    tag(response, found.stored.version)
    return WholeCase.from_record(found, access)


@router.post("/{case_id}/hold-conversation")
async def hold_conversation(
    case_id: PathId, body: ConversationBody, command: Holding, cases: TheCases, clock: TheClock
) -> CaseId:
    """The conversation took place."""
    await ask.hold_conversation(case_id, body.conversation(command.id), cases, clock, expecting=command.expecting)
    return CaseId(case_id=case_id)


@router.post("/{case_id}/change-priority")
async def change_priority(
    case_id: PathId, body: PriorityBody, command: Prioritising, cases: TheCases, clock: TheClock
) -> CaseId:
    """Raise or lower the priority; this also answers the safety concerns known so far."""
    await ask.change_priority(
        case_id,
        body.priority,
        cases,
        clock,
        reason_code=body.reason_code,
        by=command.caller.subject,
        expecting=command.expecting,
    )
    return CaseId(case_id=case_id)


@router.post("/{case_id}/introduce-to-secondary-care")
async def introduce_to_secondary_care(
    case_id: PathId, body: SecondaryCareBody, command: Introducing, cases: TheCases, clock: TheClock
) -> CaseId:
    """Introduce the person to a team of the trust."""
    await ask.introduce_to_secondary_care(case_id, body.team_type, cases, clock, expecting=command.expecting)
    return CaseId(case_id=case_id)


@router.post("/{case_id}/introduce-to-ipsa")
async def introduce_to_ipsa(
    case_id: PathId,
    body: IpsaBody,
    command: Introducing,
    cases: TheCases,
    searches: TheHomeSearches,
    clock: TheClock,
) -> CaseId:
    """The person is to have a home of their own: housing opens a placement, another once the last search is over."""
    await ask.introduce_to_ipsa(case_id, body.profile(), cases, searches, clock, expecting=command.expecting)
    return CaseId(case_id=case_id)


@router.post("/{case_id}/close")
async def close(case_id: PathId, body: ClosingBody, command: Closing, cases: TheCases, clock: TheClock) -> CaseId:
    """The work is done."""
    await ask.close_case(
        case_id,
        body.outcome,
        cases,
        clock,
        by=command.caller.subject,
        reason_code=body.reason_code,
        expecting=command.expecting,
    )
    return CaseId(case_id=case_id)
