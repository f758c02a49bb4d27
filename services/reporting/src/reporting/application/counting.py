"""What each event counts for: a pure function from an event to the figures of months that it adds to."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, TypeVar

from alliance.contracts import Event, finance, housing, intake, notify, triage
from alliance.contracts.codes import DeclinedBy, SourceCode
from reporting.domain.calendar import month_of
from reporting.domain.figures import Figure

Deltas = dict[tuple[str, Figure], int]
Amount = tuple[date | datetime, Figure, int]
E = TypeVar("E", bound=Event)
Rule = Callable[[Any, datetime], Iterable[Amount]]

_rules: dict[type[Event], Rule] = {}


def deltas(event: Event, said_at: datetime) -> Deltas:
    """`{(month, figure): amount}`, amounts of nothing left out. Corrections take away in the one month and add in
    the other, so that the order in which events arrive does not matter. `said_at` is the envelope's time.
    """
    added: Deltas = {}
    for moment, figure, amount in _rules[type(event)](event, said_at):
        key = (month_of(moment), figure)
        added[key] = added.get(key, 0) + amount
    return {key: amount for key, amount in added.items() if amount}


def counted() -> tuple[type[Event], ...]:
    """Every event that counts for something."""
    return tuple(_rules)


def feeding(figure: Figure) -> tuple[str, ...]:
    """The event types that count for a figure, in text order: where its drill-down looks."""
    return tuple(sorted(event.type for event in _rules if figure in _FIGURES_OF[event]))


_FIGURES_OF: dict[type[Event], frozenset[Figure]] = {}


def _counts(event: type[E], *figures: Figure) -> Callable[[Callable[[E, datetime], Iterable[Amount]]], None]:
    def register(rule: Callable[[E, datetime], Iterable[Amount]]) -> None:
        _rules[event], _FIGURES_OF[event] = rule, frozenset(figures)

    return register


def _one(event: type[Event], figure: Figure, at: str | None = None) -> None:
    """One more, on the day or instant in field `at`, or when it was said for events that do not tell.

    What is only said once more, as an answer to somebody who seems not to have heard, was counted the first time.
    """

    def rule(data: Event, said_at: datetime) -> Iterable[Amount]:
        if not getattr(data, "repeated", False):
            yield (getattr(data, at) if at else said_at), figure, 1

    _counts(event, figure)(rule)


_one(intake.IntroductionAccepted, Figure.INTRODUCTIONS_ACCEPTED, "accepted_at")
_one(intake.IntroductionClosed, Figure.INTRODUCTIONS_CLOSED, "closed_at")
_one(intake.IntroductionWithdrawn, Figure.INTRODUCTIONS_WITHDRAWN, "withdrawn_at")
_one(intake.IntroductionReopened, Figure.INTRODUCTIONS_REOPENED, "reopened_at")
_one(triage.CaseOpened, Figure.CASES_OPENED)
_one(triage.CaseClosed, Figure.CASES_CLOSED, "at")
_one(triage.PriorityChanged, Figure.PRIORITIES_CHANGED)
_one(triage.WaitTargetMissedV2, Figure.WAITS_MISSED, "due_at")
_one(triage.ConversationHeld, Figure.CONVERSATIONS, "held_at")
_one(triage.SupportOffered, Figure.SUPPORT_OFFERS, "at")
_one(triage.SupportLapsed, Figure.SUPPORT_OFFERS_LAPSED, "at")
_one(triage.SupportWithdrawn, Figure.SUPPORT_OFFERS_WITHDRAWN, "at")
_one(triage.OutcomeMeasured, Figure.SCORES, "measured_on")
_one(triage.SupportEnded, Figure.SUPPORT_ENDS, "at")
_one(triage.SecondaryCareIntroduced, Figure.SECONDARY_CARE_INTRODUCTIONS, "at")
_one(triage.IpsaIntroduced, Figure.IPSA_INTRODUCTIONS, "at")
_one(housing.HomeOffered, Figure.HOMES_OFFERED, "at")
_one(housing.HomeOfferDeclined, Figure.HOME_OFFERS_DECLINED, "at")
_one(housing.HomeOfferAccepted, Figure.HOME_OFFERS_ACCEPTED, "at")
_one(housing.HomeOfferLapsed, Figure.HOME_OFFERS_LAPSED, "at")
_one(housing.PersonMovedIn, Figure.MOVED_IN, "moved_in_on")
_one(housing.PersonMovedOn, Figure.MOVED_ON, "moved_on_on")
_one(housing.ResidentialDischargeRecorded, Figure.RESIDENTIAL_DISCHARGES, "discharged_on")
_one(finance.BudgetThresholdCrossed, Figure.BUDGET_THRESHOLDS, "at")
_one(notify.AlertRaisedV2, Figure.ALERTS_RAISED, "at")
_one(notify.AlertEscalatedV2, Figure.ALERTS_ESCALATED, "at")
_one(notify.AlertAcknowledgedV2, Figure.ALERTS_ACKNOWLEDGED, "at")


@_counts(intake.IntroductionReceived, Figure.INTRODUCTIONS, Figure.SELF_INTRODUCTIONS)
def _received(event: intake.IntroductionReceived, _: datetime) -> Iterable[Amount]:
    yield event.received_at, Figure.INTRODUCTIONS, 1
    yield event.received_at, Figure.SELF_INTRODUCTIONS, int(event.source_code is SourceCode.SELF)


@_counts(intake.SourceCorrected, Figure.SELF_INTRODUCTIONS)
def _source_corrected(event: intake.SourceCorrected, _: datetime) -> Iterable[Amount]:
    yield event.received_at, Figure.SELF_INTRODUCTIONS, -int(event.source_code_before is SourceCode.SELF)
    yield event.received_at, Figure.SELF_INTRODUCTIONS, int(event.source_code is SourceCode.SELF)


@_counts(triage.WaitTargetMissCorrectedV2, Figure.WAITS_MISSED)
def _miss_corrected(event: triage.WaitTargetMissCorrectedV2, _: datetime) -> Iterable[Amount]:
    yield event.due_at, Figure.WAITS_MISSED, -1


@_counts(
    triage.SupportDeclined,
    Figure.SUPPORT_OFFERS_DECLINED,
    Figure.SUPPORT_OFFERS_DECLINED_BY_PERSON,
    Figure.SUPPORT_OFFERS_DECLINED_BY_PROVIDER,
)
def _support_declined(event: triage.SupportDeclined, _: datetime) -> Iterable[Amount]:
    yield event.at, Figure.SUPPORT_OFFERS_DECLINED, 1
    yield event.at, Figure.SUPPORT_OFFERS_DECLINED_BY_PERSON, int(event.by is DeclinedBy.PERSON)
    yield event.at, Figure.SUPPORT_OFFERS_DECLINED_BY_PROVIDER, int(event.by is DeclinedBy.PROVIDER)


@_counts(triage.OutcomeCorrected, Figure.SCORES)
def _score_corrected(event: triage.OutcomeCorrected, _: datetime) -> Iterable[Amount]:
    """One less on the day it was said to be of, one more on the day it is of, where it could be scored."""
    yield event.measured_on_before, Figure.SCORES, -int(event.score_before is not None)
    yield event.measured_on, Figure.SCORES, int(event.score is not None)


@_counts(triage.CaseReopened, Figure.CASES_CLOSED)
def _case_reopened(event: triage.CaseReopened, _: datetime) -> Iterable[Amount]:
    """The closing does not count any more: the case goes on as if it had not been closed."""
    yield event.closed_at, Figure.CASES_CLOSED, -1


@_counts(triage.SupportStartedV2, Figure.SUPPORT_STARTS, Figure.WAIT_DAYS)
def _support_started(event: triage.SupportStartedV2, _: datetime) -> Iterable[Amount]:
    yield event.started_at, Figure.SUPPORT_STARTS, 1
    yield event.started_at, Figure.WAIT_DAYS, event.waited_days


@_counts(housing.MoveInCorrected, Figure.MOVED_IN)
def _move_in_corrected(event: housing.MoveInCorrected, _: datetime) -> Iterable[Amount]:
    yield event.moved_in_on_before, Figure.MOVED_IN, -1
    yield event.moved_in_on, Figure.MOVED_IN, 1


@_counts(finance.CommitmentOpened, Figure.COMMITMENTS, Figure.COMMITTED_PENCE, Figure.SAVING_PENCE)
def _commitment_opened(event: finance.CommitmentOpened, _: datetime) -> Iterable[Amount]:
    yield event.start, Figure.COMMITMENTS, 1
    yield event.start, Figure.COMMITTED_PENCE, event.total_pence
    yield event.start, Figure.SAVING_PENCE, event.saving_pence


@_counts(finance.CommitmentRestated, Figure.COMMITMENTS, Figure.COMMITTED_PENCE, Figure.SAVING_PENCE)
def _commitment_restated(event: finance.CommitmentRestated, _: datetime) -> Iterable[Amount]:
    yield event.start_before, Figure.COMMITMENTS, -1
    yield event.start_before, Figure.COMMITTED_PENCE, -event.total_pence_before
    yield event.start_before, Figure.SAVING_PENCE, -event.saving_pence_before
    yield event.start, Figure.COMMITMENTS, 1
    yield event.start, Figure.COMMITTED_PENCE, event.total_pence
    yield event.start, Figure.SAVING_PENCE, event.saving_pence


@_counts(finance.CommitmentEnded, Figure.COMMITTED_PENCE, Figure.SAVING_PENCE)
def _commitment_ended(event: finance.CommitmentEnded, _: datetime) -> Iterable[Amount]:
    """In the month of the start, as the other two: so a correction counts the same whenever it is told."""
    month = event.start or event.end
    yield month, Figure.COMMITTED_PENCE, event.total_pence - event.total_pence_before
    yield month, Figure.SAVING_PENCE, event.saving_pence - event.saving_pence_before
