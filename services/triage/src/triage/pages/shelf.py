"""What is written beside a case: its plan, goals, risks and measures, and what the reader may see of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends

from alliance.access import Access
from alliance.web.pages.timeline import Moment
from triage.api.giving import TheCases, TheGoals, TheMeasurements, ThePlans, TheRisks, TheUnfinished
from triage.application.talk_queries import Series, TalkRecord, series_of, talk_record
from triage.domain.case import Case
from triage.domain.case_file import State
from triage.domain.measurement import Measurement
from triage.domain.unfinished import Notes, unfinished_id_of
from triage.pages.talk_moments import measure_moments, plan_moments


@dataclass(frozen=True, kw_only=True)
class Beside:
    """What the case page tells of it; None where the reader does not see it."""

    talk: TalkRecord | None
    measurements: Sequence[Measurement]
    series: Sequence[Series] | None
    may_write: bool
    may_measure: bool
    unfinished: bool
    """Whether the reader has saved a conversation to finish later."""

    @property
    def moments(self) -> list[Moment]:
        return [*(plan_moments(self.talk) if self.talk else []), *measure_moments(self.measurements)]


class Shelf:
    """The stores of what is written beside a case."""

    def __init__(
        self,
        cases: TheCases,
        plans: ThePlans,
        goals: TheGoals,
        risks: TheRisks,
        measurements: TheMeasurements,
        unfinished: TheUnfinished,
    ) -> None:
        self.cases, self.plans, self.goals, self.risks = cases, plans, goals, risks
        self.measurements, self.unfinished = measurements, unfinished

    async def talk(self, case: Case) -> TalkRecord:
        return await talk_record(case.id, case.person_id, self.plans, self.goals, self.risks)

    async def notes(self, case: Case, subject: str) -> Notes | None:
        """What this worker has saved of a conversation that is not recorded yet."""
        kept = await self.unfinished.find(unfinished_id_of(case.id, subject))
        notes = kept.notes if kept else None
        if notes and any(talk.notes == notes.notes for talk in case.conversations):
            return None
        return notes

    async def beside(self, case: Case, access: Access) -> Beside:
        measures = access.sees("case.see-measures")
        found, series = await series_of(case.id, self.measurements) if measures else ([], None)
        working = case.state is State.OPEN
        return Beside(
            talk=await self.talk(case) if access.sees("case.see-plan") else None,
            measurements=found,
            series=series,
            may_write=working and access.sees("case.write-plan"),
            may_measure=working and access.sees("case.measure"),
            unfinished=working and await self.notes(case, access.caller.subject) is not None,
        )


TheShelf = Annotated[Shelf, Depends(Shelf)]
