"""What triage says: each fact, and the event that announces it."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from alliance.contracts import triage
from alliance.contracts.saying import Sayings, Spoken, say, say_by
from alliance.kernel import Fact
from triage.domain import facts, wait_facts
from triage.domain.waits import OPENING_CLOCKS

_OF_OFFER = ("offer_id", "case_id", "person_id", "offer_kind", "provider_id", "service_id")


def _in_both_versions(started: facts.SupportStarted) -> Iterable[Spoken]:
    """Version 1 beside version 2 until nobody hears version 1 any more."""
    same = {name: getattr(started, name) for name in _OF_OFFER}
    return [
        Spoken(triage.SupportStarted.model_validate({**same, "at": started.at})),
        Spoken(
            triage.SupportStartedV2.model_validate(
                {
                    **same,
                    "started_at": started.at,
                    "waited_days": started.waited_days,
                    "weekly_cost_pence": started.weekly_cost_pence,
                }
            )
        ),
    ]


def _missed(missed: facts.WaitTargetMissed) -> Iterable[Spoken]:
    """Version 2 of every clock; version 1 beside it of those that it knows."""
    values = _values(missed)
    if missed.clock in OPENING_CLOCKS:
        yield Spoken(triage.WaitTargetMissed.model_validate(values))
    yield Spoken(triage.WaitTargetMissedV2.model_validate(values))


def _corrected(corrected: facts.WaitTargetMissCorrected) -> Iterable[Spoken]:
    """Version 1 must name an end: where there is none, the moment at which the clock stood still."""
    values = _values(corrected)
    if corrected.clock in OPENING_CLOCKS:
        yield Spoken(triage.WaitTargetMissCorrected.model_validate({**values, "ended_at": corrected.stopped_at}))
    yield Spoken(triage.WaitTargetMissCorrectedV2.model_validate(values))


def _values(fact: Fact) -> dict[str, Any]:
    return {field.name: getattr(fact, field.name) for field in fields(fact)}


says = Sayings(
    say(facts.CaseOpened, triage.CaseOpened),
    say(facts.PriorityChanged, triage.PriorityChanged),
    say(wait_facts.WaitAtRisk, triage.WaitAtRisk),
    say_by(facts.WaitTargetMissed, triage.WaitTargetMissed, triage.WaitTargetMissedV2, by=_missed),
    say_by(
        facts.WaitTargetMissCorrected,
        triage.WaitTargetMissCorrected,
        triage.WaitTargetMissCorrectedV2,
        by=_corrected,
    ),
    say(wait_facts.WaitPaused, triage.WaitPaused),
    say(wait_facts.PauseChanged, triage.PauseChanged),
    say(facts.ConversationHeld, triage.ConversationHeld),
    say(facts.PlanAgreed, triage.PlanAgreed),
    say(facts.OutcomeMeasured, triage.OutcomeMeasured),
    say(facts.OutcomeCorrected, triage.OutcomeCorrected),
    say(facts.RiskFlagged, triage.RiskFlagged),
    say(facts.SupportOffered, triage.SupportOffered),
    say(facts.SupportAccepted, triage.SupportAccepted),
    say(facts.SupportDeclined, triage.SupportDeclined),
    say(facts.SupportLapsed, triage.SupportLapsed),
    say(facts.SupportWithdrawn, triage.SupportWithdrawn),
    say(facts.DirectoryAssuranceLapsed, triage.DirectoryAssuranceLapsed),
    say_by(facts.SupportStarted, triage.SupportStarted, triage.SupportStartedV2, by=_in_both_versions),
    say(facts.SupportEnded, triage.SupportEnded),
    say(facts.SecondaryCareIntroduced, triage.SecondaryCareIntroduced),
    say(facts.IpsaIntroduced, triage.IpsaIntroduced),
    say(facts.CaseClosed, triage.CaseClosed),
    say(facts.KeyWorkerNamed, triage.KeyWorkerNamed),
    say(facts.TransferAsked, triage.TransferAsked),
    say(facts.TransferAccepted, triage.TransferAccepted),
    say(facts.TransferReturned, triage.TransferReturned),
    say(facts.TransferRevoked, triage.TransferRevoked),
    say(facts.TransferLapsed, triage.TransferLapsed),
    say(facts.ReviewDue, triage.ReviewDue),
    say(facts.ReviewOverdue, triage.ReviewOverdue),
    say(facts.ReviewHeld, triage.ReviewHeld),
    say(wait_facts.CaseReopened, triage.CaseReopened),
)
