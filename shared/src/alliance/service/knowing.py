"""The people whom a running service knows: what it hears and says of them, and where that is kept.

No service has a line of its own for it in its tables. Its `main.py` says which fields of their details it needs, and
gives the table of what it holds of them (`Wiring.holdings`).
"""

from collections.abc import Callable, Collection, Iterable
from typing import Any, Protocol

from alliance.contracts import Event, intake
from alliance.contracts.catalogue import catalogue
from alliance.contracts.saying import Saying, Sayings, Spoken, say, say_by
from alliance.kernel import Clock, derived_id
from alliance.messaging import Heard, on
from alliance.messaging.hearing import Row
from alliance.people import (
    ContactPoint,
    GatheredRecord,
    Holdings,
    Known,
    KnownPerson,
    PersonForgotten,
    RecordGathered,
    Snapshot,
    tell,
)
from alliance.store import Database, Documents

COLLECTION, GATHERED = "known_people", "gathered_records"
RECIPIENT = "intake"
"""The one service that packs a person's record for them."""


class Quarantine(Protocol):
    """What is needed of a service's own quarantine."""

    async def purge(self, person_id: str) -> int: ...


class NoQuarantine:
    """Where there is no broker."""

    async def purge(self, person_id: str) -> int:
        return 0


def knowing_sayings(service: str) -> tuple[Saying, ...]:
    """What every service says when it has forgotten somebody, and when somebody wants a copy of their record."""
    forgotten, gathered = (catalogue().get(f"{service}.{name}.v1") for name in ("person-forgotten", "record-gathered"))
    if forgotten is None or gathered is None:
        return ()
    return (say(PersonForgotten, forgotten), say_by(RecordGathered, gathered, by=_to_the_front_door(gathered)))


def knowing_rows(service: str, keeps: Collection[str]) -> tuple[Row, ...]:
    """What every service hears of people; of details, of who may hold them and of a death only one that `keeps` any."""
    if f"{service}.person-forgotten.v1" not in catalogue():
        return ()
    details = (
        on(intake.PersonShared, do=keep_details),
        on(intake.SharingChanged, do=follow_sharing),
        on(intake.PersonDied, do=note_death),
        on(intake.PersonDeathCorrected, do=take_back_death),
    )
    merges = (on(intake.PeopleMerged, do=follow_merge), on(intake.PeopleUnmerged, do=follow_unmerge))
    return (
        *(details if keeps else ()),
        *merges,
        on(intake.PersonErased, do=forget_person),
        on(intake.RecordRequested, do=gather_record),
    )


async def keep_details(heard: Heard[intake.PersonShared], known: Known) -> None:
    """The consent sequence decides what is newer."""
    said = heard.data
    if said.organisation_id != known.organisation:
        return
    points = tuple(ContactPoint(**point.model_dump()) for point in said.contact_points)
    plain = said.model_dump(exclude={"person_id", "organisation_id", "consent_sequence", "contact_points"})
    await known.keep(said.person_id, Snapshot(contact_points=points, **plain), sequence=said.consent_sequence)


async def follow_sharing(heard: Heard[intake.SharingChanged], known: Known) -> None:
    """Keep waiting for the details, or drop the copy; of others, note whose staff may not read it here."""
    said = heard.data
    if said.organisation_id == known.organisation:
        await known.follow_sharing(said.person_id, allowed=said.allowed, sequence=said.consent_sequence)
    else:
        await known.follow_sharing_elsewhere(
            said.person_id, said.organisation_id, allowed=said.allowed, sequence=said.consent_sequence
        )


async def note_death(heard: Heard[intake.PersonDied], known: Known) -> None:
    said = heard.data
    await known.follow_death(said.person_id, said.died_on, sequence=said.death_sequence)


async def take_back_death(heard: Heard[intake.PersonDeathCorrected], known: Known) -> None:
    await known.follow_death(heard.data.person_id, None, sequence=heard.data.death_sequence)


async def follow_merge(heard: Heard[intake.PeopleMerged], known: Known) -> None:
    said = heard.data
    await known.merge(said.merged_person_id, said.person_id, merge_id=said.merge_id, at=said.at)


async def follow_unmerge(heard: Heard[intake.PeopleUnmerged], known: Known) -> None:
    await known.unmerge(heard.data.merged_person_id, heard.data.merge_id)


async def forget_person(
    heard: Heard[intake.PersonErased],
    known: Known,
    holdings: Holdings,
    gathered: Documents[GatheredRecord],
    quarantine: Quarantine,
    clock: Clock,
) -> None:
    """The tombstone first, so that nothing comes back meanwhile; the answer last, when nothing is left."""
    said = heard.data
    await known.erase(said.person_id, at=said.at)
    await holdings.forget(said.person_id)
    for each in await gathered.with_key("person_id", said.person_id):
        await gathered.withhold(each.id)
    await quarantine.purge(said.person_id)
    await known.confirm_forgotten(said.person_id, said.request_id, at=clock.now())


async def gather_record(
    heard: Heard[intake.RecordRequested],
    known: Known,
    holdings: Holdings,
    gathered: Documents[GatheredRecord],
    clock: Clock,
) -> None:
    """Everything held under this pseudonym; those merged with it are asked for by events of their own."""
    said, at = heard.data, clock.now()
    sections = await holdings.told(said.person_id)
    if (person := await known.of(said.person_id)) and person.snapshot:
        sections = [tell("Our copy of your details", person.snapshot), *sections]
    id_ = derived_id("gathered-record", said.request_id, said.person_id)
    await gathered.change_or_add(
        id_,
        lambda: GatheredRecord(id=id_, request_id=said.request_id, person_id=said.person_id),
        lambda record: record.gather(sections, at=at),
        remember=False,
    )


def knowing(
    service: str,
    *,
    database: Database,
    clock: Clock,
    organisation: str,
    keeps: Iterable[str] = (),
    holdings: Holdings,
) -> dict[str, Any]:
    """What the reactions above are given. `keeps`: the fields of somebody's details that this service needs."""
    says = Sayings(*knowing_sayings(service))
    return {
        "known": known_by(service, database=database, clock=clock, organisation=organisation, keeps=keeps),
        "holdings": holdings,
        "gathered": Documents(database, GATHERED, GatheredRecord, says=says, service=service, clock=clock),
        "quarantine": NoQuarantine(),
    }


def known_by(service: str, *, database: Database, clock: Clock, organisation: str, keeps: Iterable[str] = ()) -> Known:
    """Whom `service` knows, in its own database."""
    says = Sayings(*knowing_sayings(service))
    people = Documents(database, COLLECTION, KnownPerson, says=says, service=service, clock=clock)
    return Known(people=people, organisation=organisation, keeps=frozenset(keeps))


def _to_the_front_door(event: type[Event]) -> Callable[[RecordGathered], Iterable[Spoken]]:
    def speak(fact: RecordGathered) -> Iterable[Spoken]:
        values = {name: getattr(fact, name) for name in event.model_fields}
        return [Spoken(event.model_validate(values, from_attributes=True), recipient=RECIPIENT)]

    return speak
