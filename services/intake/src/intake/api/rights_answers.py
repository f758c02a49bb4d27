"""What the API answers about a person's rights."""

from datetime import datetime
from typing import Self

from pydantic import BaseModel, ConfigDict

from intake.domain.erasure import Erasure, ErasureState
from intake.domain.record_request import RecordRequest, RecordState
from intake.domain.rights import Hindrance


class RequestId(BaseModel):
    request_id: str


class HolderAnswer(BaseModel):
    """One service; `at` when it confirmed or answered, None while it is awaited."""

    service: str
    answered: bool
    at: datetime | None = None


class ErasureAnswer(BaseModel):
    id: str
    person_id: str
    state: ErasureState
    asked_at: datetime
    answer_by: datetime
    ground: str | None
    hindrances: tuple[Hindrance, ...]
    holders: list[HolderAnswer]
    confirm_by: datetime | None
    overdue: bool

    @classmethod
    def of(cls, erasure: Erasure) -> Self:
        decision = erasure.decision
        found = [(each, erasure.confirmed_at(each)) for each in erasure.holders]
        return cls(
            id=erasure.id,
            person_id=erasure.person_id,
            state=erasure.state,
            asked_at=erasure.asked_at,
            answer_by=erasure.answer_by,
            ground=decision.ground if decision else None,
            hindrances=decision.hindrances if decision else (),
            holders=[HolderAnswer(service=name, answered=at is not None, at=at) for name, at in found],
            confirm_by=erasure.confirm_by,
            overdue=erasure.overdue,
        )


class RecordRequestAnswer(BaseModel):
    id: str
    person_id: str
    state: RecordState
    asked_at: datetime
    answer_by: datetime
    holders: list[HolderAnswer]
    overdue: bool

    @classmethod
    def of(cls, request: RecordRequest) -> Self:
        return cls(
            id=request.id,
            person_id=request.person_id,
            state=request.state,
            asked_at=request.asked_at,
            answer_by=request.answer_by,
            holders=[HolderAnswer(service=each, answered=request.has_answered(each)) for each in request.holders],
            overdue=request.overdue,
        )


class RowAnswer(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    place: str
    service: str
    title: str
    label: str
    value: str
    about_others: bool


class WholeRecord(BaseModel):
    rows: list[RowAnswer]
