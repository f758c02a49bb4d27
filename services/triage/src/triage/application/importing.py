"""Taking in a file of another directory: read it, say what would become of each service, and then do it."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from enum import StrEnum
from typing import Any

from alliance.kernel import LONDON, Clock, Refusal
from triage.application.collections import Directory
from triage.application.directory import DirectoryTerms, whole_directory
from triage.application.harvested import Harvested, Reading, Unreadable
from triage.domain.codes import Support
from triage.domain.entry import Entry, new_entry
from triage.domain.particulars import Particulars
from triage.domain.refusals import WrongParticulars

MOST_BYTES, MOST_SERVICES = 4 * 1024 * 1024, 1_000


class Becomes(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What becomes of the service in this place of the file, counted from 1, and why it is refused."""

    row: int
    name: str
    becomes: Becomes
    id: str | None = None
    why: str = ""
    outside: str = ""
    """The organisation, where it is no member."""
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Report:
    outcomes: Sequence[Outcome]

    def count(self, becomes: Becomes) -> int:
        return sum(each.becomes is becomes for each in self.outcomes)

    @property
    def left_out(self) -> list[tuple[str, int]]:
        """What is not taken in, of how many services; the most frequent first."""
        return Counter(what for each in self.outcomes for what in each.left_out).most_common()


def services_in(content: bytes) -> list[Any]:
    """A list of services, a page of one, or one service. Raises `WrongParticulars`."""
    try:
        told = json.loads(content)
    except (ValueError, RecursionError):
        raise WrongParticulars("The file is no JSON.") from None
    if isinstance(told, dict):
        told = told.get("contents", told.get("services", [told] if "status" in told else None))
    if not isinstance(told, list) or not told:
        raise WrongParticulars("The file has no list of services. Choose what another directory gives as its services.")
    if len(told) > MOST_SERVICES:
        raise WrongParticulars(f"The file has more than {MOST_SERVICES:,} services.")
    return told


async def check_services(
    services: Sequence[Any], kind: Support, members: Mapping[str, str], directory: Directory, clock: Clock
) -> Report:
    """What would become of each; nothing is written."""
    here = {entry.id: entry for entry in await whole_directory(directory)}
    read = _read_all(services, kind, members, clock.now())
    return Report(outcomes=[_would(row, each, here, members) for row, each in read])


async def import_services(
    services: Sequence[Any],
    kind: Support,
    members: Mapping[str, str],
    directory: Directory,
    terms: DirectoryTerms,
    clock: Clock,
    *,
    by: str,
) -> Report:
    """Write what can be read, by its own id: the same file again changes nothing."""
    now = clock.now()
    here = {entry.id: entry for entry in await whole_directory(directory)}
    outcomes: list[Outcome] = []
    for row, each in _read_all(services, kind, members, now):
        outcome = _would(row, each, here, members)
        if isinstance(each, Harvested) and outcome.becomes in (Becomes.NEW, Becomes.CHANGED):
            try:
                here[each.id] = await _write(each, directory, terms, now, by=by)
            except Refusal as refusal:
                outcome = replace(outcome, becomes=Becomes.REFUSED, why=str(refusal))
        outcomes.append(outcome)
    return Report(outcomes=outcomes)


def _read_all(
    services: Sequence[Any], kind: Support, members: Mapping[str, str], now: datetime
) -> list[tuple[int, Harvested | Outcome]]:
    found: list[tuple[int, Harvested | Outcome]] = []
    seen: dict[str, int] = {}
    for row, service in enumerate(services, 1):
        name = str(service.get("name") or "")[:200] if isinstance(service, dict) else ""
        try:
            if not isinstance(service, dict):
                raise Unreadable("It is no service.")
            read = Reading(service, members, kind, now.astimezone(LONDON).date()).read()
            _new(read, now, by="", days=1)
            if (before := seen.setdefault(read.id, row)) != row:
                raise Unreadable(f"It has the same id as number {before}.")
            found.append((row, read))
        except (Unreadable, Refusal) as why:
            found.append((row, Outcome(row=row, name=name, becomes=Becomes.REFUSED, why=str(why))))
    return found


def _would(row: int, each: Harvested | Outcome, here: Mapping[str, Entry], members: Mapping[str, str]) -> Outcome:
    if isinstance(each, Outcome):
        return each
    entry, why = here.get(each.id), ""
    if entry is None:
        becomes = Becomes.NEW
    elif entry.organisation_id != each.organisation_id:
        becomes, why = Becomes.REFUSED, "It is here as another organisation's."
    else:
        later = _assured_at(each)
        newer = later is not None and (entry.assured_at is None or later > entry.assured_at)
        becomes = Becomes.CHANGED if newer or merged(each, entry.says) != entry.says else Becomes.SAME
    return Outcome(
        row=row,
        name=each.says.name,
        becomes=becomes,
        id=each.id,
        why=why,
        outside="" if each.organisation_id in members else each.organisation_name,
        left_out=each.left_out,
    )


def merged(told: Harvested, here: Particulars) -> Particulars:
    """What a public file cannot know stays: confidential phones, contacts and places, and what is ours alone."""
    hidden = tuple(phone for phone in here.phones if phone.confidential)
    numbers = {phone.number for phone in hidden}
    place = here.where if here.where and here.where.confidential else None
    return replace(
        told.says,
        kind=told.says.kind if told.kind_said else here.kind,
        helps_with=told.says.helps_with or here.helps_with,
        phones=(*(phone for phone in told.says.phones if phone.number not in numbers), *hidden),
        confidential_contact=here.confidential_contact,
        where=place or told.says.where,
        accessibility=here.accessibility if place else told.says.accessibility,
    )


def _assured_at(told: Harvested) -> datetime | None:
    return datetime.combine(told.assured_on, time(), LONDON) if told.assured_on else None


def _new(told: Harvested, now: datetime, *, by: str, days: int) -> Entry:
    entry = new_entry(told.id, told.organisation_id, told.says, by=by, at=now, days=days)
    entry.organisation_name = told.organisation_name
    entry.note_assured(_assured_at(told), days=days)
    return entry


async def _write(told: Harvested, directory: Directory, terms: DirectoryTerms, now: datetime, *, by: str) -> Entry:
    days = terms.assure_days

    def change(entry: Entry) -> None:
        entry.edit(merged(told, entry.says), by=by, at=now)
        entry.note_assured(_assured_at(told), days=days)

    return await directory.change_or_add(told.id, lambda: _new(told, now, by=by, days=days), change, remember=False)
