"""What the front door says of how to reach people: when they are to be asked whether it has changed."""

from datetime import date

from pydantic import Field

from alliance.contracts.event import Event, Id, WireInstant, contract

__all__ = ["ContactCheckDue"]


@contract("intake.contact-check-due.v1", subject="introduction_id")
class ContactCheckDue(Event):
    """Somebody waits for us and has not said for long how to reach them: they are to be asked whether it has changed.

    Said again only when as many days have passed again, and never once the introduction or its case has ended.
    """

    introduction_id: Id
    person_id: Id
    known_since: date = Field(description="on which day they last said it, or found it to be right still")
    due_at: WireInstant
