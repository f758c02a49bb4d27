"""The national measure, line by line: one for each referral spell."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime

from alliance.people import Known
from alliance.store import Page
from triage.application.collections import AllSpells
from triage.domain.spells import Band, Spell, Spells, Standing

FILE_PAGE = 200


@dataclass(frozen=True, kw_only=True)
class Line:
    person_id: str
    standing: Standing
    spell: Spell
    days: int
    band: Band
    within_standard: bool | None


def lines_of(person: Spells, now: datetime) -> list[Line]:
    """Oldest first."""
    return [
        Line(
            person_id=person.id,
            standing=spell.standing,
            spell=spell,
            days=spell.days(now),
            band=spell.band(now),
            within_standard=spell.within_standard,
        )
        for spell in person.spells
    ]


async def listed_spells(spells: AllSpells, standing: Standing, *, after: str | None, limit: int) -> Page[Spells]:
    """People by where their latest spell stands, the longest running first."""
    return await spells.page("listed", f"{standing}:", after=after, limit=limit)


async def people_of(page: Page[Spells], spells: AllSpells, known: Known) -> list[Spells]:
    """Those of a page, each with the cases of every record that is theirs, and nobody twice."""
    found = await asyncio.gather(*(_whole(each, spells, known) for each in page.items))
    return [person for person in found if person is not None]


async def _whole(record: Spells, spells: AllSpells, known: Known) -> Spells | None:
    """None where another record of the same person shows them: the one that stands in the list where the person does,
    or, where none does, the one that waits most.
    """
    survivor, *merged = await known.ids_of(record.id)
    if not merged:
        return record
    theirs = [await spells.find(id_) for id_ in (survivor, *sorted(merged))]
    records = [each for each in theirs if each and each.standing]
    whole = Spells.of_one_person(survivor, records)
    order = [whole.standing, *Standing]
    shown_by = min(records, key=lambda each: order.index(each.standing))
    return whole if shown_by.id == record.id else None


async def all_lines(spells: AllSpells, known: Known, now: datetime) -> AsyncIterator[Line]:
    """Everybody's, those who wait first."""
    for standing in Standing:
        after: str | None = None
        while True:
            page = await listed_spells(spells, standing, after=after, limit=FILE_PAGE)
            for person in await people_of(page, spells, known):
                for line in lines_of(person, now):
                    yield line
            if (after := page.next) is None:
                break
