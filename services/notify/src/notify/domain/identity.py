"""How ids are derived, so that a repeat and a correction find what they are about."""

from datetime import datetime

from alliance.kernel import derived_id, to_text
from notify.domain.codes import Template


def alert_of_event(event_id: str) -> str:
    """One alert for one event: safety concerns, overdue introductions, budget thresholds."""
    return derived_id("notify", "alert", event_id)


def alert_of_wait(case_id: str, clock: str, due_at: datetime, repeat: int = 0) -> str:
    """One alert for one promise about waiting: the miss and its correction both name case, clock and moment.

    `repeat`: how often the same miss was said and taken back before; each is an alert of its own.
    """
    return derived_id("notify", "alert", case_id, clock, to_text(due_at), *([str(repeat)] if repeat else []))


def message_of_check(person_id: str, due_at: datetime) -> str:
    """One message for one person and day, of however many of their introductions that day is said."""
    return derived_id("notify", "message", person_id, to_text(due_at), Template.CONTACT_CHECK)


def message_of(event_id: str, template: Template) -> str:
    """One message for one event and template."""
    return derived_id("notify", "message", event_id, template)
