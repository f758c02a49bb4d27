"""What happened with plans, goals and measures, for the history of a case: that it happened, not what was written."""

from collections.abc import Iterator, Sequence

from alliance.web.pages.timeline import Moment
from triage.application.talk_queries import TalkRecord
from triage.domain.measurement import Measurement
from triage.domain.talk_codes import GoalState
from triage.pages.talk_words import GOAL_COLOURS
from triage.pages.words import label


def plan_moments(found: TalkRecord) -> Iterator[Moment]:
    for version in found.plan.versions:
        where = f"/cases/{found.plan.case_id}/plan/versions/{version.number}"
        tag, colour = ("Agreed", "green") if version.agreed else ("Not agreed", "orange")
        yield Moment(version.at, f"Plan {version.number} gone through", tag=tag, colour=colour, href=where)
    for goal in found.goals:
        where = f"/cases/{goal.case_id}/goals/{goal.id}"
        yield Moment(goal.set_at, "Goal set", detail=label(goal.tag), href=where)
        for told in goal.progress:
            if told.state is not GoalState.WORKING:
                tag = label(told.state)
                yield Moment(told.at, "Goal ended", tag=tag, colour=GOAL_COLOURS[told.state], href=where)
    for risk in found.risks:
        yield Moment(risk.found_at, "Risk written down", detail=label(risk.now.kind))
        for look in risk.looks:
            yield Moment(look.at, "Risk closed" if look.closed else "Risk looked at again", detail=label(risk.now.kind))


def measure_moments(measurements: Sequence[Measurement]) -> Iterator[Moment]:
    for each in measurements:
        where = f"/cases/{each.case_id}/measures/{each.id}"
        first = each.entries[0]
        yield Moment(first.entered_at, f"{label(each.tool)} entered", href=where)
        for entry in each.entries[1:]:
            yield Moment(entry.entered_at, f"{label(each.tool)} corrected", href=where)
        if each.taken_back:
            yield Moment(each.taken_back.at, f"{label(each.tool)} taken back", href=where)
