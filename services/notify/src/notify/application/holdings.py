"""What notify holds of a person: how it is told to them, and what is left of it when they are forgotten."""

from dataclasses import replace

from alliance.people import Exempt, Holdings, by_key, by_listing, of_person
from notify.application.collections import Alerts, Messages
from notify.domain.message import Message

EXEMPT = (
    Exempt(name="person_access", why="who may see the records, and who opened them; the audit trail has it too"),
    Exempt(name="audit_heads", why="how far the audit trail has got"),
    Exempt(name="digests", why="a member of staff's own address, and when mail goes there; nothing of people"),
    Exempt(name="key_workers", why="which member of staff answers for a case; nothing of the person it is about"),
)


def holdings(messages: Messages, alerts: Alerts) -> Holdings:
    """Add a row for each new collection that has something of a person; a test asks for it."""
    return Holdings(
        (
            replace(
                of_person(
                    messages,
                    "A message to you",
                    find=by_listing(messages, "by_person"),
                    leave_out=("correlation_id", "taken_until"),
                ),
                forget=Message.forget,
            ),
            of_person(
                alerts,
                "An alert to staff about you",
                find=by_key(alerts, "about_person"),
                others=("acknowledged_by", "opened_by", "worker"),
                stays="that staff were alerted and answered, by codes and times under a pseudonym",
            ),
        ),
        EXEMPT,
    )
