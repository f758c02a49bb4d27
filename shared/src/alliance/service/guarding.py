"""Restricted people and broken glass in a running service: what it says and hears of them, and where they are kept."""

from datetime import timedelta

from alliance.access.guards import GlassBroken, Guards, PersonAccess, RestrictionChanged
from alliance.contracts import intake
from alliance.contracts.catalogue import catalogue
from alliance.contracts.saying import Saying, Sayings, say
from alliance.kernel import Clock
from alliance.messaging import Heard, on
from alliance.messaging.hearing import Row
from alliance.store import Database, Documents

COLLECTION = "person_access"
GIVEN = "guards"


def guards_people(service: str) -> bool:
    """Whether the service holds records of people: those that do have agreed to say when glass is broken."""
    return f"{service}.glass-broken.v1" in catalogue()


def decides_restrictions(service: str) -> bool:
    """Whether this is the one service in which somebody's records are restricted."""
    return intake.RestrictionChanged.publisher() == service


def guard_sayings(service: str) -> tuple[Saying, ...]:
    """What a service says of its guards: of restrictions only the one that decides on them."""
    events = {GlassBroken: "glass-broken", RestrictionChanged: "restriction-changed"}
    known = ((fact, catalogue().get(f"{service}.{name}.v1")) for fact, name in events.items())
    return tuple(say(fact, event) for fact, event in known if event)


def guard_rows(service: str) -> tuple[Row, ...]:
    """What a service hears about restrictions that are decided elsewhere."""
    if not guards_people(service) or decides_restrictions(service):
        return ()
    return (on(intake.RestrictionChanged, do=follow_restriction),)


async def follow_restriction(heard: Heard[intake.RestrictionChanged], guards: Guards) -> None:
    changed = heard.data
    await guards.follow(
        changed.person_id,
        restricted=changed.restricted,
        sequence=changed.restriction_sequence,
        at=changed.at,
    )


def guarding(service: str, *, database: Database, clock: Clock, glass_hours: float) -> Guards:
    """The guards of `service` in its own database."""
    people = Documents(
        database, COLLECTION, PersonAccess, says=Sayings(*guard_sayings(service)), service=service, clock=clock
    )
    return Guards(people=people, glass_lasts=timedelta(hours=glass_hours))
