"""A person's rights over what is held of them: to be erased, and to have a copy of all of it."""

from fastapi import APIRouter, Response
from pydantic import Field

from alliance.web import Body, PathId, tag
from intake.api.giving import (
    AskingForRights,
    DecidingErasure,
    ReadingErasure,
    ReadingRecordRequest,
    ReleasingRecord,
    SeeingRecord,
    StartingRecord,
    TheClock,
    TheErasures,
    TheKeeping,
    TheKnown,
    ThePeople,
    TheRecordParts,
    TheRecordRequests,
    TheRightsTerms,
)
from intake.api.rights_answers import ErasureAnswer, RecordRequestAnswer, RequestId, RowAnswer, WholeRecord
from intake.application import rights as ask
from intake.application.packaging import parts_of, rows_of
from intake.domain.rights import AskedBy, ErasureGround, Hindrance, IdentityCheck, RefusalGround

router = APIRouter(prefix="/api/v1", tags=["rights"])


class Identified(Body):
    """How we know that it is them."""

    identity: IdentityCheck


class Decided(Body):
    """Agreed where the ground is one of Article 17(1), refused where it is one of Article 17(3)."""

    ground: ErasureGround | RefusalGround
    legal_hold: bool = False
    identity: IdentityCheck | None = None
    """Needed to agree to what was asked on a status page."""


class Released(Body):
    """`left_out`: the places of rows that tell of somebody else."""

    left_out: list[str] = Field(default_factory=list, max_length=10_000)


@router.post("/people/{person_id}/erasures", status_code=201)
async def ask_for_erasure(
    person_id: PathId,
    body: Identified,
    command: AskingForRights,
    erasures: TheErasures,
    people: ThePeople,
    clock: TheClock,
) -> RequestId:
    """Write down that the person wants to be erased; the governance lead decides."""
    made = await ask.ask_for_erasure(
        command.id,
        person_id,
        erasures,
        people,
        clock,
        asked_by=AskedBy.STAFF,
        identity=body.identity,
        by=command.caller.subject,
    )
    return RequestId(request_id=made.id)


@router.get("/erasures/{erasure_id}")
async def erasure(erasure_id: PathId, _: ReadingErasure, erasures: TheErasures, response: Response) -> ErasureAnswer:
    """What became of a request: decided how, and who has confirmed."""
    stored = await erasures.read(erasure_id)
    tag(response, stored.version)
    return ErasureAnswer.of(stored.aggregate)


@router.post("/erasures/{erasure_id}/decide")
async def decide(
    erasure_id: PathId,
    body: Decided,
    command: DecidingErasure,
    erasures: TheErasures,
    keeping: TheKeeping,
    record_requests: TheRecordRequests,
    known: TheKnown,
    clock: TheClock,
) -> RequestId:
    """Agree or refuse."""
    wanted = await erasures.get(erasure_id)
    found = await ask.hindrances_of(wanted.person_id, keeping, record_requests, known)
    if body.legal_hold and Hindrance.LEGAL_HOLD not in found:
        found.append(Hindrance.LEGAL_HOLD)
    await ask.decide_erasure(
        erasure_id,
        body.ground,
        erasures,
        found,
        clock,
        by=command.caller.subject,
        identity=body.identity,
        expecting=command.expecting,
    )
    return RequestId(request_id=erasure_id)


@router.post("/erasures/{erasure_id}/erase")
async def erase(
    erasure_id: PathId,
    command: DecidingErasure,
    erasures: TheErasures,
    keeping: TheKeeping,
    record_requests: TheRecordRequests,
    known: TheKnown,
    rights_terms: TheRightsTerms,
    clock: TheClock,
) -> RequestId:
    """Erase the person everywhere. It cannot be undone."""
    wanted = await erasures.get(erasure_id)
    found = await ask.hindrances_of(wanted.person_id, keeping, record_requests, known)
    await ask.erase_person(
        erasure_id,
        erasures,
        found,
        known,
        rights_terms,
        clock,
        by=command.caller.subject,
        expecting=command.expecting,
    )
    return RequestId(request_id=erasure_id)


@router.post("/people/{person_id}/record-requests", status_code=201)
async def ask_for_record(
    person_id: PathId,
    body: Identified,
    command: AskingForRights,
    record_requests: TheRecordRequests,
    people: ThePeople,
    known: TheKnown,
    rights_terms: TheRightsTerms,
    clock: TheClock,
) -> RequestId:
    """Ask every service for its part of the person's record."""
    made = await ask.ask_for_record(
        command.id,
        person_id,
        record_requests,
        people,
        known,
        rights_terms,
        clock,
        asked_by=AskedBy.STAFF,
        identity=body.identity,
        by=command.caller.subject,
    )
    return RequestId(request_id=made.id)


@router.get("/record-requests/{record_request_id}")
async def record_request(
    record_request_id: PathId, _: ReadingRecordRequest, record_requests: TheRecordRequests, response: Response
) -> RecordRequestAnswer:
    """Who has answered, and until when the person has to be."""
    stored = await record_requests.read(record_request_id)
    tag(response, stored.version)
    return RecordRequestAnswer.of(stored.aggregate)


@router.post("/record-requests/{record_request_id}/start")
async def start(
    record_request_id: PathId,
    body: Identified,
    command: StartingRecord,
    record_requests: TheRecordRequests,
    known: TheKnown,
    rights_terms: TheRightsTerms,
    clock: TheClock,
) -> RequestId:
    """For what somebody asked on their status page: it is them, gather it."""
    await ask.start_gathering(
        record_request_id,
        body.identity,
        record_requests,
        known,
        rights_terms,
        clock,
        by=command.caller.subject,
        expecting=command.expecting,
    )
    return RequestId(request_id=record_request_id)


@router.get("/record-requests/{record_request_id}/record")
async def whole_record(
    record_request_id: PathId, _: SeeingRecord, record_requests: TheRecordRequests, record_parts: TheRecordParts
) -> WholeRecord:
    """What has been gathered so far, without what was left out."""
    request = await record_requests.get(record_request_id)
    rows = rows_of(await parts_of(request.id, record_parts), request.left_out)
    return WholeRecord(rows=[RowAnswer.model_validate(row) for row in rows])


@router.post("/record-requests/{record_request_id}/release")
async def release(
    record_request_id: PathId,
    body: Released,
    command: ReleasingRecord,
    record_requests: TheRecordRequests,
    clock: TheClock,
) -> RequestId:
    """The person gets it, without the rows that tell of somebody else."""
    await ask.release_record(
        record_request_id,
        body.left_out,
        record_requests,
        clock,
        by=command.caller.subject,
        expecting=command.expecting,
    )
    return RequestId(request_id=record_request_id)
