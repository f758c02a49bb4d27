"""The national measure, line by line: one for each referral spell."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from alliance.people import Known, Merged
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


async def people_of(page: Page[Spells], spells: AllSpells, merged: Merged) -> list[Spells]:
    """Those of a page, each with the cases of every record that is theirs, and nobody twice."""
    records = {each.id: merged.ids_of(each.id) for each in page.items}
    several = [id_ for ids in records.values() if len(ids) > 1 for id_ in ids]
    kept = await spells.several(list(dict.fromkeys(several)))
    found = [_whole(each, records[each.id], kept) for each in page.items]
    return [person for person in found if person is not None]


def _whole(record: Spells, ids: Sequence[str], kept: Mapping[str, Spells]) -> Spells | None:
    """None where another record of the same person shows them: the one that stands in the list where the person does,
    or, where none does, the one that waits most.
    """
    survivor, *others = ids
    if not others:
        return record
    records = [kept[id_] for id_ in (survivor, *sorted(others)) if id_ in kept and kept[id_].standing]
    whole = Spells.of_one_person(survivor, records)
    order = [whole.standing, *Standing]
    shown_by = min(records, key=lambda each: order.index(each.standing))
    return whole if shown_by.id == record.id else None


async def all_lines(spells: AllSpells, known: Known, now: datetime) -> AsyncIterator[Line]:
    """Everybody's, those who wait first."""
    merged = await known.merged()
    for standing in Standing:
        after: str | None = None
        while True:
            page = await listed_spells(spells, standing, after=after, limit=FILE_PAGE)
            for person in await people_of(page, spells, merged):
                for line in lines_of(person, now):
                    yield line
            if (after := page.next) is None:
                break
