"""A conversation that leads to a plan, with a measure before and after."""

from datetime import timedelta

from alliance.kernel import SystemClock
from alliance_deploy.demo.journey import Journey, must
from alliance_deploy.demo.journeys.beginnings import is_accepted, is_introduced
from alliance_deploy.demo.journeys.conversations import conversation

BEFORE, AFTER = [3, 3, 3, 2, 2, 2, 2, 1, 0], [1, 1, 1, 1, 1, 2, 1, 1, 0]
"""PHQ-9, item by item: 18 and 9; a fall of 6 or more is a reliable one, and item 9 stays at nothing."""


async def plan_and_measures(journey: Journey) -> None:
    introduction = await is_introduced(
        journey, "Planny", way_in="phone", source_code="B1", help_areas=["mental-health", "money"]
    )
    case_id = await is_accepted(journey, introduction)
    triage, today = journey["triage"], SystemClock().now().date()
    async with journey.step("somebody takes the case on, and is its key worker"):
        await triage.tell(f"cases/{case_id}/take-on")
    await conversation(journey, case_id)
    async with journey.step("PHQ-9 is filled in, as it was a month ago and as it is now"):
        for days, answers in ((30, BEFORE), (0, AFTER)):
            answered = {
                "tool": "phq-9",
                "answers": answers,
                "measured_on": (today - timedelta(days=days)).isoformat(),
                "filled_in_by": "with-worker",
            }
            await triage.tell(f"cases/{case_id}/measures", answered)
    async with journey.step("a goal is set, and Planny agrees to a plan"):
        goal = await triage.tell(f"cases/{case_id}/goals", {"words": "My own front door key.", "tag": "own-choices"})
        plan = {"agreed": True, "summary": "Made up, like everybody here.", "goal_ids": [goal["goal_id"]]}
        await triage.tell(f"cases/{case_id}/plan/versions", plan)
    async with journey.step("the case closes, and its plan stays"):
        await triage.tell(f"cases/{case_id}/close", {"outcome": "goals-met"})
        kept = await triage.ask(f"cases/{case_id}/plan")
        must(len(kept["versions"]) == 1, "the plan is not kept")
