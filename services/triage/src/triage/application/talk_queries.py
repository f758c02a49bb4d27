"""What may be looked up of a conversation: the plan and its parts, and measures over time."""

from collections.abc import Sequence
from dataclasses import dataclass

from alliance.store import Stored
from triage.application.collections import Measurements, PersonalGoals, Plans, Risks
from triage.application.measures import measurements_of
from triage.application.plans import NOT_BEGUN
from triage.domain.measurement import Measurement
from triage.domain.pairing import Pair, Score, by_concept, pair_of
from triage.domain.personal_goal import PersonalGoal
from triage.domain.plan import Plan, plan_id_of
from triage.domain.risk import Risk
from triage.domain.talk_codes import GoalState


@dataclass(frozen=True, kw_only=True)
class TalkRecord:
    """`version` is `NOT_BEGUN` while nothing is written of the plan."""

    plan: Plan
    version: int
    goals: Sequence[PersonalGoal]
    """Those being worked on first, then as they were set."""
    risks: Sequence[Risk]
    """The open ones first, those to be looked at soonest before the others."""

    @property
    def open_goals(self) -> list[PersonalGoal]:
        return [goal for goal in self.goals if goal.state is GoalState.WORKING]

    @property
    def open_risks(self) -> list[Risk]:
        return [risk for risk in self.risks if not risk.closed]


@dataclass(frozen=True, kw_only=True)
class Series:
    """Scores of one concept over time, and what changed between the first and the last."""

    scores: Sequence[Score]
    pair: Pair | None

    @property
    def latest(self) -> Score:
        return self.scores[-1]


async def plan_of(case_id: str, person_id: str, plans: Plans) -> Stored[Plan]:
    """The plan of a case, or an empty one at version `NOT_BEGUN`."""
    if await plans.find(plan_id_of(case_id)) is None:
        return Stored(Plan.of(case_id, person_id), NOT_BEGUN)
    return await plans.read(plan_id_of(case_id))


async def talk_record(
    case_id: str, person_id: str, plans: Plans, personal_goals: PersonalGoals, risks: Risks
) -> TalkRecord:
    stored = await plan_of(case_id, person_id, plans)
    goals = await personal_goals.with_key("case_id", case_id)
    found = await risks.with_key("case_id", case_id)
    return TalkRecord(
        plan=stored.aggregate,
        version=stored.version,
        goals=sorted(goals, key=lambda goal: (goal.state is not GoalState.WORKING, goal.set_at, goal.id)),
        risks=sorted(found, key=lambda risk: (risk.closed, str(risk.now.look_again_on or "9"), risk.found_at, risk.id)),
    )


async def series_of(case_id: str, measurements: Measurements) -> tuple[list[Measurement], list[Series]]:
    """All measures of a case, and what counts of them as series."""
    found = await measurements_of(case_id, measurements)
    scores = by_concept(score for each in found for score in each.scores)
    return found, [Series(scores=line, pair=pair_of(line)) for line in scores.values()]
