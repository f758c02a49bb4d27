"""Looking for somebody whom staff have in front of them, by whatever they know."""

import asyncio
from dataclasses import dataclass
from datetime import date

from intake.application.collections import People
from intake.application.matches import survivor_of
from intake.domain.details import Details
from intake.domain.facts import ContactPoint
from intake.domain.matching import Verdict, compare
from intake.domain.names import parts_of
from intake.domain.person import Person
from intake.domain.resembling import swapped
from intake.domain.traces import sounding, traces_of

MOST = 50


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Any of it may be left out."""

    name: str | None = None
    date_of_birth: date | None = None
    nhs_number: str | None = None
    phone: str | None = None


async def look_for(wanted: Wanted, people: People) -> list[str]:
    """The ids of those found, the likeliest first; of merged records, that of the surviving one.

    Whoever shows them asks first whom the reader may see.
    """
    phone = (ContactPoint(kind="phone", value=wanted.phone, safe=False),) if wanted.phone else ()
    said = Details(
        full_name=wanted.name,
        date_of_birth=wanted.date_of_birth,
        nhs_number=wanted.nhs_number,
        contact_points=phone,
    )
    traces = traces_of(said)
    keys: list[tuple[str, str]] = [(key, traces[key]) for key in ("by_number", "by_birth", "by_phone") if key in traces]
    keys += [("by_other_phone", traces["by_phone"])] if phone and "by_phone" in traces else []
    if wanted.date_of_birth and (other := swapped(wanted.date_of_birth)):
        keys.append(("by_birth", other.isoformat()))
    looked = [people.with_key(key, value, limit=MOST) for key, value in keys]
    records = [person for found in await asyncio.gather(*looked) for person in found]
    if wanted.name and (sound := sounding(parts_of(wanted.name))):
        records += (await people.page("by_name_and_year", f"{sound}:", limit=MOST)).items
    ranked = sorted({each.id: each for each in records}.values(), key=lambda each: (-_likely(said, each), each.id))
    return list(dict.fromkeys([(await survivor_of(each.id, people)).id for each in ranked]))[:MOST]


def _likely(said: Details, person: Person) -> Verdict:
    return compare(said, person.own or person.details).verdict
