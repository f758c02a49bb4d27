"""What a person's referral spells, and a case's four weeks, do about what triage itself said; any order will do.

No mark is left on the documents: a repeat changes nothing.
"""

from collections.abc import Callable
from typing import Any

from alliance.contracts import triage
from alliance.kernel import NotYet
from alliance.messaging import Heard
from triage.application.collections import AllSpells, Cases
from triage.domain.scores import Scores
from triage.domain.spells import Spells
from triage.domain.waits import Targets

Scored = triage.OutcomeMeasured | triage.OutcomeCorrected


async def begin_spell(heard: Heard[triage.CaseOpened], spells: AllSpells, targets: Targets) -> None:
    said = heard.data
    received_at = said.received_at or heard.time
    await _note(spells, targets, said, lambda all_: all_.note_opened(said.case_id, received_at=received_at))


async def end_spell(heard: Heard[triage.CaseClosed], spells: AllSpells, targets: Targets) -> None:
    said = heard.data
    await _note(spells, targets, said, lambda all_: all_.note_closed(said.case_id, at=said.at))


async def resume_spell(heard: Heard[triage.CaseReopened], spells: AllSpells, targets: Targets) -> None:
    said = heard.data
    await _note(spells, targets, said, lambda all_: all_.note_reopened(said.case_id, closed_at=said.closed_at))


async def count_contact(heard: Heard[triage.ConversationHeld], spells: AllSpells, targets: Targets) -> None:
    said = heard.data
    assessed = bool(said.need_areas)
    await _note(spells, targets, said, lambda all_: all_.note_contact(said.case_id, at=said.held_at, assessed=assessed))


async def count_support(heard: Heard[triage.SupportStartedV2], spells: AllSpells, targets: Targets) -> None:
    said = heard.data
    await _note(spells, targets, said, lambda all_: all_.note_started(said.case_id, at=said.started_at))


async def count_plan(heard: Heard[triage.PlanAgreed], spells: AllSpells, targets: Targets) -> None:
    said = heard.data
    await _note(spells, targets, said, lambda all_: all_.note_planned(said.case_id, at=said.at))


async def count_scores(heard: Heard[Scored], spells: AllSpells, targets: Targets) -> None:
    said, scores = heard.data, _scores(heard)
    await _note(spells, targets, said, lambda all_: all_.note_scores(said.case_id, scores))


async def tell_case_of_scores(heard: Heard[Scored], cases: Cases) -> None:
    scores = _scores(heard)
    if await cases.find(heard.data.case_id) is None:
        raise NotYet("the case is not here yet")
    await cases.change(heard.data.case_id, lambda case: case.note_scores(scores), remember=False)


def _scores(heard: Heard[Scored]) -> Scores:
    said = heard.data
    counts = said.score is not None
    return Scores.one(said.measurement_id, said.measured_on if counts else None, sequence=heard.envelope.sequence)


async def _note(spells: AllSpells, targets: Targets, said: Any, act: Callable[[Spells], None]) -> None:
    person_id: str = said.person_id
    await spells.change_or_add(person_id, lambda: Spells(id=person_id, rule=targets.full_stop), act, remember=False)
