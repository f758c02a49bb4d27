"""What the import of another directory's services takes and answers."""

from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field

from alliance.web import Body
from triage.application.importing import MOST_SERVICES, Becomes, Report
from triage.domain.codes import Support


class StandardBody(Body):
    """`services` as HSDS 3.0 has them. `kind`: of those that do not say it by a term of `living-well-support`."""

    kind: Support
    check: bool = False
    services: list[dict[str, Any]] = Field(min_length=1, max_length=MOST_SERVICES)


class ServiceOutcome(BaseModel):
    """What became of one, by its place in the list from 1. `left_out`: what we cannot hold."""

    model_config = ConfigDict(from_attributes=True)

    row: int
    name: str
    becomes: Becomes
    id: str | None
    why: str
    left_out: list[str]


class StandardReport(BaseModel):
    new: int
    changed: int
    same: int
    refused: int
    services: list[ServiceOutcome]

    @classmethod
    def of(cls, report: Report) -> Self:
        return cls(
            **{each.value: report.count(each) for each in Becomes},
            services=[ServiceOutcome.model_validate(each) for each in report.outcomes],
        )
