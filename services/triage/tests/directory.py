"""Made-up entries of the directory."""

from datetime import date, time
from typing import Any

from alliance.contracts import Event, triage
from alliance.contracts import codes as published
from alliance.kernel import derived_id
from triage.domain.codes import EntryStatus, HelpArea, PauseReason, Support, Weekday
from triage.domain.entry import Entry, Pause, Room, new_entry
from triage.domain.particulars import Hours, Particulars, Phone, Where

from .builders import CASE, NINE, PERSON, at

WEEKDAYS = tuple(Weekday)[:5]
OFFER, SERVICE = (derived_id("test", kind) for kind in ("offer", "service"))
OF_OFFER: dict[str, Any] = {
    "offer_id": OFFER,
    "case_id": CASE,
    "person_id": PERSON,
    "offer_kind": published.Support.PEER_SUPPORT,
    "provider_id": "mosaic-clubhouse",
    "service_id": SERVICE,
}
DECLINED = triage.SupportDeclined(
    **OF_OFFER, at=at(3), by=published.DeclinedBy.PROVIDER, reason_code="no-capacity", late=True
)


def told(*ends: Event) -> list[Event]:
    """An offer that was made, accepted and begun, as triage said it, and how it ended."""
    return [
        triage.SupportOffered(**OF_OFFER, at=at(1), answer_by=at(300)),
        triage.SupportAccepted(**OF_OFFER, at=at(2)),
        triage.SupportStartedV2(**OF_OFFER, started_at=at(50), waited_days=2, weekly_cost_pence=6_000),
        *ends,
    ]


SECRET = "Ask for Made-up Manager, 07700 900999"


def particulars(**more: Any) -> Particulars:
    plain: dict[str, Any] = {
        "name": "Example Peer Circle",
        "kind": Support.PEER_SUPPORT,
        "description": "A made-up group of people who have been through it themselves.",
        "helps_with": (HelpArea.MENTAL_HEALTH, HelpArea.RELATIONSHIPS),
        "phones": (Phone(number="020 7946 0001"), Phone(number="07700 900998", confidential=True)),
        "confidential_contact": SECRET,
        "hours": (Hours(days=WEEKDAYS, opens_at=time(9), closes_at=time(17)),),
        "where": Where(address="1 Made Up Street", postcode="SW9 9ZZ"),
        "areas": ("Brixton",),
        "languages": ("so",),
        "minimum_age": 18,
    }
    return Particulars(**{**plain, **more})


def an_entry(name: str = "Example Peer Circle", provider: str = "mosaic-clubhouse", **more: Any) -> Entry:
    """Written at nine, and not assured yet."""
    says = particulars(name=name, **more)
    return new_entry(derived_id("test", "entry", name), provider, says, by="staff-1", at=NINE, days=182)


def full(places: int = 1) -> Room:
    return Room(places=places, free_expected_on=date(2027, 1, 11))


PAUSED = Room(pause=Pause(reason=PauseReason.STAFF_AWAY, since=NINE))
CLOSED = EntryStatus.TEMPORARILY_CLOSED
