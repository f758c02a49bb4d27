"""The national measure, line by line: one for each referral spell."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime

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


async def all_lines(spells: AllSpells, now: datetime) -> AsyncIterator[Line]:
    """Everybody's, those who wait first."""
    for standing in Standing:
        after: str | None = None
        while True:
            page = await listed_spells(spells, standing, after=after, limit=FILE_PAGE)
            for person in page.items:
                for line in lines_of(person, now):
                    yield line
            if (after := page.next) is None:
                break
