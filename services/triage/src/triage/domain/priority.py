"""Which priority a case has and why: what intake suggested, what workers decided, what safety demands."""

from collections.abc import Sequence
from datetime import datetime

from triage.domain.codes import Priority
from triage.domain.records import Change, Concern, Decision, Reason

CONCERN = "safety-concern"
"""The reason of a priority that nobody decided: safety demands it."""
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
    reasons += [Reason(priority=WHEN_UNSAFE, reason_code=CONCERN, at=c.raised_at) for c in concerns]
    reasons += [Reason(priority=d.priority, reason_code=d.reason_code, at=d.at) for d in decisions]
    return sorted(reasons, key=lambda reason: reason.at)


def changes_of(
    suggested: Priority, received_at: datetime, decisions: Sequence[Decision], concerns: Sequence[Concern]
) -> list[Change]:
    """Every step with what was before it, oldest first: who, when, why, from what to what.

    A step that leaves the priority as it was is one too: a worker who confirms it, a concern about an emergency.
    """
    found: list[Change] = []
    word: Priority | None = None
    for reason in reasons_of(suggested, received_at, decisions, concerns):
        decision = next(
            (each for each in decisions if (each.at, each.reason_code) == (reason.at, reason.reason_code)), None
        )
        word = word if reason.reason_code == CONCERN else reason.priority
        known = [each for each in concerns if each.raised_at <= reason.at]
        open_ones = [each for each in known if not (each.answered and _answered_by(decisions, each, reason.at))]
        after = WHEN_UNSAFE if open_ones or word is None else word
        found.append(
            Change(
                at=reason.at,
                before=found[-1].after if found else None,
                after=after,
                reason_code=reason.reason_code,
                by=decision.by if decision else None,
            )
        )
    return found


def _answered_by(decisions: Sequence[Decision], concern: Concern, moment: datetime) -> bool:
    return any(concern.raised_at <= decision.at <= moment for decision in decisions)
