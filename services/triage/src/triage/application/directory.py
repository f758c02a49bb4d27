"""What may be asked of the directory: write, assure and make room, and look entries up with how they stand now."""

from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from alliance.kernel import Clock, Refusal, to_text
from triage.application.collections import Directory, Places
from triage.domain.entry import Entry, Freshness, Room, new_entry
from triage.domain.fit import Standing
from triage.domain.particulars import Particulars
from triage.domain.place import Place, Wait
from triage.domain.refusals import NotInDirectory

PAGE = 200
MOST_PLACES = 1_000
"""Of one entry. A service of this size has more than one entry."""
MEASURED_OVER = timedelta(days=365)
MEASURED_AT_MOST = 500


@dataclass(frozen=True, kw_only=True)
class DirectoryTerms:
    """What holds for every entry."""

    assure_days: int
    """How long an assurance holds."""


async def add_entry(
    id_: str,
    organisation_id: str,
    says: Particulars,
    directory: Directory,
    terms: DirectoryTerms,
    clock: Clock,
    *,
    by: str,
) -> str:
    entry = new_entry(id_, organisation_id, says, by=by, at=clock.now(), days=terms.assure_days)
    return (await directory.add(entry)).id


async def edit_entry(
    id_: str, says: Particulars, directory: Directory, clock: Clock, *, by: str, expecting: int | None = None
) -> None:
    """No mark is left: an entry is changed for years, and saying the same again changes nothing."""
    at = clock.now()
    await directory.change(id_, lambda entry: entry.edit(says, by=by, at=at), expecting=expecting, remember=False)


async def assure_entry(
    id_: str, directory: Directory, terms: DirectoryTerms, clock: Clock, *, by: str, expecting: int | None = None
) -> None:
    at, days = clock.now(), terms.assure_days
    await directory.change(
        id_, lambda entry: entry.assure(by=by, at=at, days=days), expecting=expecting, remember=False
    )


async def make_room(
    id_: str, room: Room, directory: Directory, clock: Clock, *, by: str, expecting: int | None = None
) -> None:
    at = clock.now()

    def make(entry: Entry) -> None:
        """A pause that goes on began when it began."""
        before, pause = entry.room.pause, room.pause
        if before and pause and (before.reason, before.until) == (pause.reason, pause.until):
            pause = before
        entry.make_room(Room(places=room.places, free_expected_on=room.free_expected_on, pause=pause), by=by, at=at)

    await directory.change(id_, make, expecting=expecting, remember=False)


async def whole_directory(directory: Directory) -> list[Entry]:
    """Every entry, by name: an alliance has some hundreds, and lists are filtered here."""
    found: list[Entry] = []
    after: str | None = None
    while True:
        page = await directory.page("listed", after=after, limit=PAGE)
        found += page.items
        if (after := page.next) is None:
            return found


async def standing_of(entry: Entry, places: Places, now: datetime) -> Standing:
    """How many of its places are taken, and how long people waited in the last year."""
    taken = await places.page("taken", f"{entry.id} ", limit=MOST_PLACES)
    since = f"{entry.id} {to_text(now - MEASURED_OVER)}"
    begun = await places.page("begun", f"{entry.id} ", after=since, limit=MEASURED_AT_MOST)
    return Standing(
        entry=entry,
        freshness=entry.freshness(now),
        taken=len(taken.items),
        measured=Wait.measured(begun.items),
    )


@dataclass(frozen=True)
class PlacesInUse:
    """Of every entry at once what `standing_of` asks of one."""

    taken: Mapping[str, int]
    begun: Mapping[str, list[Place]]
    now: datetime

    @classmethod
    async def read(cls, places: Places, now: datetime) -> Self:
        """By the page, in as many reads for one entry as for hundreds."""
        taken: Counter[str] = Counter()
        async for place in _every(places, "taken"):
            taken[str(place.service_id)] += 1
        begun: defaultdict[str, list[Place]] = defaultdict(list)
        async for place in _every(places, "begun_anywhere", after=to_text(now - MEASURED_OVER)):
            begun[str(place.service_id)].append(place)
        return cls(taken, begun, now)

    def standing_of(self, entry: Entry) -> Standing:
        return Standing(
            entry=entry,
            freshness=entry.freshness(self.now),
            taken=min(self.taken.get(entry.id, 0), MOST_PLACES),
            measured=Wait.measured(self.begun.get(entry.id, [])[:MEASURED_AT_MOST]),
        )


async def _every(places: Places, key: str, *, after: str | None = None) -> AsyncIterator[Place]:
    while True:
        page = await places.page(key, after=after, limit=PAGE)
        for place in page.items:
            yield place
        if (after := page.next) is None:
            return


async def entry_named(id_: str, directory: Directory) -> Entry:
    """Raises `NotInDirectory`."""
    if entry := await directory.find(id_):
        return entry
    raise NotInDirectory("The directory has no such entry.")


async def to_be_assured(
    directory: Directory, now: datetime, *, limit: int, of: str | None = None, but: str | None = None
) -> list[Entry]:
    """The first that nobody has assured, has not for too long, or only until soon; the longest overdue first. `of` one
    organisation, or of all `but` one.
    """
    key, prefix = ("to_assure", "") if of is None else ("to_assure_of", f"{of} ")
    found: list[Entry] = []
    after: str | None = None
    while True:
        page = await directory.page(key, prefix, after=after, limit=limit)
        for entry in page.items:
            if entry.freshness(now) is Freshness.ASSURED:
                return found
            if entry.organisation_id != but:
                found.append(entry)
        if (after := page.next) is None or len(found) >= limit:
            return found[:limit]


async def import_entries(
    told: Mapping[str, tuple[str, Particulars]],
    directory: Directory,
    terms: DirectoryTerms,
    clock: Clock,
    *,
    by: str,
) -> dict[str, str | None]:
    """Write `id → (organisation, particulars)`, adding what is new; for each id the reason why it was not taken.

    An import assures nothing, may be repeated, and never takes an entry from one organisation to another.
    """
    outcome: dict[str, str | None] = {}
    for id_, (organisation_id, says) in told.items():
        at = clock.now()
        try:
            entry = await directory.change_or_add(
                id_,
                lambda: new_entry(id_, organisation_id, says, by=by, at=at, days=terms.assure_days),  # noqa: B023
                lambda entry: entry.edit(says, by=by, at=at) if entry.organisation_id == organisation_id else None,  # noqa: B023
                remember=False,
            )
        except Refusal as refusal:
            outcome[id_] = str(refusal)
        else:
            outcome[id_] = None if entry.organisation_id == organisation_id else "It is another organisation's."
    return outcome


async def waiting_for_answer(provider_id: str, places: Places, *, after: str | None, limit: int) -> list[Place]:
    """Offers to one organisation that nobody has answered, the oldest first."""
    return (await places.page("answers", f"{provider_id} ", after=after, limit=limit)).items
