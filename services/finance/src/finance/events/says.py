"""What finance says: the fact of the domain, and the contract event that announces it."""

from typing import Any

from alliance.contracts import finance
from alliance.contracts.saying import Sayings, Spoken, say, say_by
from finance.domain import facts
from finance.domain.funding import Figures


def _opened(fact: facts.CommitmentOpened) -> list[Spoken]:
    event = finance.CommitmentOpened(
        commitment_id=fact.commitment_id,
        placement_id=fact.placement_id,
        person_id=fact.person_id,
        year=fact.year,
        weekly_pence=fact.weekly_pence,
        previous_weekly_pence=fact.previous_weekly_pence,
        start=fact.start,
        end=fact.end,
        total_pence=fact.figures.total_pence,
        saving_pence=fact.figures.saving_pence,
        funding_split=_shares(fact.figures),
    )
    return [Spoken(event)]


def _restated(fact: facts.CommitmentRestated) -> list[Spoken]:
    values = _before_and_after(fact) | {
        "start_before": fact.start_before,
        "reason_code": fact.reason_code,
    }
    return [Spoken(finance.CommitmentRestated.model_validate(values))]


def _ended(fact: facts.CommitmentEnded) -> list[Spoken]:
    return [Spoken(finance.CommitmentEnded.model_validate(_before_and_after(fact)))]


def _before_and_after(fact: facts.CommitmentRestated | facts.CommitmentEnded) -> dict[str, Any]:
    return {
        "commitment_id": fact.commitment_id,
        "placement_id": fact.placement_id,
        "person_id": fact.person_id,
        "year": fact.year,
        "start": fact.start,
        "end": fact.end,
        "total_pence_before": fact.before.total_pence,
        "total_pence": fact.after.total_pence,
        "saving_pence_before": fact.before.saving_pence,
        "saving_pence": fact.after.saving_pence,
        "funding_split_before": _shares(fact.before),
        "funding_split": _shares(fact.after),
    }


def _shares(figures: Figures) -> tuple[finance.FunderShare, ...]:
    return tuple(finance.FunderShare(funder_id=funder, pence=pence) for funder, pence in figures.funding_split)


says = Sayings(
    say_by(facts.CommitmentOpened, finance.CommitmentOpened, by=_opened),
    say_by(facts.CommitmentRestated, finance.CommitmentRestated, by=_restated),
    say_by(facts.CommitmentEnded, finance.CommitmentEnded, by=_ended),
    say(facts.CommitmentCarriedOver, finance.CommitmentCarriedOver),
    say(facts.BudgetThresholdCrossed, finance.BudgetThresholdCrossed),
)
