"""The directory, as staff of the alliance and of its providers work with it."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from alliance.web import PathId, tag
from alliance.web.fields import UUID_PATTERN
from triage.api.entries import Entries, EntryAnswer, EntryBody, EntryId, ImportBody, Imported, RoomBody
from triage.api.giving import (
    DirectoryReading,
    EntryAdding,
    EntryAssuring,
    EntryEditing,
    EntryReading,
    Importing,
    TheClock,
    TheDirectory,
    TheDirectoryTerms,
    ThePlaces,
    TheProviders,
)
from triage.api.importing import StandardBody, StandardReport
from triage.application import directory as ask
from triage.application.entries import Which, some_entries
from triage.application.importing import check_services, import_services

router = APIRouter(prefix="/api/v1/directory-entries", tags=["directory"])


@router.get("")
async def listed(
    _: DirectoryReading,
    directory: TheDirectory,
    places: ThePlaces,
    clock: TheClock,
    after: Annotated[str | None, Query(pattern=UUID_PATTERN)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 100,
) -> Entries:
    """The directory by name, page by page, without what is confidential. Pass `next` as `after` for the next page."""
    now = clock.now()
    entries, following = await some_entries(directory, Which(), after=after, limit=limit)
    found = [await ask.standing_of(entry, places, now) for entry in entries]
    return Entries(items=[EntryAnswer.of(each, confidential=False) for each in found], next=following)


@router.post("", status_code=201)
async def add(
    body: EntryBody, command: EntryAdding, directory: TheDirectory, terms: TheDirectoryTerms, clock: TheClock
) -> EntryId:
    """Write an entry of one's own organisation. It is not assured yet."""
    caller = command.caller
    says = body.particulars()
    await ask.add_entry(command.id, caller.organisation, says, directory, terms, clock, by=caller.subject)
    return EntryId(entry_id=command.id)


@router.post("/import")
async def take_in(
    body: ImportBody, command: Importing, directory: TheDirectory, terms: TheDirectoryTerms, clock: TheClock
) -> Imported:
    """Take entries in from elsewhere, by their own ids; an import assures nothing."""
    told = {each.id: (each.organisation_id, each.particulars()) for each in body.entries}
    outcome = await ask.import_entries(told, directory, terms, clock, by=command.caller.subject)
    refused = {id_: why for id_, why in outcome.items() if why}
    return Imported(taken=len(outcome) - len(refused), refused=refused)


@router.post("/import-standard")
async def take_in_standard(
    body: StandardBody,
    command: Importing,
    directory: TheDirectory,
    terms: TheDirectoryTerms,
    members: TheProviders,
    clock: TheClock,
) -> StandardReport:
    """Take services in as Open Referral UK (HSDS 3.0) has them, each by its own id; with `check`, only say what would
    become of each."""
    if body.check:
        return StandardReport.of(await check_services(body.services, body.kind, members, directory, clock))
    by = command.caller.subject
    return StandardReport.of(await import_services(body.services, body.kind, members, directory, terms, clock, by=by))


@router.get("/{entry_id}")
async def one(
    entry_id: PathId,
    access: EntryReading,
    directory: TheDirectory,
    places: ThePlaces,
    clock: TheClock,
    response: Response,
) -> EntryAnswer:
    """One entry, with what is confidential for those who may see it."""
    stored = await directory.read(entry_id)
    tag(response, stored.version)
    standing = await ask.standing_of(stored.aggregate, places, clock.now())
    return EntryAnswer.of(standing, confidential=access.sees("entry.see-confidential"), version=stored.version)


@router.post("/{entry_id}/edit")
async def edit(
    entry_id: PathId, body: EntryBody, command: EntryEditing, directory: TheDirectory, clock: TheClock
) -> EntryId:
    """Say something else; this does not assure it."""
    by, says = command.caller.subject, body.particulars()
    await ask.edit_entry(entry_id, says, directory, clock, by=by, expecting=command.expecting)
    return EntryId(entry_id=entry_id)


@router.post("/{entry_id}/assure")
async def assure(
    entry_id: PathId, command: EntryAssuring, directory: TheDirectory, terms: TheDirectoryTerms, clock: TheClock
) -> EntryId:
    """All that it says is right as of now."""
    by = command.caller.subject
    await ask.assure_entry(entry_id, directory, terms, clock, by=by, expecting=command.expecting)
    return EntryId(entry_id=entry_id)


@router.post("/{entry_id}/make-room")
async def make_room(
    entry_id: PathId, body: RoomBody, command: EntryEditing, directory: TheDirectory, clock: TheClock
) -> EntryId:
    """Say how many places there are, or that nobody is taken on now."""
    by, room = command.caller.subject, body.room(clock.now())
    await ask.make_room(entry_id, room, directory, clock, by=by, expecting=command.expecting)
    return EntryId(entry_id=entry_id)
