"""Pages on which a provider writes its own entries: add, change, say whether there is room, assure."""

from typing import Annotated

from starlette.responses import Response

from alliance.web import PathId
from alliance.web.pages import Show, attempt, page_router, sent
from triage.api.giving import TheClock, TheDirectory, TheDirectoryTerms
from triage.application import directory as ask
from triage.pages.directory.asking import Adding, Assuring, Editing, MayAdd, MayAssure, MayEdit
from triage.pages.directory.forms import AssureForm, EntryForm, RoomForm
from triage.pages.directory.reading import about_rows

router = page_router(prefix="/directory")


@router.get("/add", dependencies=[MayAdd])
async def ask_about_entry(show: Show) -> Response:
    return await _adding(EntryForm.fresh(), show)


@router.post("/add")
async def add(
    command: Adding,
    form: Annotated[EntryForm, sent(EntryForm)],
    directory: TheDirectory,
    terms: TheDirectoryTerms,
    clock: TheClock,
    show: Show,
) -> Response:
    if form.validate():
        own, by = command.caller.organisation, command.caller.subject
        with attempt(form, command):
            added = await ask.add_entry(command.id, own, form.particulars(), directory, terms, clock, by=by)
            return show.done(f"/directory/{added}", "The entry is written. Assure it once somebody has checked it.")
    return await _adding(form, show)


@router.get("/{entry_id}/edit", dependencies=[MayEdit])
async def ask_about_change(entry_id: PathId, directory: TheDirectory, show: Show) -> Response:
    stored = await directory.read(entry_id)
    return await _editing(EntryForm.about(stored.aggregate, stored.version), entry_id, show)


@router.post("/{entry_id}/edit")
async def edit(
    entry_id: PathId,
    command: Editing,
    form: Annotated[EntryForm, sent(EntryForm)],
    directory: TheDirectory,
    clock: TheClock,
    show: Show,
) -> Response:
    if form.validate():
        by, says = command.caller.subject, form.particulars()
        with attempt(form, command):
            await ask.edit_entry(entry_id, says, directory, clock, by=by, expecting=command.expecting)
            return show.done(f"/directory/{entry_id}", "The entry is changed.")
    return await _editing(form, entry_id, show)


@router.get("/{entry_id}/room", dependencies=[MayEdit])
async def ask_about_room(entry_id: PathId, directory: TheDirectory, show: Show) -> Response:
    stored = await directory.read(entry_id)
    return await _room(RoomForm.about(stored.aggregate, stored.version), entry_id, show)


@router.post("/{entry_id}/room")
async def make_room(
    entry_id: PathId,
    command: Editing,
    form: Annotated[RoomForm, sent(RoomForm)],
    directory: TheDirectory,
    clock: TheClock,
    show: Show,
) -> Response:
    if form.validate():
        by, room = command.caller.subject, form.room(clock.now())
        with attempt(form, command):
            await ask.make_room(entry_id, room, directory, clock, by=by, expecting=command.expecting)
            return show.done(f"/directory/{entry_id}", "Everybody sees now whether there is room.")
    return await _room(form, entry_id, show)


@router.get("/{entry_id}/assure", dependencies=[MayAssure])
async def ask_about_assuring(entry_id: PathId, directory: TheDirectory, show: Show) -> Response:
    stored = await directory.read(entry_id)
    return await _assuring(AssureForm.fresh(version=stored.version), entry_id, directory, show)


@router.post("/{entry_id}/assure")
async def assure(
    entry_id: PathId,
    command: Assuring,
    form: Annotated[AssureForm, sent(AssureForm)],
    directory: TheDirectory,
    terms: TheDirectoryTerms,
    clock: TheClock,
    show: Show,
) -> Response:
    with attempt(form, command):
        by = command.caller.subject
        await ask.assure_entry(entry_id, directory, terms, clock, by=by, expecting=command.expecting)
        return show.done(f"/directory/{entry_id}", "The entry is assured as of today.")
    return await _assuring(form, entry_id, directory, show)


async def _adding(form: EntryForm, show: Show) -> Response:
    lead = (
        "It becomes an entry of your own organisation, which answers for it. Anybody can read what is not confidential."
    )
    return await show.form(form, title="Write an entry", submit="Write the entry", back="/directory", lead=lead)


async def _editing(form: EntryForm, entry_id: str, show: Show) -> Response:
    back = f"/directory/{entry_id}"
    return await show.form(form, title="Change this entry", submit="Change the entry", back=back)


async def _room(form: RoomForm, entry_id: str, show: Show) -> Response:
    lead = "Accepted offers take places by themselves, and give them back when support ends."
    back = f"/directory/{entry_id}"
    return await show.form(form, title="Is there room?", submit="Say so", back=back, lead=lead)


async def _assuring(form: AssureForm, entry_id: str, directory: TheDirectory, show: Show) -> Response:
    entry = await directory.get(entry_id)
    return await show.form(
        form,
        title=f"Assure {entry.says.name}",
        submit="It is all right as it stands",
        back=f"/directory/{entry_id}",
        lead="Read it through. By assuring it you say that all of it is right as of today. If something is not, change "
        "it first.",
        template="triage/directory/assure.html",
        about_rows=about_rows(entry.says),
        entry=entry,
    )
