"""The directory as anybody may see it, read whole now and then: harvesters and visitors cost the store nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from alliance.kernel import Clock
from triage.application.collections import Directory, Places
from triage.application.directory import PlacesInUse, whole_directory
from triage.domain.codes import EntryStatus, HelpArea, Support
from triage.domain.fit import Standing
from triage.domain.particulars import Particulars

KEPT_FOR = timedelta(seconds=30)


@dataclass(frozen=True, kw_only=True)
class Sought:
    """What somebody looks for; nothing means all of it. `words` are looked for in names and descriptions."""

    kind: Support | None = None
    helps_with: HelpArea | None = None
    area: str | None = None
    language: str | None = None
    open_at: datetime | None = None
    """In local time."""
    words: str = ""

    def finds(self, says: Particulars) -> bool:
        text = f"{says.name} {says.description} {says.eligibility}".casefold()
        return (
            self.kind in (None, says.kind)
            and (self.helps_with is None or self.helps_with in says.helps_with)
            and (self.area is None or not says.areas or self.area in says.areas)
            and (self.language is None or self.language in says.languages)
            and (self.open_at is None or says.open_at(self.open_at))
            and all(word in text for word in self.words.casefold().split())
        )


@dataclass
class Showcase:
    """All entries but those that are gone for good, by name, as they stood at most half a minute ago."""

    _directory: Directory
    _places: Places
    _clock: Clock
    _seen: Sequence[Standing] = ()
    _seen_at: datetime | None = None

    async def standings(self) -> Sequence[Standing]:
        now = self._clock.now()
        if self._seen_at is None or not timedelta() <= now - self._seen_at < KEPT_FOR:
            entries, in_use = await whole_directory(self._directory), await PlacesInUse.read(self._places, now)
            self._seen = [
                in_use.standing_of(entry) for entry in entries if entry.says.status is not EntryStatus.DEFUNCT
            ]
            self._seen_at = now
        return self._seen

    async def search(self, sought: Sought) -> list[Standing]:
        return [standing for standing in await self.standings() if sought.finds(standing.entry.says)]

    async def one(self, id_: str) -> Standing | None:
        return next((each for each in await self.standings() if each.entry.id == id_), None)


def organisations_of(standings: Sequence[Standing], names: Mapping[str, str]) -> dict[str, str]:
    """Who gives anything, id → name, by name."""
    given = {each.entry.organisation_id: each.entry.given_by(names) for each in standings}
    return dict(sorted(given.items(), key=lambda each: each[1].casefold()))


def areas_of(standings: Sequence[Standing]) -> list[str]:
    """Every area that an entry names, for filters."""
    return sorted({area for each in standings for area in each.entry.says.areas})
