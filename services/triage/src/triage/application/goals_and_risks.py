"""What may be asked about a person's goals and about risks: each is a document of its own."""

from alliance.kernel import Clock
from triage.application.collections import Cases, PersonalGoals, Risks
from triage.domain.codes import Goal
from triage.domain.personal_goal import PersonalGoal, Progress
from triage.domain.refusals import GoalNotThere, RiskNotThere
from triage.domain.risk import Particulars, Risk
from triage.domain.talk_codes import GoalState


async def set_goal(
    case_id: str,
    goal_id: str,
    words: str,
    tag: Goal,
    how_we_know: str,
    cases: Cases,
    personal_goals: PersonalGoals,
    clock: Clock,
    *,
    by: str,
) -> None:
    case = await cases.get(case_id)
    case.must_be_open()
    await personal_goals.add(
        PersonalGoal(
            id=goal_id,
            case_id=case_id,
            person_id=case.person_id,
            words=words,
            tag=tag,
            how_we_know=how_we_know,
            set_at=clock.now(),
            set_by=by,
        )
    )


async def note_progress(
    case_id: str,
    goal_id: str,
    words: str,
    state: GoalState,
    cases: Cases,
    personal_goals: PersonalGoals,
    clock: Clock,
    *,
    by: str,
    expecting: int | None = None,
) -> None:
    (await cases.get(case_id)).must_be_open()
    await goal_of(case_id, goal_id, personal_goals)
    progress = Progress(words=words, state=state, at=clock.now(), by=by)
    await personal_goals.change(goal_id, lambda goal: goal.note_progress(progress), expecting=expecting)


async def goal_of(case_id: str, goal_id: str, personal_goals: PersonalGoals) -> PersonalGoal:
    """Raises `GoalNotThere`, also for a goal of another case."""
    goal = await personal_goals.find(goal_id)
    if goal is None or goal.case_id != case_id:
        raise GoalNotThere("The case has no such goal.")
    return goal


async def record_risk(
    case_id: str, risk_id: str, particulars: Particulars, cases: Cases, risks: Risks, clock: Clock, *, by: str
) -> None:
    case = await cases.get(case_id)
    case.must_be_open()
    await risks.add(
        Risk(
            id=risk_id,
            case_id=case_id,
            person_id=case.person_id,
            now=particulars,
            found_at=clock.now(),
            found_by=by,
        )
    )


async def review_risk(
    case_id: str,
    risk_id: str,
    particulars: Particulars,
    words: str,
    risks: Risks,
    clock: Clock,
    *,
    by: str,
    close: bool,
    expecting: int | None = None,
) -> None:
    """Look at a risk again; also when the case has closed meanwhile, so that no risk stays open for ever."""
    await risk_of(case_id, risk_id, risks)
    at = clock.now()
    await risks.change(
        risk_id, lambda risk: risk.review(particulars, words, by=by, at=at, close=close), expecting=expecting
    )


async def risk_of(case_id: str, risk_id: str, risks: Risks) -> Risk:
    """Raises `RiskNotThere`, also for a risk of another case."""
    risk = await risks.find(risk_id)
    if risk is None or risk.case_id != case_id:
        raise RiskNotThere("The case has no such risk.")
    return risk
