"""Made-up alerts, details and messages for tests."""

from datetime import UTC, datetime, timedelta
from typing import Literal

from alliance.kernel import new_id
from alliance.people import ContactPoint, KnownPerson, Snapshot
from notify.domain.alert import Alert, Cause
from notify.domain.codes import AlertKind, Template
from notify.domain.message import Message

NINE = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
STEPS = (900, 1800)
EMAIL = "sam@example.org"


def a_cause() -> Cause:
    return Cause(event_id=new_id(), happened_at=NINE, subject_id=new_id(), person_id=new_id())


def an_alert(kind: AlertKind = AlertKind.SAFETY_CONCERN) -> Alert:
    """Raised at nine, its facts already taken."""
    alert = Alert(id=new_id(), kind=kind)
    alert.raise_for(a_cause(), steps_seconds=STEPS, at=NINE)
    alert.take_facts()
    return alert


def a_point(kind: Literal["phone", "email", "address"] = "email", *, safe: bool = True) -> ContactPoint:
    value = {"email": EMAIL, "phone": "07700 900123", "address": "1 Example Row"}[kind]
    return ContactPoint(kind=kind, value=value, safe=safe)


def somebody_known(*points: ContactPoint, sequence: int = 1) -> KnownPerson:
    person = KnownPerson(id=new_id())
    person.keep(Snapshot(call_me="Sam", contact_points=points or (a_point(),)), sequence=sequence)
    return person


def a_message(template: Template = Template.INTRODUCTION_ACCEPTED, person_id: str | None = None) -> Message:
    """Written at nine, waiting for details for a day."""
    return Message(
        id=new_id(),
        person_id=person_id or new_id(),
        template=template,
        cause_event_id=new_id(),
        correlation_id=new_id(),
        written_at=NINE,
        give_up_at=NINE + timedelta(days=1),
    )
