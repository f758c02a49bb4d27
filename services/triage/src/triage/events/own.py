"""What triage does about what it said itself: a plan, a measure and a case are documents of their own."""

from alliance.contracts import triage
from alliance.kernel import NotYet
from alliance.messaging import Heard
from triage.application.collections import Cases, UnfinishedTalks
from triage.domain.codes import SafetyKind
from triage.domain.unfinished import unfinished_id_of


async def finish_talk(heard: Heard[triage.ConversationHeld], unfinished: UnfinishedTalks) -> None:
    """What the worker had saved of the conversation that is recorded now is not needed any more."""
    id_ = unfinished_id_of(heard.data.case_id, heard.envelope.actor)
    if await unfinished.find(id_) is not None:
        recorded_at = heard.envelope.time
        await unfinished.change(id_, lambda talk: talk.finish(recorded_at=recorded_at), remember=False)


async def note_plan_agreed(heard: Heard[triage.PlanAgreed], cases: Cases) -> None:
    said = heard.data
    await _there(said.case_id, cases)
    await cases.change(said.case_id, lambda case: case.note_plan_agreed(said.at), remember=False)


async def raise_measured_concern(heard: Heard[triage.RiskFlagged], cases: Cases) -> None:
    """An answer says that somebody may be in danger: to the top. Refused (`CaseAlreadyClosed`) as for any concern."""
    said = heard.data
    await _there(said.case_id, cases)
    await cases.change(said.case_id, lambda case: case.raise_concern(SafetyKind(said.kind), at=said.at))


async def say_closed_to_measure(heard: Heard[triage.RiskFlagged], cases: Cases) -> None:
    """Nobody shall believe that triage is on it: a measure was corrected after the case had closed."""
    said = heard.data
    await cases.change(said.case_id, lambda case: case.answer_concern_after_closing(SafetyKind(said.kind), at=said.at))


async def _there(case_id: str, cases: Cases) -> None:
    """The case was there when this was said, so it will be."""
    if await cases.find(case_id) is None:
        raise NotYet("the case is not here yet")
