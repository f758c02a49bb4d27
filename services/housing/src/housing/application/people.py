"""Keeping what a person lets us know, and dropping it when they say so."""

from housing.application.collections import People
from housing.domain.person import Details, Person


async def keep_details(person_id: str, details: Details, *, consent_sequence: int, people: People) -> None:
    await people.change_or_add(
        person_id,
        lambda: Person(id=person_id),
        lambda person: person.keep(details, consent_sequence=consent_sequence),
        remember=False,
    )


async def change_sharing(person_id: str, *, allowed: bool, consent_sequence: int, people: People) -> None:
    await people.change_or_add(
        person_id,
        lambda: Person(id=person_id),
        lambda person: person.change_sharing(allowed=allowed, consent_sequence=consent_sequence),
        remember=False,
    )
