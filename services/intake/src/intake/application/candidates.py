"""Who of those we know may be somebody who is introduced: by the traces they leave, then compared one by one."""

from dataclasses import dataclass

from intake.application.collections import People
from intake.domain.details import Details
from intake.domain.matching import Likeness, Verdict, compare
from intake.domain.person import Person
from intake.domain.traces import where_to_look

MOST_BY_ONE_TRACE = 50
"""What more than so many share, as the number of a hostel, says nothing about one of them."""


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A record that may be of the same person. `record_id` is what was compared, `person_id` what it is part of now."""

    person_id: str
    record_id: str
    likeness: Likeness


async def candidates_for(details: Details, people: People, *, but: str | None = None) -> list[Candidate]:
    """Those who may be the same person, the likeliest first; without the record `but` itself.

    Reveals who is known: whatever shows it to somebody asks first whether they may see these people.
    """
    records: dict[str, Person] = {}
    for key, value in where_to_look(details):
        found = await people.with_key(key, value, limit=MOST_BY_ONE_TRACE)
        records |= {person.id: person for person in found if person.id != but}
    best: dict[str, Candidate] = {}
    for record in records.values():
        likeness = compare(details, record.own or record.details)
        person_id = record.merged_into or record.id
        known = best.get(person_id)
        if person_id != but and (known is None or likeness.verdict > known.likeness.verdict):
            best[person_id] = Candidate(person_id=person_id, record_id=record.id, likeness=likeness)
    alike = [each for each in best.values() if each.likeness.verdict is not Verdict.NONE]
    return sorted(alike, key=lambda each: (-each.likeness.verdict, each.person_id))
