"""Which priority a case has and why: what intake suggested, what workers decided, what safety demands."""

from collections.abc import Sequence
from datetime import datetime

from triage.domain.codes import Priority
from triage.domain.records import Concern, Decision, Reason

WHEN_UNSAFE = Priority.EMERGENCY
"""A safety concern goes to the top everywhere, until a worker who knows of it decides otherwise."""


def priority_of(suggested: Priority, decisions: Sequence[Decision], concerns: Sequence[Concern]) -> Priority:
    """The last word of a worker, else intake's; the very top while a safety concern is unanswered."""
    word = decisions[-1].priority if decisions else suggested
    floor = [WHEN_UNSAFE] if any(not concern.answered for concern in concerns) else []
    return min([word, *floor], key=lambda priority: priority.rank)


def demands_of(
    suggested: Priority, received_at: datetime, decisions: Sequence[Decision], concerns: Sequence[Concern]
) -> list[tuple[Priority, datetime]]:
    """What a conversation is wanted for, and since when."""
    word = (decisions[-1].priority, decisions[-1].since) if decisions else (suggested, received_at)
    return [word, *((WHEN_UNSAFE, concern.raised_at) for concern in concerns if not concern.answered)]


def reasons_of(
    suggested: Priority, received_at: datetime, decisions: Sequence[Decision], concerns: Sequence[Concern]
) -> list[Reason]:
    """The history, oldest first; the same whatever the order in which the news arrived."""
    reasons = [Reason(priority=suggested, reason_code="introduced", at=received_at)]
    reasons += [Reason(priority=WHEN_UNSAFE, reason_code="safety-concern", at=c.raised_at) for c in concerns]
    reasons += [Reason(priority=d.priority, reason_code=d.reason_code, at=d.at) for d in decisions]
    return sorted(reasons, key=lambda reason: reason.at)
